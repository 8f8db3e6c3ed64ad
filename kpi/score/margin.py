"""A KPI's margin: how far chance alone could have moved its value over a period."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from kpi.catalogue import Better, Kpi, Unit
from kpi.catalogue.evaluation import counts_over, evaluate
from kpi.catalogue.formula import Formula
from kpi.catalogue.nodes import Binary, Node, Quantile
from kpi.catalogue.shape import Shape, shape_of
from kpi.months import Month
from kpi.role.model import Threshold
from kpi.score.facts import Facts
from kpi.score.margin_ends import (
    ENOUGH_FOR_MID_P,
    ENOUGH_FOR_WILSON,
    count_at,
    difference_at,
    quantile_at,
    share_at,
)
from kpi.score.margin_kind import MarginKind, margin_kind, months_make_up
from kpi.score.model import Margin, SignalReading

ENDS = (0.025, 0.975)
"""The levels of confidence at which a margin's two ends lie."""
DEVIATES = tuple(0.75 * step for step in range(-4, 5))
"""The standard normal deviates at which a spread is known."""

_LEVELS = tuple(NormalDist().cdf(each) for each in DEVIATES)
_EVERY = (*ENDS, *_LEVELS)
_WIDE = NormalDist().inv_cdf(ENDS[1])
_EVENTS = (Unit.COUNT, Unit.PER_1000_VISITS, Unit.PER_200000_HOURS)
_MOVING_RANGE = 1.128  # mean moving ranges in a standard deviation (d2 of two points)
_LIMIT = 2.66  # mean moving ranges from the mean of a chart to its limits


@dataclass(frozen=True, slots=True)
class Spread:
    """A margin before it is held against a target; ``values``: what the KPI would be at each of
    ``DEVIATES``, in the order of the deviates."""

    low: float
    high: float
    method: str
    usual: bool
    values: tuple[float, ...]


def spread_of(
    kpi: Kpi, months: Sequence[Month], facts: Facts, value: float, reading: SignalReading
) -> Spread | None:
    """How far chance could have moved a KPI's value over the months.

    None where that cannot be said: a KPI without a margin of its own whose chart has no limits
    yet, figures that are no counts (a share of more than all), too few waits for a quantile.
    """
    kind = margin_kind(kpi)
    if kind == "usual":
        return _usual(kpi, len(months), value, reading)
    shape = shape_of(kpi.formula)
    if shape is None:
        return None
    found = _ends(kind, shape, months, facts)
    offset, factor = shape.offset_over(months), shape.factor_over(months)
    if found is None or offset is None or not factor:
        return None
    method, ends = found
    values = [offset + factor * end for end in ends]
    if factor < 0:
        values = [values[1], values[0], *reversed(values[2:])]
    low, high, *rest = values
    return Spread(min(low, value), max(high, value), method, False, tuple(rest))


def margin_of(kpi: Kpi, spread: Spread, target: Threshold) -> Margin:
    """The margin of a KPI that has a target."""
    apart = None if is_rule(kpi, target) else _apart(spread, target)
    kind: Literal["margin", "usual_variation"] = "usual_variation" if spread.usual else "margin"
    return Margin(spread.low, spread.high, spread.method, kind, apart)


def is_rule(kpi: Kpi, target: Threshold) -> bool:
    """Whether the target is that none of something happens: what counts is what did happen."""
    return target == 0 and kpi.better is Better.LOWER and kpi.unit in _EVENTS


def _apart(spread: Spread, target: Threshold) -> bool:
    low, high = target if isinstance(target, tuple) else (target, target)
    around = isinstance(target, tuple) and low < spread.low and spread.high < high
    return around or spread.high < low or high < spread.low


def _ends(
    kind: MarginKind, shape: Shape, months: Sequence[Month], facts: Facts
) -> tuple[str, list[float]] | None:
    """The method and the core's value at every level; None where its figures give none."""
    if kind == "quantile":
        return _of_quantile(shape.core, months, facts)
    if kind == "difference":
        return _of_difference(shape.core, months, facts)
    above, below = shape.sums(months, facts)
    count = _whole(above)
    if count is None or below <= 0:
        return None
    if kind == "share":
        return _of_share(count, _whole(below))
    method = "exact Poisson" if count < ENOUGH_FOR_MID_P else "mid-P Poisson"
    return method, [count_at(count, level) / below for level in _EVERY]


def _of_share(count: int, of: int | None) -> tuple[str, list[float]] | None:
    if of is None or count > of:
        return None
    exact = min(count, of - count) < ENOUGH_FOR_WILSON
    ends = [share_at(count, of, level) for level in _EVERY]
    return "Wilson and exact" if exact else "Wilson", ends


def _of_quantile(
    core: Node, months: Sequence[Month], facts: Facts
) -> tuple[str, list[float]] | None:
    assert isinstance(core, Quantile)
    ends = quantile_at(counts_over(core.measure, months, facts), core.q, _EVERY)
    return None if ends is None else ("order statistics", ends)


def _of_difference(
    core: Node, months: Sequence[Month], facts: Facts
) -> tuple[str, list[float]] | None:
    match core:
        case Binary("/", Binary("-", more, less), bottom):
            above, below, of = (
                _whole(_value(each, months, facts)) for each in (more, less, bottom)
            )
            if above is None or below is None or not of or above + below > of:
                return None
            return "adjusted Wald", [difference_at(above, below, of, each) for each in _EVERY]
    return None


def _usual(kpi: Kpi, months: int, value: float, reading: SignalReading) -> Spread | None:
    """The usual variation: 1.96 standard deviations of a month, from the chart's mean moving range
    (over 1.128), for the mean of the months divided by the root of their number, for their sum
    multiplied by it."""
    if reading.mean is None or reading.upper is None or not months:
        return None
    month = (reading.upper - reading.mean) / _LIMIT / _MOVING_RANGE
    made = months_make_up(kpi)
    root = math.sqrt(months)
    deviation = month / root if made == "mean" else month * root if made == "sum" else month
    reach = _WIDE * deviation
    values = tuple(value + each * deviation for each in DEVIATES)
    return Spread(value - reach, value + reach, "moving range", True, values)


def _whole(value: float | None) -> int | None:
    """A count; None of what is none."""
    if value is None or value < 0 or abs(value - round(value)) > 1e-6:
        return None
    return round(value)


def _value(node: Node, months: Sequence[Month], facts: Facts) -> float | None:
    return evaluate(Formula("", node, frozenset()), months, facts)
