"""Engines for SQLite and PostgreSQL that behave alike."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from kpi.errors import DatabaseError
from kpi.store.location import database_url
from kpi.store.sentences import NOT_KNOWN, TOO_MANY_AT_ONCE, sentence_of
from kpi.store.tables import practices

BUSY_SECONDS = 30
"""How long others are waited for: SQLite's one writer, or whoever changes the same practice."""

QUEUE_SECONDS = 600
"""How long files wait for each other, of which each may take minutes; readers wait for none."""

_AT_ONCE = 50
"""Connections of one process; files that wait for each other leave enough of them to readers."""

_LIFELINES = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""A server that fell silent is given up after a minute (libpq's words, which a URL may say too)."""


def connect(url: str | None = None) -> Engine:
    """An engine for the URL, its database not looked at yet. Raises DatabaseError for a bad URL."""
    chosen = database_url(url)
    try:
        parsed = make_url(chosen)
        if parsed.get_backend_name() == "postgresql" and "+" not in parsed.drivername:
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise DatabaseError(
                f"Rolecard keeps its data in SQLite or PostgreSQL, not in {parsed.drivername}."
            )
        chosen_pool: dict[str, Any] = {"poolclass": QueuePool, "max_overflow": _AT_ONCE - 5}
        if parsed.get_backend_name() == "postgresql":
            # A connection that the server's restart has broken is replaced before it is used.
            chosen_pool |= {"pool_pre_ping": True, "connect_args": _lifelines(parsed)}
        elif parsed.database in (None, "", ":memory:"):
            chosen_pool = {}
        # What a statement carried may be a patient's: errors must not repeat it.
        engine = create_engine(parsed, hide_parameters=True, **chosen_pool)
    except (ArgumentError, NoSuchModuleError) as error:
        raise DatabaseError(
            "The database URL cannot be read; write it like sqlite:///C:/data/rolecard.db "
            "or postgresql://user@host/name."
        ) from error
    except ImportError as error:
        raise DatabaseError(
            "PostgreSQL needs its driver: install Rolecard with the extra 'postgres'."
        ) from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        _prepare_postgresql(engine)
    return engine


def _lifelines(url: URL) -> dict[str, Any]:
    return {name: value for name, value in _LIFELINES.items() if name not in url.query}


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        # Nobody waits for ever, neither for another's change nor for one whose machine is off:
        # the server gives that one up after two minutes, and takes back what it had begun.
        connection.execute(
            f"SET lock_timeout = {_milliseconds(BUSY_SECONDS)}; SET tcp_keepalives_idle = 60;"
            "SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 6"
        )
        connection.commit()


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _settings(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver's own transactions begin too late for an upload; ours begin in _begin.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "cache_size=-65536",
            # What is staged, sorted or deleted may be a patient's: it leaves nothing on the disk.
            "temp_store=MEMORY",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def database_file(engine: Engine) -> Path | None:
    """The SQLite file behind an engine, or None."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name and name != ":memory:" else None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one consistent state of the database and changes nothing."""
    with _sentences(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(
    engine: Engine, practice: int | None = None, wait: float | None = None
) -> Iterator[Connection]:
    """One transaction: all of it or nothing.

    With a practice's number, its revision grows; that also makes changes to one practice wait
    for each other. ``wait`` is for how many seconds others are waited for, BUSY_SECONDS unless
    said, before a DatabaseError says that the database is busy: SQLite's one writer is for as long
    as a file is loaded.
    """
    with _sentences(engine), engine.connect() as connection:
        connection.execution_options(writing=True)
        with _patience(connection, wait), connection.begin() as transaction:
            if practice is not None:
                connection.execute(
                    update(practices)
                    .where(practices.c.number == practice)
                    .values(revision=practices.c.revision + 1)
                )
            yield connection
            try:
                transaction.commit()
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise DatabaseError(NOT_KNOWN) from error
                raise


@contextmanager
def _patience(connection: Connection, wait: float | None) -> Iterator[None]:
    if wait is None:
        yield
        return
    _wait_at_most(connection, wait)
    try:
        yield
    finally:
        if not connection.invalidated:
            _wait_at_most(connection, BUSY_SECONDS)


def _wait_at_most(connection: Connection, seconds: float) -> None:
    driver: Any = connection.connection.dbapi_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute(f"PRAGMA busy_timeout={int(1000 * seconds)}")
    else:
        driver.execute(f"SET lock_timeout = {_milliseconds(seconds)}")
        driver.commit()


def _milliseconds(seconds: float) -> int:
    """For PostgreSQL, to which 0 means for ever."""
    return max(1, int(1000 * seconds))


def forget(engine: Engine) -> None:
    """Empties SQLite's write-ahead file, which still holds what was just deleted or taken back.

    What somebody is reading at the moment stays there until the last of them is done.
    """
    if engine.dialect.name != "sqlite":
        return
    with _sentences(engine):
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=0")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        finally:
            connection.close()


@contextmanager
def _sentences(engine: Engine) -> Iterator[None]:
    """Turns what the driver says of a database out of reach into a sentence."""
    driver: Any = engine.dialect.loaded_dbapi
    try:
        yield
    except DBAPIError as error:
        if sentence := sentence_of(error.orig, error.connection_invalidated):
            raise DatabaseError(sentence) from error
        raise
    except driver.Error as error:  # as it comes where the driver was asked without a statement
        if sentence := sentence_of(error, broken=False):
            raise DatabaseError(sentence) from error
        raise
    except NoConnectionLeft as error:
        raise DatabaseError(TOO_MANY_AT_ONCE) from error
