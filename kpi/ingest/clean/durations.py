"""Lengths of time: ``75``, ``1:15``, ``1 hr 15 min``, in the unit of their column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpi.ingest.clean.numbers import Unreadable, clean_each, read_number
from kpi.ingest.clean.values import Cleaned
from kpi.ingest.reasons import NUMBER_OF

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600}
_CLOCK = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?", re.ASCII)
_PART = re.compile(
    r"(\d+(?:\.\d+)?)\s*(h(?:ou)?rs?|h|min(?:ute)?s?|m|sec(?:ond)?s?|s)\b\.?,?\s*",
    re.ASCII | re.IGNORECASE,
)
_TOO_LONG = 24  # hours: no visit is that long, so a first part beyond is of minutes


def clean_durations(texts: Sequence[str], unit: str, column_unit: str) -> Cleaned:
    """Lengths of time in whole units of their column: see ``read_duration``."""
    cleaned = clean_each(texts, lambda text: read_duration(text, unit, column_unit))
    cleaned.faults[(cleaned.faults == 0) & (cleaned.values < 0)] = NUMBER_OF["negative"]
    return cleaned


def is_clock_like(text: str) -> bool:
    """Whether a text is two or three numbers with colons between."""
    return _CLOCK.fullmatch(text.strip()) is not None


def unit_evidence(text: str) -> str | None:
    """``mm:ss`` or ``hh:mm`` where a text can only be one of them. Three parts are always hours,
    minutes and seconds and tell nothing of two."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or found[3] is not None:
        return None
    return "mm:ss" if int(found[1]) >= _TOO_LONG else None


def read_duration(text: str, unit: str, column_unit: str) -> int:
    """A length of time in the column's own unit, whole; ``unit`` is how bare numbers and pairs are
    meant. Raises Unreadable with the code of the fault."""
    bare = text.strip()
    seconds = _in_seconds(bare, unit, column_unit)
    value, rest = divmod(seconds, _SECONDS[column_unit])
    if rest:
        raise Unreadable("not_whole")
    return value


def _in_seconds(bare: str, unit: str, column_unit: str) -> int:
    if clock := _CLOCK.fullmatch(bare):
        first, second = int(clock[1]), int(clock[2])
        if second > 59 or int(clock[3] or 0) > 59:
            raise Unreadable("not_a_duration")
        if clock[3] is not None:
            return first * 3600 + second * 60 + int(clock[3])
        return first * 60 + second if unit == "mm:ss" else first * 3600 + second * 60
    if parts := list(_PART.finditer(bare)):
        if "".join(part[0] for part in parts) != bare:
            raise Unreadable("not_a_duration")
        return sum(_part(part) for part in parts)
    bare_unit = unit if unit in _SECONDS else column_unit
    scaled = read_number(bare, 4) * _SECONDS[bare_unit]
    if scaled % 10_000:
        raise Unreadable("not_whole")
    return scaled // 10_000


def _part(part: re.Match[str]) -> int:
    unit = {"h": 3600, "m": 60, "s": 1}[part[2][0].casefold()]
    scaled = read_number(part[1], 4) * unit
    if scaled % 10_000:
        raise Unreadable("not_whole")
    return scaled // 10_000
