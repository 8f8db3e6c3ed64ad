"""The spans of time that statements name: ``Jan 2025``, ``Feb 12-28, 2025`` and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kpi.months import NAMES, Month

_NUMBERS = {name[:3].casefold(): number for number, name in enumerate(NAMES, start=1)}
_FULL = {name.casefold() for name in NAMES} | {"sept"}
_DASHES = re.compile(r"\s*(?:[-\u2010-\u2015\u2212]|\bto\b|\bthrough\b)\s*", re.IGNORECASE)
_POINT = r"(?P<month{0}>[a-z]+)?\.?\s*(?P<day{0}>\d{{1,2}}(?!\d))?,?\s*(?P<year{0}>\d{{4}})?"
_ONE = re.compile(_POINT.format(1), re.IGNORECASE | re.ASCII)
_TWO = re.compile(_POINT.format(1) + "~" + _POINT.format(2), re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from first to last, both included."""

    first: date
    last: date

    @property
    def month(self) -> Month | None:
        """The month that it is exactly, if it is one."""
        month = Month.of(self.first)
        whole = self.first == month.first_day and self.last == month.last_day
        return month if whole else None

    @property
    def words(self) -> str:
        """In words, for sentences."""
        if self.month:
            return self.month.words
        return f"{_day(self.first)} to {_day(self.last)}"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of figures: the span it covers, None for the total of the others."""

    place: int
    text: str
    span: Span | None


def read_span(text: str) -> Span | None:
    """The span that a heading or a title line names, or None if it names none."""
    bare = _DASHES.sub("~", " ".join(text.split()))
    one, two = _ONE.fullmatch(bare), _TWO.fullmatch(bare)
    try:
        if one:
            return _one(one)
        return _both(two) if two else None
    except (ValueError, KeyError):
        return None


def _one(found: re.Match[str]) -> Span:
    month = Month(int(found["year1"] or ""), month_number(found["month1"]))
    if found["day1"] is None:
        return Span(month.first_day, month.last_day)
    day = date(month.year, month.number, int(found["day1"]))
    return Span(day, day)


def _both(found: re.Match[str]) -> Span:
    year_last = int(found["year2"] or "")
    year_first = int(found["year1"] or year_last)
    first = Month(year_first, month_number(found["month1"]))
    if found["month2"] is None and found["day2"] is None:
        raise ValueError("a span ends in a month or on a day")
    last = Month(year_last, month_number(found["month2"] or found["month1"]))
    if (found["day1"] is None) != (found["day2"] is None):
        raise ValueError("a span goes from day to day or from month to month")
    span = Span(
        date(first.year, first.number, int(found["day1"] or 1)),
        date(last.year, last.number, int(found["day2"] or last.days)),
    )
    if span.last < span.first:
        raise ValueError("a span does not end before it begins")
    return span


def month_number(name: str | None) -> int:
    """The number of a month by its name, short or in full. Raises ValueError."""
    folded = (name or "").casefold()
    if folded not in _FULL and len(folded) != 3:
        raise ValueError("not a month")
    if folded[:3] not in _NUMBERS:
        raise ValueError("not a month")
    return _NUMBERS[folded[:3]]


def _day(day: date) -> str:
    return f"{NAMES[day.month - 1]} {day.day}, {day.year}"
