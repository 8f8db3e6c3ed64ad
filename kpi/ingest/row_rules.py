"""What must hold within one row, beyond each of its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from kpi.datasets import Dataset
from kpi.ingest.clean.values import Cleaned

if TYPE_CHECKING:
    from numpy.typing import NDArray

Broken = tuple[int, str, str]
"""(place of the row, column at fault, code)"""

_Rule = Callable[[Mapping[str, Cleaned], int], Iterator[Broken]]


def broken_rules(dataset: Dataset, cleaned: Mapping[str, Cleaned], rows: int) -> Iterator[Broken]:
    """The rows that break a rule of their dataset, the first rule first."""
    yield from _without_date(dataset, cleaned, rows)
    rule = _RULES.get(dataset.name)
    if rule is not None:
        yield from rule(cleaned, rows)


def _without_date(dataset: Dataset, cleaned: Mapping[str, Cleaned], rows: int) -> Iterator[Broken]:
    """A row whose month nothing gives, although the file has every column that could."""
    if not dataset.by_key or any(name not in cleaned for name in dataset.month):
        return
    dateless = np.ones(rows, dtype=bool)
    for name in dataset.month:
        dateless &= cleaned[name].faults != 0
    for place in np.flatnonzero(dateless):
        yield int(place), "", "no_date"


def _payments(cleaned: Mapping[str, Cleaned], rows: int) -> Iterator[Broken]:
    if "kind" not in cleaned:
        return
    refunds = cleaned["kind"].values == "refund"
    amounts = _there(cleaned, "amount", rows)
    for place in np.flatnonzero(refunds & amounts):
        if cleaned["amount"].values[place] <= 0:
            continue
        yield int(place), "amount", "positive_refund"


def _surveys(cleaned: Mapping[str, Cleaned], rows: int) -> Iterator[Broken]:
    if "score" not in cleaned:
        return
    scored = _there(cleaned, "score", rows)
    for place in np.flatnonzero(scored & ~_there(cleaned, "question", rows)):
        yield int(place), "question", "score_without_question"
    scale = _there(cleaned, "scale_min", rows) & _there(cleaned, "scale_max", rows)
    for place in np.flatnonzero(scored & ~scale):
        yield int(place), "scale_min", "score_without_scale"
    if scale.any():
        score, low, high = (cleaned[name].values for name in ("score", "scale_min", "scale_max"))
        outside = scored & scale & ((score < low) | (score > high) | (low >= high))
        for place in np.flatnonzero(outside):
            yield int(place), "score", "score_outside_scale"


def _there(cleaned: Mapping[str, Cleaned], name: str, rows: int) -> NDArray[np.bool_]:
    """Which rows have a value in a column that the file may lack."""
    if name not in cleaned:
        return np.zeros(rows, dtype=bool)
    there: NDArray[np.bool_] = cleaned[name].faults == 0
    return there


def _at_most(part: str, whole: str, code: str) -> _Rule:
    """A rule that one number of a row does not exceed another."""

    def rule(cleaned: Mapping[str, Cleaned], rows: int) -> Iterator[Broken]:
        both = _there(cleaned, part, rows) & _there(cleaned, whole, rows)
        if both.any():
            too_many = both & (cleaned[part].values > cleaned[whole].values)
            for place in np.flatnonzero(too_many):
                yield int(place), part, code

    return rule


def _calls(cleaned: Mapping[str, Cleaned], rows: int) -> Iterator[Broken]:
    yield from _at_most("abandoned", "offered", "more_than_offered")(cleaned, rows)
    yield from _at_most("answered", "offered", "more_than_offered")(cleaned, rows)


def _staff_hours(cleaned: Mapping[str, Cleaned], rows: int) -> Iterator[Broken]:
    both = _there(cleaned, "period_start", rows) & _there(cleaned, "period_end", rows)
    if both.any():
        days = cleaned["period_end"].values - cleaned["period_start"].values + 1
        for place in np.flatnonzero(both & ((days < 1) | (days > LONGEST_PAY_PERIOD))):
            yield int(place), "period_start", "no_pay_period"


LONGEST_PAY_PERIOD = 45
"""Days. A month has 31; beyond this, a span is a mistake, or a report over several periods."""

_RULES: Mapping[str, _Rule] = {
    "audits": _at_most("items_correct", "items_reviewed", "more_than_reviewed"),
    "calls": _calls,
    "payments": _payments,
    "staff": _at_most("hired_on", "left_on", "left_before_hired"),
    "staff_hours": _staff_hours,
    "surveys": _surveys,
}
