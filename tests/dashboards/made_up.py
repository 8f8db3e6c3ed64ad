"""A made-up score, for the views and charts that need no database."""

from __future__ import annotations

from kpi.catalogue import kpi
from kpi.months import Month, span
from kpi.role.model import Terms, Threshold
from kpi.score.model import (
    Gate,
    KpiScore,
    Result,
    Score,
    SignalReading,
    Status,
    VersionInForce,
)

FIRST, LAST = Month(2026, 1), Month(2026, 3)
RATINGS = {"outstanding": 112.0, "exceeds": 103.0, "meets": 90.0, "developing": 70.0}


def reading(
    signal: str | None,
    assurance: str | None,
    values: list[float | None],
    note: str = "",
    provisional: bool = False,
) -> SignalReading:
    """A chart's reading whose last value lies in the last month."""
    months = span(LAST - (len(values) - 1), LAST)
    return SignalReading(
        signal=signal,
        provisional=provisional,
        assurance=assurance,
        points=dict(zip(months, values, strict=True)),
        flags=dict.fromkeys(months),
        note=note,
    )


def row(
    id: str,
    value: float | None,
    *,
    floor: Threshold | None = None,
    target: Threshold,
    stretch: float | None = None,
    weight: float = 10,
    attainment: float | None = None,
    status: Status = Status.SCORED,
    reason: str | None = None,
    numerator: float | None = None,
    denominator: float | None = None,
    n: float | None = None,
    chart: SignalReading | None = None,
    notes: tuple[str, ...] = (),
) -> KpiScore:
    """One KPI's row; points follow from weight and attainment over a weight of 100."""
    result = Result(id, status, value, numerator, denominator, n, reason, notes)
    return KpiScore(
        kpi=kpi(id),
        result=result,
        status=status,
        reason=reason,
        floor=floor,
        target=target,
        stretch=stretch,
        weight=weight,
        attainment=attainment,
        points=None if attainment is None else weight * attainment / 100,
        points_lost=None if attainment is None else weight * max(0.0, 100 - attainment) / 100,
        reading=chart or reading(None, None, [value]),
    )


NO_SHOWS = row(
    "no_show_rate",
    61 / 1191,
    floor=0.10,
    target=0.05,
    stretch=0.03,
    attainment=97.57,
    numerator=61,
    denominator=1191,
    n=1191,
    chart=reading(
        "common_cause",
        "hit_or_miss",
        [0.06, 0.055, 0.07, None, 0.05, 0.062, 0.049, 0.058, 0.061, 0.047, 0.055, 0.05, 0.048],
    ),
)

ROWS = (
    NO_SHOWS,
    row(
        "net_collection_rate",
        0.931,
        floor=0.92,
        target=0.96,
        stretch=0.98,
        weight=20,
        attainment=27.5,
        numerator=402_500,
        denominator=432_331,
        n=3,
        chart=reading(
            "deteriorating",
            "consistently_misses",
            [
                0.955,
                0.952,
                0.958,
                0.951,
                0.949,
                0.95,
                0.945,
                0.94,
                0.941,
                0.938,
                0.935,
                0.93,
                0.928,
            ],
        ),
    ),
    row(
        "revenue_growth",
        0.062,
        floor=0.0,
        target=0.05,
        stretch=0.08,
        weight=20,
        attainment=108,
        numerator=1_062_000,
        denominator=1_000_000,
        n=3,
        chart=reading("trial", None, [0.04, 0.07, 0.075], "3 of 12 months to begin with"),
    ),
    row(
        "median_wait_minutes",
        14,
        floor=25,
        target=15,
        stretch=10,
        attainment=104,
        n=1044,
        chart=reading(
            "improving", "hit_or_miss", [19, 18, 20, 18, 17, 18, 16, 17, 15, 15, 14, 14, 13]
        ),
    ),
    row(
        "satisfaction_score",
        84.5238,
        floor=75,
        target=85,
        stretch=92,
        attainment=95.2,
        numerator=118.33,
        denominator=140,
        n=140,
        chart=reading(
            "common_cause",
            "hit_or_miss",
            [84, 86, 83, 85, None, None, 84, 82, 86, 85, 84, 83, 85.0],
        ),
    ),
    row(
        "days_in_ar",
        None,
        floor=50,
        target=38,
        stretch=32,
        weight=20,
        status=Status.NO_DATA,
        reason="Charges for March 2026 end on the 20th.",
        chart=reading(
            "common_cause",
            "consistently_meets",
            [36, 35, 37, 36, 34, 35, 36, 37, 35, 34, 36, 35, None],
        ),
    ),
    row(
        "complaints_resolved_in_7_days",
        0.75,
        floor=0.6,
        target=0.9,
        stretch=1.0,
        weight=5,
        status=Status.TOO_FEW,
        reason="4 complaints due; at least 5 are needed.",
        numerator=3,
        denominator=4,
        n=4,
        chart=reading(None, None, [1.0, None, 0.5], "too rare to chart"),
    ),
    row(
        "hipaa_violations",
        0,
        target=0,
        weight=5,
        attainment=100,
        numerator=0,
        chart=reading(
            None,
            None,
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            "too rare to chart; last one 9 months ago",
        ),
    ),
)


def score(**changes: object) -> Score:
    """The made-up score of a quarter, with what a test changes of it."""
    version = VersionInForce(
        version="2026.1",
        months=span(FIRST, LAST),
        terms=tuple(
            Terms(each.kpi.id, each.weight, each.target, each.floor, each.stretch) for each in ROWS
        ),
        minimum_coverage=0.7,
        ratings=RATINGS,
    )
    values: dict[str, object] = {
        "first": FIRST,
        "last": LAST,
        "versions": (version,),
        "score": 81.4,
        "uncapped": 81.4,
        "range": (61.0, 91.2),
        "rating": "developing",
        "coverage": 0.75,
        "gates": (Gate("hipaa_violations", 60, "held"),),
        "rows": ROWS,
    }
    return Score(**(values | changes))  # type: ignore[arg-type]
