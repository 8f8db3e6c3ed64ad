"""The hash key: made once, kept outside the database, checked against it."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from sqlalchemy import Connection, select

from kpi.errors import DatabaseError
from kpi.store.location import home
from kpi.store.private_files import open_to_others
from kpi.store.tables import settings

_CHECK = b"rolecard hash key"
_SETTING = "hash_key_check"


def key_file() -> Path:
    """Where the hash key is kept."""
    return home() / "hash.key"


def make_key(connection: Connection) -> bool:
    """Makes the hash key where there is none and notes its check value; True if one was made.

    Raises DatabaseError where the database was filled under another key.
    """
    path = key_file()
    made = False
    if not path.exists():
        if stored_check(connection) is not None:
            raise DatabaseError(_lost(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        # Made readable by its owner only from the start, not after the fact.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
        made = True
    key = read_key()
    if stored_check(connection) is None:
        connection.execute(settings.insert().values(name=_SETTING, value=_check_of(key)))
    _refuse_other_key(connection, key)
    return made


def load_key(connection: Connection) -> bytes:
    """The hash key. Raises DatabaseError if it is missing or not the one this database knows."""
    path = key_file()
    if not path.exists() and stored_check(connection) is not None:
        raise DatabaseError(_lost(path))
    key = read_key()
    _refuse_other_key(connection, key)
    return key


def read_key() -> bytes:
    """The hash key as it lies there. Raises DatabaseError for one that is missing or damaged, or
    that other users of the machine may read."""
    path = key_file()
    try:
        if said := open_to_others(path):
            raise DatabaseError(said)
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise DatabaseError(f"The hash key {path} is missing; make it with: kpi init") from None
    except ValueError:
        raise DatabaseError(f"The hash key {path} is damaged; put it back from backup.") from None
    if len(key) != 32:
        raise DatabaseError(f"The hash key {path} is damaged; put it back from backup.")
    return key


def stored_check(connection: Connection) -> str | None:
    """The value by which a database tells the hash key that it was filled with."""
    query = select(settings.c.value).where(settings.c.name == _SETTING)
    return connection.execute(query).scalar_one_or_none()


def fits(check: str) -> bool:
    """Whether the hash key is the one of a check value. Raises DatabaseError as ``read_key``."""
    return hmac.compare_digest(check, _check_of(read_key()))


def _lost(path: Path) -> str:
    return (
        f"The hash key {path} is missing, and this database was filled with it: without it new "
        "files cannot meet the rows that are there. Put the key back from its backup, or set "
        "KPI_HOME to the folder where it is; docs/privacy.md says what its loss means."
    )


def _check_of(key: bytes) -> str:
    return hmac.digest(key, _CHECK, hashlib.sha256).hex()


def _refuse_other_key(connection: Connection, key: bytes) -> None:
    stored = stored_check(connection)
    if stored is not None and not hmac.compare_digest(stored, _check_of(key)):
        raise DatabaseError(
            f"The hash key {key_file()} is not the one this database was filled with; "
            "ids and seals made with it would not match, so nothing was done. Put the right key "
            "back from its backup, or set KPI_HOME to its folder; docs/privacy.md says what its "
            "loss means."
        )
