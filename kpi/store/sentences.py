"""What a database says that cannot do what it is asked, as a sentence for whoever can mend it.

Judged by the codes that the databases give: SQLSTATE (PostgreSQL's appendix A) and SQLite's result
codes. Words are looked at only where no code comes with them, as when a connection is not made.
"""

from __future__ import annotations

from typing import Any

_BUSY = "The database is busy with another upload; try again in a minute."
_READ_ONLY = (
    "The database's file or folder is read-only; ask for write permission to the folder and to all "
    "files in it that have the database's name."
)
_NOT_OPENED = "The database's file cannot be opened; check its folder."
_FULL = "The disk is full; nothing was changed."
_DISK = "The disk could not be read or written; is it full? Nothing was changed."
_DAMAGED = "The database's file is damaged; restore the last backup."
_NO_DATABASE = "The file is not a database; check KPI_DATABASE_URL or --db."
_NO_MEMORY = "The memory of the machine is full; nothing was changed. Close other programs."

_NOT_THERE = "There is no such database on the server; make it there first."
_NOT_REACHED = "The database server cannot be reached; nothing was changed."
_GONE = "The database server went away; nothing was changed. Try again in a minute."
_STARTING = (
    "The database server is just starting or stopping; nothing was changed. Try again in a minute."
)
_TOO_MANY = (
    "The database server takes no more connections for now; nothing was changed. Try again in a "
    "minute."
)
_NOT_LET_IN = (
    "The database server does not let this user in; check the user and the password in "
    "KPI_DATABASE_URL or --db."
)
_MAY_NOT = (
    "The database's user may not do this there; nothing was changed. It has to own Rolecard's "
    "tables: whoever looks after the server can arrange that."
)
_TAKES_NO_CHANGES = (
    "The database server takes no changes, as a standby does; nothing was changed. Check "
    "KPI_DATABASE_URL or --db, or ask whoever looks after the server."
)
_AT_ONCE = "Somebody else changed the same at that moment; nothing was changed here. Try again."
_BROKEN_OFF = (
    "The database server broke this off, mostly because it took too long there; nothing was "
    "changed. Try again, or ask whoever looks after the server."
)
_SERVERS_DISK = (
    "The database server could not read or write its disk; nothing was changed. Ask whoever looks "
    "after the server."
)
_SERVERS_DATA = (
    "The database on the server is damaged; ask whoever looks after the server, or restore the "
    "last backup into a new database."
)

NOT_KNOWN = (
    "The database server went away just as this was to be kept, so it may have been or not: look "
    "whether it is there before you do it again."
)
"""The one case in which nobody can say."""

TOO_MANY_AT_ONCE = "Too many people use the database at this moment; try again in a minute."

_BY_RESULT = {
    3: _NOT_OPENED,  # SQLITE_PERM
    5: _BUSY,
    6: _BUSY,  # SQLITE_LOCKED
    7: _NO_MEMORY,
    8: _READ_ONLY,
    10: _DISK,  # SQLITE_IOERR
    11: _DAMAGED,
    13: _FULL,
    14: _NOT_OPENED,
    26: _NO_DATABASE,
}
_BY_STATE = {
    "08": _GONE,
    "25006": _TAKES_NO_CHANGES,
    "25P03": _BROKEN_OFF,  # idle within a transaction
    "28": _NOT_LET_IN,
    "3D": _NOT_THERE,
    "40001": _AT_ONCE,
    "40P01": _AT_ONCE,  # a deadlock
    "42501": _MAY_NOT,
    "53100": _FULL,
    "53200": "The database server's memory is full; nothing was changed. Try again in a minute.",
    "53300": _TOO_MANY,
    "55P03": _BUSY,  # a lock that was not given in time
    "57014": _BROKEN_OFF,
    "57P01": _GONE,  # shut down by hand
    "57P02": _GONE,  # after another process of it crashed
    "57P03": _STARTING,
    "57P04": _NOT_THERE,  # dropped while it was used
    "57P05": _GONE,
    "58": _SERVERS_DISK,
    "XX001": _SERVERS_DATA,
    "XX002": _SERVERS_DATA,
}
"""By the whole SQLSTATE, else by its class."""

_BY_WORDS = (
    ("starting up", _STARTING),
    ("shutting down", _STARTING),
    ("not yet accepting connections", _STARTING),
    ("not accepting connections", _STARTING),
    ("recovery mode", _STARTING),
    ("too many clients", _TOO_MANY),
    ("too many connections", _TOO_MANY),
    ("connection slots", _TOO_MANY),
    ("authentication failed", _NOT_LET_IN),
    ("no password supplied", _NOT_LET_IN),
    ("pg_hba.conf", _NOT_LET_IN),
    ("fatal:  role", _NOT_LET_IN),
    ("permission denied for database", _NOT_LET_IN),
    ("fatal:  database", _NOT_THERE),
    ("disk image is malformed", _DAMAGED),
    ("disk is full", _FULL),
    ("no space left", _FULL),
)


def sentence_of(fault: object, broken: bool) -> str | None:
    """What to tell of a driver's error, None where it is none that a person can mend.

    ``broken``: the connection to the server broke by it, or was never made.
    """
    driver: Any = fault
    result = getattr(driver, "sqlite_errorcode", None)
    if result is not None:
        # Its lowest byte is the kind, the others say more of it.
        return _BY_RESULT.get(int(result) & 0xFF)
    state = getattr(driver, "sqlstate", None)
    if state:
        return _BY_STATE.get(str(state)) or _BY_STATE.get(str(state)[:2])
    said = str(fault).lower()
    for sign, sentence in _BY_WORDS:
        if sign in said:
            return sentence
    if broken:
        return _GONE
    return _NOT_REACHED if "connection" in said or "ssl" in said else None
