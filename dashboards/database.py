"""Which file an SQLite database is, so that another one in its place is seen, and none as well."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url

from kpi.errors import DatabaseError

File = tuple[int, int]
"""Which file it is, whatever its name."""

_SEEN: set[str] = set()


def file_of(url: str) -> File | None:
    """The file that a URL names; None for a server's URL, and for a file that never was there.

    Raises DatabaseError for one that is there no more: open connections would go on with it,
    wherever it was moved to.
    """
    name = make_url(url).database if url.startswith("sqlite") else None
    if not name:
        return None
    try:
        found = Path(name).stat()
    except OSError as error:
        if url not in _SEEN:
            return None
        raise DatabaseError(
            "The database's file is not in its place any more; nothing was changed. Is its disk "
            f"or folder out of reach? It is looked for at {name}"
        ) from error
    _SEEN.add(url)
    return found.st_dev, found.st_ino
