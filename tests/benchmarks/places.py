"""Databases of a benchmark, on SQLite in a folder of its own or on a PostgreSQL server: made,
copied whole, measured on disk, and gone afterwards."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, make_url, text

from kpi.store.engine import connect, database_file, forget, reading, writing
from kpi.store.schema import init_database
from kpi.store.secret import make_key


@dataclass
class Places:
    """Where the databases are: in the folder, or on the server of a URL, if one is given, by an
    account that may make databases."""

    folder: Path
    server: str | None
    _made: list[str] = field(default_factory=list)

    def make(self, name: str) -> Engine:
        """A database as ``kpi init`` makes it."""
        if self.server is not None:
            self._order(f"CREATE DATABASE {self._database(name)}")
        engine = init_database(self._url(name))
        with writing(engine) as connection:
            make_key(connection)
        return engine

    def copy(self, engine: Engine, name: str) -> Engine:
        """Another database with all that one holds."""
        forget(engine)
        engine.dispose()
        if self.server is None:
            shutil.copyfile(str(database_file(engine)), self._database(name))
        else:
            self._order(f"CREATE DATABASE {self._database(name)} TEMPLATE {engine.url.database}")
        return connect(self._url(name))

    def close(self) -> None:
        """Removes the databases that were made on the server."""
        for each in self._made:
            self._order(f"DROP DATABASE IF EXISTS {each} WITH (FORCE)")

    def _database(self, name: str) -> str:
        if self.server is None:
            return str(self.folder / f"{name}.db")
        found = f"rolecard_bench_{os.getpid()}_{name}"
        self._made.append(found)
        return found

    def _url(self, name: str) -> str:
        if self.server is None:
            return f"sqlite:///{self.folder / name}.db"
        url = make_url(self.server).set(database=f"rolecard_bench_{os.getpid()}_{name}")
        return url.render_as_string(hide_password=False)

    def _order(self, statement: str) -> None:
        admin = create_engine(str(self.server), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(statement))
        admin.dispose()


@contextmanager
def places(server: str | None) -> Iterator[Places]:
    """Places for databases, with a home of their own for the hash key."""
    with TemporaryDirectory() as folder:
        os.environ["KPI_HOME"] = folder
        found = Places(Path(folder), server)
        try:
            yield found
        finally:
            found.close()


def megabytes(engine: Engine) -> float:
    """What a database takes on the disk."""
    forget(engine)
    if (file := database_file(engine)) is not None:
        return file.stat().st_size / 1e6
    with reading(engine) as connection:
        asked = "SELECT pg_database_size(current_database())"
        return int(connection.exec_driver_sql(asked).scalar_one()) / 1e6
