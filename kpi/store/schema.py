"""The schema's version: made, upgraded, and checked before anything else is done."""

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from kpi.errors import DatabaseError
from kpi.store.engine import connect, database_file, reading, writing


def open_database(url: str | None = None, older: bool = False) -> Engine:
    """An engine on a database of this program's schema; ``older``: or of one that it can upgrade.

    Raises DatabaseError with what to do.
    """
    engine = connect(url)
    path = database_file(engine)
    if path is not None and not _is_there(path):
        raise DatabaseError(f"There is no database at {path} yet; make one with: kpi init")
    with reading(engine) as connection:
        found = revision_of(connection)
    known = known_revisions()
    head = known[-1]
    if found is None:
        raise DatabaseError("The database holds no Rolecard tables yet; make them with: kpi init")
    if found not in known:
        raise DatabaseError(
            f"The database was made by a newer Rolecard (schema {found}, this program knows up to "
            f"{head}); install the newer version."
        )
    if found != head and not older:
        raise DatabaseError(f"The database has an older schema ({found}); upgrade with: kpi init")
    return engine


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:  # its folder is closed to whoever runs this
        raise DatabaseError(
            f"{path} cannot be looked at: {error.strerror}; ask for permission to its folder."
        ) from error


def init_database(url: str | None = None) -> Engine:
    """Makes the database or upgrades it to this program's schema; gives its engine.

    Raises DatabaseError where a newer program made it: nothing is changed then.
    """
    engine = connect(url)
    path = database_file(engine)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Protected health information: for its owner only, from the first byte on.
        path.touch(mode=0o600)
    with writing(engine) as connection:
        found = revision_of(connection)
        if found is not None and found not in known_revisions():
            raise DatabaseError(
                f"The database was made by a newer Rolecard (schema {found}); "
                "nothing was changed. Install the newer version."
            )
        migrate(connection, "head")
    return engine


def revision_of(connection: Connection) -> str | None:
    """The schema revision that a database says it has; None where it holds no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def known_revisions() -> tuple[str, ...]:
    """The schema revisions that this program knows, the first one first.

    Read once a process: the migrations are all imported for it, whenever a database is opened.
    """
    with as_file(files("kpi.store") / "migrations") as folder:
        scripts = ScriptDirectory(str(folder))
        return tuple(script.revision for script in scripts.walk_revisions())[::-1]


def migrate(connection: Connection, revision: str) -> None:
    """Makes the tables of a revision, or upgrades those that are there to it; ``head``: this
    program's own."""
    with as_file(files("kpi.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
