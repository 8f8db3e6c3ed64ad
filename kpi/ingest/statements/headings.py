"""What time each column of a statement is of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from kpi.errors import FileRefused
from kpi.ingest.fold import fold_value
from kpi.ingest.layout.preamble import read_period
from kpi.ingest.statements.periods import Heading, Span, month_number, read_span
from kpi.months import Month

_SHORT_YEAR = re.compile(r"([a-z]{3,4})\.? (\d\d)", re.IGNORECASE | re.ASCII)
_CLOSING_DAY = re.compile(r"(\d{1,2}) ([a-z]{3,9})\.? (\d{4})", re.IGNORECASE | re.ASCII)
_ENDED = re.compile(
    r"for the (?P<unit>month|quarter|year|(?P<months>\d{1,2}) months) ended (?P<day>.+)",
    re.IGNORECASE | re.ASCII,
)
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


def is_heading(text: str) -> bool:
    """Whether a cell can head a column of figures: a span of time, or the total of the others."""
    return (
        fold_value(text) == "total"
        or read_span(text) is not None
        or _short_year(text) is not None
        or _closing_day(text) is not None
    )


def read_title_period(text: str) -> Span | None:
    """The period that a title line names: ``Date Range: 2026-01-01 to 2026-12-31``, ``January -
    March 2024``, ``For the year ended 30 June 2027``."""
    found = _ENDED.fullmatch(" ".join(text.split()))
    if found is None:
        return read_period(text)
    day = _closing_day(found["day"])
    if day is None or day != Month.of(day).last_day:
        return None
    months = int(found["months"] or 0) or _MONTHS_OF[found["unit"].casefold()]
    return Span((Month.of(day) - (months - 1)).first_day, day)


def read_headings(
    name: str,
    line: int,
    cells: Sequence[str],
    labels: int,
    period: Span | None,
    terms: Mapping[str, Any],
) -> tuple[Heading, ...]:
    """The columns behind the first ``labels``, which name accounts; trailing blank ones are none.

    ``Jan 25`` is January 2025, as QuickBooks Desktop writes it. ``30 Jun 2027`` is the month that
    ends on that day where the columns end with month after month, or where the title says that it
    is one. Raises FileRefused for a column that is of no time that can be told.
    """
    texts = [" ".join(cell.split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    texts = texts[labels:]
    closing = _closing_months(texts, period)
    found = []
    for place, text in enumerate(texts, start=labels):
        span = read_span(text) or _short_year(text) or closing.get(text)
        if span is None and fold_value(text) != "total":
            why = (
                f"ends on {text}, but nothing says that it is of one month"
                if _closing_day(text)
                else "is neither a month nor 'Total'; a statement by class, location, customer, "
                "tracking category or against another year cannot be read"
            )
            raise FileRefused(f"{name}, line {line}: column {place + 1} {why}. {terms['instead']}")
        found.append(Heading(place, text, span))
    if len({heading.span for heading in found}) < len(found):
        raise FileRefused(f"{name}, line {line}: two columns are of the same time.")
    if len(found) == 1 and found[0].span is None:
        if period is None:
            raise FileRefused(
                f"{name} has one column of figures, and no line above it names the month that "
                f"they are of. {terms['instead']}"
            )
        found = [Heading(labels, found[0].text, period)]
    return tuple(found)


def _closing_months(texts: Sequence[str], period: Span | None) -> dict[str, Span]:
    """Spans of the columns that are headed by their last day."""
    days = {text: day for text in texts if (day := _closing_day(text))}
    if len(days) == 1 and period is not None:
        ((text, day),) = days.items()
        return {text: period} if period.last == day else {}
    months = sorted(Month.of(day) for day in days.values())
    follow = all(later == earlier + 1 for earlier, later in pairwise(months))
    whole = all(day == Month.of(day).last_day for day in days.values())
    if len(days) < 2 or not follow or not whole:
        return {}
    return {text: Span(Month.of(day).first_day, day) for text, day in days.items()}


def _short_year(text: str) -> Span | None:
    found = _SHORT_YEAR.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    try:
        month = Month(2000 + int(found[2]), month_number(found[1]))
    except ValueError:
        return None
    return Span(month.first_day, month.last_day)


def _closing_day(text: str) -> date | None:
    found = _CLOSING_DAY.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    try:
        return date(int(found[3]), month_number(found[2]), int(found[1]))
    except ValueError:
        return None
