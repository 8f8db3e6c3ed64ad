"""Engines for SQLite and PostgreSQL that behave alike."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from kpi.errors import DatabaseError
from kpi.store.location import database_url
from kpi.store.tables import practices

BUSY_SECONDS = 30


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
        # What a statement carried may be a patient's: errors must not repeat it.
        engine = create_engine(parsed, hide_parameters=True)
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
    return engine


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
    with _sentences(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine, practice: int | None = None, wait: bool = True) -> Iterator[Connection]:
    """One transaction: all of it or nothing.

    With a practice's number, its revision grows; that also makes changes to one practice wait
    for each other. Without ``wait`` a DatabaseError says at once that SQLite's one writer is busy,
    as it is for as long as a file is loaded.
    """
    with _sentences(), engine.connect() as connection:
        connection.execution_options(writing=True)
        with _patience(connection, wait), connection.begin():
            if practice is not None:
                connection.execute(
                    update(practices)
                    .where(practices.c.number == practice)
                    .values(revision=practices.c.revision + 1)
                )
            yield connection


@contextmanager
def _patience(connection: Connection, wait: bool) -> Iterator[None]:
    driver = connection.connection.dbapi_connection
    if wait or not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def forget(engine: Engine) -> None:
    """Empties SQLite's write-ahead file, which still holds what was just deleted or taken back.

    What somebody is reading at the moment stays there until the last of them is done.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    finally:
        connection.close()


@contextmanager
def _sentences() -> Iterator[None]:
    """Turns what the driver says of a database out of reach into a sentence."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).lower()
        for sign, sentence in (
            ("locked", "The database is busy with another upload; try again in a minute."),
            ("lock timeout", "The database is busy with another upload; try again in a minute."),
            ("readonly", "The database's file or folder is read-only; ask for write permission."),
            ("unable to open", "The database's file cannot be opened; check its folder."),
            ("full", "The disk is full; nothing was changed."),
            ("no space left", "The disk is full; nothing was changed."),
            ("disk i/o", "The disk could not be read or written; is it full? Nothing was changed."),
            ("malformed", "The database's file is damaged; restore the last backup."),
            ("not a database", "The file is not a database; check KPI_DATABASE_URL or --db."),
            ("fatal:  database", "There is no such database on the server; make it there first."),
            ("connection", "The database server cannot be reached; nothing was changed."),
        ):
            if sign in said:
                raise DatabaseError(sentence) from error
        raise
