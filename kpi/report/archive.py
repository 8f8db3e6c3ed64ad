"""Files put together as one ZIP, one after the other: memory holds one of them at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DAY = (1980, 1, 1, 0, 0, 0)  # a day of its own would make two archives of the same files differ


def archive(target: IO[bytes], files: Iterable[tuple[str, bytes]]) -> None:
    """Writes files, name and content, into a ZIP; the same files give the same bytes."""
    with ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name, content in files:
            entry = ZipInfo(name, _DAY)
            entry.compress_type = ZIP_DEFLATED
            made.writestr(entry, content)
