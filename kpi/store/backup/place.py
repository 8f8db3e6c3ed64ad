"""Where a backup or a restored database is put: under its name whole, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine, event, inspect

from kpi.errors import DatabaseError, InputError
from kpi.store.engine import connect, database_file, reading, writing

_UNFINISHED = ".unfinished-"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; left without one, it would spoil the next of that name."""


def unfinished(folder: Path) -> list[Path]:
    """What backups and restores that were killed have left in a folder: no use, and not empty."""
    return sorted(folder.glob(f"*{_UNFINISHED}*")) if folder.is_dir() else []


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, for its owner only, which has its name once all is on the disk.

    Raises InputError where there is such a file already, or where it cannot be written; whatever
    is raised meanwhile, nothing is left.
    """
    if path.exists():
        raise InputError(f"{path} is there already and stays as it is; name another file.")
    made = _beside(path)
    try:
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _put(made, path)
        finally:
            made.unlink(missing_ok=True)
    except FileExistsError:
        raise InputError(
            f"{path} is there already and stays as it is; name another file."
        ) from None
    except OSError as error:
        raise InputError(_not_written(error, path)) from error


def require_empty(url: str | None) -> None:
    """Raises DatabaseError unless the URL names a place for a database that has no tables yet."""
    engine = connect(url)
    try:
        if engine.dialect.name == "sqlite" and not _file(engine).exists():
            _require_nothing_beside(_file(engine))
        else:
            with reading(engine) as connection:
                _require_no_tables(connection)
    finally:
        engine.dispose()


@contextmanager
def new_database(url: str | None) -> Iterator[Connection]:
    """A transaction in a database without tables; the place is filled once all is done.

    A SQLite file is made beside its place and then renamed, PostgreSQL's own transaction does it
    otherwise. Raises DatabaseError where the place is not empty; whatever is raised, it stays so.
    """
    require_empty(url)
    engine = connect(url)
    try:
        if engine.dialect.name == "sqlite":
            with _new_sqlite(_file(engine)) as connection:
                yield connection
        else:
            with writing(engine) as connection:
                _require_no_tables(connection)
                yield connection
    finally:
        engine.dispose()


@contextmanager
def _new_sqlite(path: Path) -> Iterator[Connection]:
    replaced = path.exists()  # a database without a table
    made = _beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            engine = connect(f"sqlite:///{made}")
            event.listen(engine, "connect", _unguarded)
            try:
                with writing(engine) as connection:
                    yield connection
            finally:
                engine.dispose()
            with made.open("r+b") as file:
                os.fsync(file.fileno())
            require_empty(f"sqlite:///{path}")
            _require_nothing_beside(path)
            _put(made, path, replaced)
        finally:
            for each in ("", *_BESIDE):
                made.with_name(made.name + each).unlink(missing_ok=True)
    except FileExistsError:
        raise DatabaseError(f"Somebody made {path} meanwhile; it stays as it is.") from None
    except OSError as error:
        raise DatabaseError(_not_written(error, path)) from error


def _unguarded(connection: Any, _record: Any) -> None:
    """A file that is thrown away unless all goes well needs no log of its own, nor to wait for the
    disk before its end."""
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA synchronous=OFF")


def _file(engine: Engine) -> Path:
    path = database_file(engine)
    if path is None or str(path).startswith("file:"):
        raise DatabaseError(
            "The database URL names no file; write it like sqlite:///C:/data/rolecard.db."
        )
    return path


def _require_no_tables(connection: Connection) -> None:
    if tables := inspect(connection).get_table_names():
        place = database_file(connection.engine)
        where = place or connection.engine.url.render_as_string(hide_password=True)
        raise DatabaseError(
            f"{where} is not empty: it has {len(tables)} tables, which stay as they are. Restore "
            "into a place with none, such as a new folder (KPI_HOME) or a new database, and change "
            "over when kpi doctor finds nothing."
        )


def _require_nothing_beside(path: Path) -> None:
    for each in _BESIDE:
        beside = path.with_name(path.name + each)
        if beside.exists():
            raise DatabaseError(
                f"{beside} belongs to a database that is in use or was moved away; close Rolecard "
                "or move that file too, then restore again."
            )


def _put(made: Path, path: Path, replace: bool = False) -> None:
    """Gives a file its name; FileExistsError where another one has it, unless it is replaced."""
    if replace:
        made.replace(path)
    else:
        try:
            os.link(made, path)
        except FileExistsError:
            raise
        except OSError:  # file systems without links
            if path.exists():
                raise FileExistsError from None
            made.rename(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}{_UNFINISHED}{secrets.token_hex(4)}")


def _not_written(error: OSError, path: Path) -> str:
    if error.errno in _FULL:
        return f"The disk is full: {path} was not written, and nothing else was changed."
    return f"{path} cannot be written: {error.strerror or 'no reason is known'}."


_BINARY: int = getattr(os, "O_BINARY", 0)
"""Windows writes lines its own way unless it is told not to."""
