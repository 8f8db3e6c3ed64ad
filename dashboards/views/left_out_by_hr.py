"""What HR has left out of a manager's score, and months of leave, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi.access.leave import Leave
from kpi.months import Month, period_words, span
from kpi.review.basis.exclusions import Recorded

EXCLUSION_HEADINGS = ("What", "Months", "Reason", "Evidence", "By", "State")
LEAVE_HEADINGS = ("Months", "By", "State")
EVERY = "Every KPI without a gate"


def exclusion_rows(found: Sequence[Recorded], names: Mapping[str, str]) -> list[list[str]]:
    """A row each, newest first."""
    return [
        [
            what(each.kpi, names),
            period_words(each.first, each.last),
            each.reason,
            each.evidence,
            f"{each.by}, {each.at[:10]}",
            _state(each.withdrawn_by, each.withdrawn_at, each.withdrawn_reason),
        ]
        for each in reversed(found)
    ]


def exclusion_words(each: Recorded, names: Mapping[str, str]) -> str:
    """``No-show rate, March 2026``."""
    return f"{what(each.kpi, names)}, {period_words(each.first, each.last)}"


def leave_rows(found: Sequence[Leave]) -> list[list[str]]:
    """A row each, newest first."""
    return [
        [
            period_words(each.first, each.last),
            f"{each.by}, {each.at[:10]}",
            _state(each.withdrawn_by, each.withdrawn_at, None),
        ]
        for each in reversed(found)
    ]


def what(kpi: str | None, names: Mapping[str, str]) -> str:
    """A KPI's name; of none, what an exclusion of all leaves out."""
    return EVERY if kpi is None else names.get(kpi, kpi)


def months_to_choose(first: Month, last: Month | None, now: Month) -> list[Month]:
    """An assignment's months up to now and the year to come, newest first."""
    end = min(last, now + 12) if last is not None else now + 12
    return list(reversed(span(first, end)))


def _state(by: str | None, at: str | None, reason: str | None) -> str:
    if by is None or at is None:
        return "Stands"
    return f"Withdrawn by {by}, {at[:10]}" + (f": {reason}" if reason else "")
