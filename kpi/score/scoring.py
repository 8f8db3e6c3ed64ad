"""The score of a period: rows, coverage, gates, range and indicated rating."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kpi.catalogue import Unit
from kpi.catalogue.evaluation import is_count
from kpi.months import Month
from kpi.numbers import show
from kpi.score.exclusion import Exclusion
from kpi.score.facts import Facts
from kpi.score.gates import gate_of
from kpi.score.judging import Judged, judge
from kpi.score.margin import Spread, margin_of, spread_of
from kpi.score.model import (
    Gate,
    KpiScore,
    Part,
    Rebased,
    Score,
    ScoreMargin,
    SignalReading,
    Status,
    VersionInForce,
)
from kpi.score.result import count_so_far
from kpi.score.signal import read_signal
from kpi.score.trend import Trend, trends

MOST_EXCLUDED = 0.4  # of the weight; beyond it there is no score
_TOLERANCE = 1e-9
_MISSING = (Status.NO_DATA, Status.TOO_FEW)
_OUT = (Status.EXCLUDED, Status.NOT_APPLICABLE, Status.NOT_IN_FORCE)


def score(
    versions: Sequence[VersionInForce],
    first: Month,
    last: Month,
    facts: Facts,
    *,
    history: Sequence[Month] = (),
    exclusions: Sequence[Exclusion] = (),
    leave: Collection[Month] = (),
    so_far: bool = False,
    since: Month | None = None,
    rebased: Mapping[str, Sequence[Rebased]] | None = None,
) -> Score:
    """The score of the months from first to last under the role versions in force.

    ``versions``: oldest first; the last one's thresholds, minimum and ratings are shown.
    ``history``: the months that the charts show, in a row. ``exclusions``: what HR took out.
    ``leave``: months of leave, in which no version judges; they are no part of the period.
    ``so_far``: the period is not over; no rating, and KPIs that need months are computed over the
    last three complete ones, none of them before ``since`` (the assignment's first month).
    ``rebased``: by KPI id, from which months on charts have limits of their own.
    """
    rows = judge(versions, first, last, facts, exclusions, leave, so_far=so_far, since=since)
    total = _weight(rows, set(Status) - {Status.NOT_IN_FORCE})
    scored = _weight(rows, {Status.SCORED})
    asked = _weight(rows, set(Status) - set(_OUT))
    coverage = scored / asked if asked else 0.0
    latest = _latest(versions)
    reason = _no_score(rows, latest.minimum_coverage, coverage, total)

    gates = {row.kpi.id: gate for row in rows if (gate := _gate(row, facts)) is not None}
    points = trends((row.kpi for row in rows), [each for each in history if each <= last], facts)
    readings = {
        row.kpi.id: _reading(row, first, points[row.kpi.id], (rebased or {}).get(row.kpi.id, ()))
        for row in rows
    }
    spreads = _spreads(rows, facts, readings)
    uncapped = final = margin = None
    ends: tuple[float, float] | None = None
    if reason is None:
        breached = [gate for row in rows if (gate := _breached(row, gates))]
        uncapped = math.fsum(row.weight * (row.attainment or 0.0) for row in rows) / scored
        final = _capped(uncapped, breached)
        margin = _margin(rows, spreads, breached, final)
        missing = any(row.status in _MISSING for row in rows)
        ends = _range(rows, gates, asked) if missing else (final, final)
    return Score(
        first=first,
        last=last,
        versions=tuple(versions),
        score=final,
        uncapped=uncapped,
        range=ends,
        rating=None if so_far or final is None else _rating(final, latest.ratings),
        coverage=coverage,
        gates=tuple(gates.values()),
        rows=tuple(
            _row(row, None if reason else scored, readings[row.kpi.id], spreads.get(row.kpi.id))
            for row in rows
        ),
        reason=reason,
        provisional=so_far,
        margin=margin,
    )


def _spreads(
    rows: Sequence[Judged], facts: Facts, readings: Mapping[str, SignalReading]
) -> dict[str, Spread]:
    """How far chance could have moved each KPI's value, where that can be said."""
    found = {}
    for row in rows:
        if row.result.value is not None:
            spread = spread_of(row.kpi, row.months, facts, row.result.value, readings[row.kpi.id])
            if spread is not None:
                found[row.kpi.id] = spread
    return found


def _margin(
    rows: Sequence[Judged], spreads: Mapping[str, Spread], breached: Sequence[Gate], score: float
) -> ScoreMargin | None:
    from kpi.score.score_margin import score_margin  # NumPy, for a score alone

    return score_margin(rows, spreads, min((gate.cap for gate in breached), default=None), score)


def _weight(rows: Sequence[Judged], statuses: set[Status]) -> float:
    return math.fsum(row.weight for row in rows if row.status in statuses)


def _latest(versions: Sequence[VersionInForce]) -> VersionInForce:
    return next((each for each in reversed(versions) if each.months), versions[-1])


def _no_score(rows: Sequence[Judged], minimum: float, coverage: float, total: float) -> str | None:
    """Why there is no score, in a sentence; None where there is one."""
    # A month out of a KPI weighs as its part of the period, so that taking out all bad months but
    # one is bounded like taking out KPIs.
    left_out = math.fsum(
        row.weight * row.excluded for row in rows if row.status is not Status.NOT_IN_FORCE
    )
    if total and left_out / total > MOST_EXCLUDED + _TOLERANCE:
        return (
            f"No score: {show(left_out / total, Unit.PERCENT)} of the weight is excluded, and at "
            f"most {show(MOST_EXCLUDED, Unit.PERCENT)} may be."
        )
    missing = [f"{row.kpi.name} ({row.reason})" for row in rows if row.status in _MISSING]
    if not missing and not _weight(rows, {Status.SCORED}):
        return "No score: there is nothing to judge in this period."
    if coverage < minimum * (1 - _TOLERANCE) or not coverage:
        return (
            f"No score: {show(coverage, Unit.PERCENT)} of the weight has a result, and the role "
            f"asks for {show(minimum, Unit.PERCENT)}. Missing: {'; '.join(missing)}"
        )
    return None


def _gate(row: Judged, facts: Facts) -> Gate | None:
    if row.status is Status.NOT_IN_FORCE:
        return None
    terms = [terms for _, terms in row.parts]
    return gate_of(row.kpi, row.result, terms, count_so_far(row.kpi, row.months, facts))


def _breached(row: Judged, gates: Mapping[str, Gate]) -> Gate | None:
    """The row's gate if it caps the score: an excluded KPI's does not."""
    gate = gates.get(row.kpi.id)
    caps = gate is not None and gate.state == "breached" and row.status is not Status.EXCLUDED
    return gate if caps else None


def _capped(value: float, breached: Sequence[Gate]) -> float:
    return min([value, *(gate.cap for gate in breached)])


def _range(rows: Sequence[Judged], gates: Mapping[str, Gate], asked: float) -> tuple[float, float]:
    """The score with the missing weight at 0 and at its best.

    At the low end every gate of a missing KPI counts as breached; what is breached already caps
    both ends.
    """
    there = math.fsum(row.weight * (row.attainment or 0.0) for row in rows)
    most = math.fsum(row.weight * row.best for row in rows if row.status in _MISSING)
    breached = [gate for row in rows if (gate := _breached(row, gates))]
    unsure = [gates[row.kpi.id] for row in rows if row.status in _MISSING and row.kpi.id in gates]
    low = _capped(there / asked, [*breached, *unsure])
    return low, _capped((there + most) / asked, breached)


def _rating(value: float, ratings: Mapping[str, float]) -> str:
    for name, least in sorted(ratings.items(), key=lambda each: -each[1]):
        if value >= least or math.isclose(value, least, rel_tol=_TOLERANCE):
            return name
    return "below"


def _row(
    row: Judged, scored: float | None, reading: SignalReading, spread: Spread | None
) -> KpiScore:
    points = lost = None
    if scored and row.attainment is not None:
        points = row.weight * row.attainment / scored
        lost = row.weight * max(0.0, 100 - row.attainment) / scored
    shown = row.parts[-1][1]
    return KpiScore(
        kpi=row.kpi,
        result=row.result,
        status=row.status,
        reason=row.reason,
        floor=shown.floor,
        target=shown.target,
        stretch=shown.stretch,
        weight=row.weight,
        attainment=row.attainment,
        points=points,
        points_lost=lost,
        reading=reading,
        parts=tuple(
            Part(
                version=version.version,
                months=len(version.months),
                floor=terms.floor,
                target=terms.target,
                stretch=terms.stretch,
                weight=terms.weight,
                attainment=each,
            )
            for (version, terms), each in zip(row.parts, row.attainments, strict=True)
        )
        if row.several
        else (),
        margin=None if spread is None else margin_of(row.kpi, spread, shown.target),
    )


def _reading(row: Judged, first: Month, points: Trend, rebased: Sequence[Rebased]) -> SignalReading:
    """The chart up to the period's last month; no signal where the period itself has no value."""
    reading = read_signal(
        points,
        row.kpi.better,
        row.parts[-1][1].target,
        is_count=is_count(row.kpi.formula),
        rebased=rebased,
    )
    if any(value is not None and month >= first for month, value in points.items()):
        return reading
    none = "No month of the period has a value."
    return replace(reading, signal=None, provisional=False, note=none)
