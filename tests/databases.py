"""Databases that tests make for themselves."""

import atexit
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text

from kpi.store.engine import writing
from kpi.store.schema import init_database, open_database
from kpi.store.secret import make_key


def made(url: str) -> Engine:
    """A database as ``kpi init`` makes it, with its hash key in the home of the test.

    The migrations run once a process: a new SQLite file is a copy of what they made then.
    """
    file = make_url(url).database
    if url.startswith("sqlite") and file and not Path(file).exists():
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_migrated_file(), file)
        Path(file).chmod(0o600)
        engine = open_database(url)
    else:
        engine = init_database(url)
    with writing(engine) as connection:
        make_key(connection)
    return engine


@contextmanager
def made_postgres(server: str) -> Iterator[Engine]:
    """The same on PostgreSQL, as a copy of a database that the migrations made once a process."""
    with own_postgres(server, _migrated_postgres(server)) as url:
        engine = open_database(url)
        with writing(engine) as connection:
            make_key(connection)
        yield engine
        engine.dispose()


@contextmanager
def own_postgres(server: str, template: str = "template1") -> Iterator[str]:
    """The URL of a new PostgreSQL database, which is gone afterwards.

    Its files are copied as files, as PostgreSQL did before its version 15: passed on page by page,
    a small database takes it three times as long.
    """
    name = f"rolecard_{uuid.uuid4().hex}"
    with _admin(server).connect() as connection:
        version = connection.dialect.server_version_info or (0,)
        as_files = "STRATEGY FILE_COPY" if version >= (15,) else ""
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} {as_files}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with _admin(server).connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@cache
def _admin(server: str) -> Engine:
    return create_engine(server, isolation_level="AUTOCOMMIT")


@cache
def _migrated_file() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    init_database(f"sqlite:///{folder / 'migrated.db'}").dispose()
    return folder / "migrated.db"


@cache
def _migrated_postgres(server: str) -> str:
    ours = own_postgres(server)
    url = ours.__enter__()
    atexit.register(ours.__exit__, None, None, None)
    init_database(url).dispose()
    return str(make_url(url).database)
