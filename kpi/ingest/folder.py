"""A folder of month-end exports: which of its files are loaded, and in which order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kpi.errors import InputError

_DIGITS = re.compile(r"(\d+)")
_DROPPINGS = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin"}
)
_UNFINISHED = frozenset({".crdownload", ".part", ".partial", ".download", ".tmp"})
_LINKS = frozenset({".lnk", ".url", ".webloc"})


@dataclass(frozen=True, slots=True)
class NotRead:
    """Something in a folder that is no export, and why it is not read."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Folder:
    """What stands in a folder: ``exports`` to be loaded, in order, and what is ``not_read``."""

    exports: tuple[Path, ...]
    not_read: tuple[NotRead, ...]


def list_folder(path: Path) -> Folder:
    """The files of a folder, in the natural order of their names: ``jan-2`` before ``jan-10``, and
    ``jan`` before ``jan corrected``, so that a correction is loaded after what it corrects.

    Whatever might be an export is one; the reader says of each file what it is. Sub-folders are
    not entered. Raises InputError where the folder cannot be opened or holds no file to load.
    """
    try:
        entries = sorted(path.iterdir(), key=_natural)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or 'not there'}.") from None
    exports: list[Path] = []
    not_read: list[NotRead] = []
    for entry in entries:
        why = _why_not(entry)
        if why:
            not_read.append(NotRead(entry.name, why))
        else:
            exports.append(entry)
    if not exports:
        raise InputError(f"{path} holds no file to load{_besides(not_read)}.")
    return Folder(tuple(exports), tuple(not_read))


def _natural(entry: Path) -> tuple[list[tuple[bool, int, str]], str]:
    """Numbers count as numbers, and case does not count; the ending counts last."""
    parts = _DIGITS.split(entry.stem.casefold())
    named = [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]
    return named, entry.name


def _why_not(entry: Path) -> str:
    """Why an entry is no export; empty where it may be one."""
    name, ending = entry.name.casefold(), entry.suffix.casefold()
    signs = {
        "left there by the system": name in _DROPPINGS,
        "the mark of a workbook that is open in Excel": name.startswith("~$"),
        "hidden": name.startswith("."),
        "a download that is not finished": ending in _UNFINISHED,
        "a link to something else": ending in _LINKS,
        "a folder in the folder; name it to load what is in it": entry.is_dir(),
        "no file": entry.exists() and not entry.is_file(),
    }
    return next((why for why, holds in signs.items() if holds), "")


def _besides(not_read: list[NotRead]) -> str:
    if not not_read:
        return "; it is empty"
    named = [f"{each.name} ({each.why})" for each in not_read[:5]]
    more = f" and {len(not_read) - 5} more" if len(not_read) > 5 else ""
    return f"; not read: {', '.join(named)}{more}"
