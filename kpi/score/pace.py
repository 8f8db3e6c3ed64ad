"""Where a KPI ends its period if the rest goes like its last twelve months.

The rest is played through twelve times, starting with each of the last twelve months in turn; what
comes out in the middle is the pace, and what ten of the twelve come to is its spread. Nothing is
drawn by lot, so the same figures give the same pace.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from statistics import median

from kpi.catalogue.evaluation import evaluate
from kpi.months import Month
from kpi.role.model import Terms
from kpi.score.attainment import attainment, meets
from kpi.score.continued import LAST, continuations
from kpi.score.facts import Facts, State
from kpi.score.lacking import dataset_needs, lacking
from kpi.score.model import KpiScore, Status
from kpi.score.reaching import Reaching, reaching

_LOOK_BACK = 18  # months in which the twelve with a value have to lie


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a KPI's period ends at the pace of its last twelve months.

    ``value``: in the middle of the twelve ways on; ``low`` to ``high``: ten of them. ``points``:
    its attainment there. ``at_stake``: score points between that and its target. ``reaching``: what
    the target takes, None where the pace meets it. ``reason``: why there is no pace.
    """

    row: KpiScore
    value: float | None = None
    low: float | None = None
    high: float | None = None
    points: float | None = None
    at_stake: float | None = None
    reaching: Reaching | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PeriodPace:
    """The pace of a whole period. ``score``: what it ends at, breached gates applied; None where
    less of the weight has a pace than the role asks for."""

    rows: tuple[Pace, ...]
    rest: tuple[Month, ...]
    score: float | None


def pace(
    row: KpiScore,
    terms: Terms,
    done: Sequence[Month],
    rest: Sequence[Month],
    facts: Facts,
    without: Collection[Month] = (),
) -> Pace:
    """The pace of one KPI. ``done``: the period's months that count so far; ``rest``: those to
    come. ``without``: months whose going on is not supposed, for leave or exclusion."""
    formula = row.kpi.formula
    last = [
        month
        for month, value in row.reading.points.items()
        if value is not None and month not in without and month > done[-1] - _LOOK_BACK
    ][-LAST:]
    reason = (
        row.reason
        if row.status in (Status.EXCLUDED, Status.NOT_IN_FORCE)
        else lacking(row.kpi, done, facts) or _too_few(last) or _no_base(row, rest, facts)
    )
    if reason is not None:
        return Pace(row, reason=reason)
    ways = continuations(formula, rest, last, facts)
    months = (*done, *rest)
    found = sorted(
        (value, at)
        for at, way in enumerate(ways)
        if (value := evaluate(formula, months, way)) is not None
    )
    if len(found) < LAST:
        return Pace(row, reason="No pace: in some of the last twelve months it has no base.")
    values = [value for value, _ in found]
    middle = median(values)
    takes = None
    if not meets(middle, terms, row.kpi.better):
        takes = reaching(row.kpi, terms, done, rest, facts, ways, middle)
    return Pace(
        row,
        value=middle,
        low=values[1],
        high=values[-2],
        points=attainment(middle, terms, row.kpi.better),
        reaching=takes,
    )


def period_pace(
    paces: Sequence[Pace], rest: Sequence[Month], minimum_coverage: float, caps: Sequence[float]
) -> PeriodPace:
    """The pace of a period from that of its KPIs, with the points at stake of each.

    ``caps``: of breached gates. KPIs that do not count in the period are left out.
    """
    out = (Status.EXCLUDED, Status.NOT_APPLICABLE, Status.NOT_IN_FORCE)
    asked = [each for each in paces if each.row.status not in out]
    known = [each for each in asked if each.points is not None]
    total = math.fsum(each.row.weight for each in asked)
    weight = math.fsum(each.row.weight for each in known)
    rows = tuple(
        each
        if each.points is None or not weight
        else replace(each, at_stake=each.row.weight * max(0.0, 100 - each.points) / weight)
        for each in paces
    )
    score = None
    if weight and weight >= minimum_coverage * total * (1 - 1e-9):
        points = math.fsum(each.row.weight * (each.points or 0.0) for each in known) / weight
        score = min([points, *caps])
    return PeriodPace(rows, tuple(rest), score)


def _too_few(last: Sequence[Month]) -> str | None:
    if len(last) == LAST:
        return None
    months = "month" if len(last) == 1 else "months"
    return (
        f"No pace: it goes by the last twelve months with a value, and there are {len(last)} "
        f"{months} of them in the last {_LOOK_BACK}."
    )


def _no_base(row: KpiScore, rest: Sequence[Month], facts: Facts) -> str | None:
    """Why the months left cannot be held against the year before."""
    for need in dataset_needs(row.kpi, rest):
        if need.role == "comparison" and facts.state(need.dataset, need.month).state is not (
            State.COMPLETE
        ):
            return f"No pace: {need.dataset} for {need.month.words}, to compare with, is not there."
    return None
