"""Periods in short and in the address."""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.views.words import listed
from kpi.errors import InputError
from kpi.months import NAMES, Month, period_words, span

SO_FAR = "so-far"
_LISTED = 6  # months that are named one by one

Period = tuple[Month, Month]


def in_shortest(first: Month, last: Month) -> str:
    """``Jan–Mar``, for where the year is plain from what stands around it; a year is its number."""
    if first == last:
        return month_name(last)
    if last - 11 == first and first.number == 1:
        return str(last.year)
    return f"{month_name(first)}–{month_name(last)}"


def month_name(month: Month) -> str:
    """``Mar``, for where the year is plain from what stands around it."""
    return NAMES[month.number - 1][:3]


def in_address(first: Month, last: Month) -> str:
    """``2026-01..2026-03``, as the page's address holds it."""
    return f"{first}..{last}"


def from_address(text: str) -> Period | None:
    """The period that an address names; None for one that names none."""
    start, dots, end = text.partition("..")
    if not dots:
        return None
    try:
        first, last = Month.parse(start), Month.parse(end)
    except InputError:
        return None
    return (first, last) if first <= last else None


def instead_words(wanted: str, shown: Period) -> str:
    """Why another period is shown than the one that an address names."""
    here = f"what is shown is {period_words(*shown)}."
    named = from_address(wanted)
    if named is None:
        return f"No period is under way yet: {here}"
    return (
        f"{period_words(*named)} cannot be shown: it is no review period of this assignment, or "
        f"has no data any more. So {here}"
    )


def before(first: Month, last: Month) -> Period:
    """The period of the same length that ends where this one begins."""
    months = len(span(first, last))
    return first - months, first - 1


def months_words(months: Iterable[Month]) -> str:
    """``January to March 2026`` for months without a gap, else one by one; of many only how many
    there are, and the first and last."""
    found = sorted(months)
    if not found:
        return ""
    first, last = found[0], found[-1]
    if len(found) == 1 or first + (len(found) - 1) == last:
        return period_words(first, last)
    if len(found) > _LISTED:
        return f"{len(found)} months from {first.words} to {last.words}"
    return listed([month.words for month in found])
