"""Which values of refused rows may be shown: those that cannot identify a patient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kpi.datasets import Column, Kind
from kpi.ingest.clean.identifiers import looks_like_identifier, plainly_identifies
from kpi.store.clock import now

_LONGEST = 24
_SHORT_WORD = 4
_PERSONAL_DIGITS = 9  # of a Social Security number; record numbers often have as many
_NUMERIC = re.compile(r"[\d\s.,$()%+\-#/:!?]*|#[A-Za-z/0!?]+", re.ASCII)
_WORD = re.compile(r"[^\W\d][\w/\-]*( [\w/\-]+)?")
_STATE = re.compile(
    r"\w*(?:ed|ing)|[a-z][a-z_\-]*|[A-Z]{1,2}|[B-DF-HJ-NP-TV-XZ]{3,5}|.*[/_].*", re.ASCII
)
_DATE = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})(?!\d)(?:[T ][\d:. ]{1,8})?", re.ASCII)
_COMPACT_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_RECENT = timedelta(days=2 * 365)
_REPEATED = 3


def showable(column: Column, text: str, code: str, rows: int = 1) -> str | None:
    """The text, or None where it could name somebody. ``rows``: in how many rows it stands.

    Identifiers and free texts are never shown. Numbers are shown where they are made of digits and
    signs and too short to be a person's, dates where they are none or of the last two years. A
    choice is shown where it is written as the names of states are (``Bumped``, ``N/S``), or stands
    in several rows: anything else may be a name that has slipped out of its column.
    """
    bare = text.strip()
    if not bare or len(bare) > _LONGEST or column.kind in (Kind.ID, Kind.TEXT):
        return None
    if code == "looks_like_identifier" or plainly_identifies(bare):
        return None
    digits = sum(sign.isdigit() for sign in bare)
    if column.kind is Kind.CHOICE:
        word = digits <= 2 and _WORD.fullmatch(bare) and not _is_name(bare)
        return bare if word and (rows >= _REPEATED or _STATE.fullmatch(bare)) else None
    if not _NUMERIC.fullmatch(bare):
        return bare if len(bare) <= _SHORT_WORD and bare.isascii() and bare.islower() else None
    if _DATE.fullmatch(bare) or _COMPACT_DATE.fullmatch(bare):
        oldest = date.fromisoformat(now()[:10]) - _RECENT
        return bare if all(day >= oldest for day in _as_days(bare)) else None
    return bare if digits < _PERSONAL_DIGITS else None


def shown_heading(text: str) -> str:
    """The name of a column of a file, without what somebody's number or address would be."""
    return "…" if looks_like_identifier(text.replace("_", "-")) else text


def _is_name(text: str) -> bool:
    """Two words that are both written like names: cells may have slipped out of their column."""
    words = text.split()
    return len(words) == 2 and all(word.istitle() for word in words)


def _as_days(text: str) -> Iterator[date]:
    """Every day that the digits of a date may mean: a date of birth is a day."""
    if found := _COMPACT_DATE.fullmatch(text):
        orders = [(found[1], found[2], found[3])]
    elif found := _DATE.fullmatch(text):
        first, second, third = found[1], found[3], found[4]
        orders = [(third, first, second), (third, second, first)]
        if len(first) > 2:
            orders = [(first, second, third)]
    else:
        return
    for written, month, day in orders:
        year = int(written)
        century = 0 if year > 99 else 1900 if year > 30 else 2000
        try:
            yield date(century + year, int(month), int(day))
        except ValueError:
            continue
