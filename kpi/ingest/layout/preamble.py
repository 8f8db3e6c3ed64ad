"""What the lines above a table's header say: the period, the day of a snapshot, whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpi.ingest.statements.periods import Span, read_span
from kpi.months import Month, span

_LABEL = re.compile(
    r"^(?:report\s+)?(?:period|dates?|date range|for the (?:period|month)(?: of)?|from|between|"
    r"service dates?|posting dates?|month)\s*:?\s+",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\bas of:?\s+(.+)$", re.IGNORECASE)
_DAY = r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4})"
_FROM_TO = re.compile(
    rf"{_DAY}\s*(?:-|\u2013|\u2014|to|through|and)\s*(?:to\s*:?\s*)?{_DAY}", re.IGNORECASE
)
_ONE_DAY = re.compile(_DAY)


@dataclass(frozen=True, slots=True)
class Preamble:
    """``period``: the days that the file says it covers. ``as_of``: the day of a snapshot.
    ``texts``: every text above the header, for the practice's name to be looked for."""

    texts: tuple[str, ...]
    period: Span | None = None
    as_of: date | None = None

    @property
    def covers(self) -> tuple[Month, ...]:
        """The whole months of its period, if it begins and ends with whole months."""
        if self.period is None:
            return ()
        first, last = Month.of(self.period.first), Month.of(self.period.last)
        if self.period.first != first.first_day or self.period.last != last.last_day:
            return ()
        return span(first, last)


def read_preamble(above: Sequence[Sequence[str]]) -> Preamble:
    """Reads the lines above a header. Dates written ``3/4/2026`` are month first there, as the
    period lines of American systems are; where that gives no day, the line says nothing."""
    texts = tuple(" ".join(" ".join(cells).split()) for cells in above)
    period: Span | None = None
    as_of: date | None = None
    for text in texts:
        if (found := _AS_OF.search(text)) and as_of is None:
            as_of = _day_of(found[1])
        elif period is None:
            period = read_period(text)
    return Preamble(texts, period, as_of)


def read_period(text: str) -> Span | None:
    """The days that a line says are covered: ``Period: 2026-01-01 - 2026-01-31``, ``Jan 2026``."""
    if found := _FROM_TO.search(text):
        first, last = _day(found[1]), _day(found[2])
        return Span(first, last) if first and last and first <= last else None
    return read_span(_LABEL.sub("", text))


def _day_of(text: str) -> date | None:
    if found := _ONE_DAY.search(text):
        return _day(found[1])
    named = read_span(text)
    return named.first if named and named.first == named.last else None


def _day(text: str) -> date | None:
    try:
        if "-" in text:
            return date(*(int(part) for part in text.split("-")))
        month, day, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    except ValueError:
        return None
