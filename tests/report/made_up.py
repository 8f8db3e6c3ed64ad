"""A made-up scored manager: two KPIs that score, one without data, one gate, one changed role."""

from dataclasses import replace

from kpi.access.managers import Assignment, Manager
from kpi.access.practices import Practice
from kpi.catalogue import kpi
from kpi.months import Month, span
from kpi.review.scoring import ManagerScore
from kpi.role.model import Terms
from kpi.score.model import (
    Gate,
    KpiScore,
    Part,
    Result,
    Score,
    SignalReading,
    Status,
    VersionInForce,
)

FIRST, LAST = Month(2026, 1), Month(2026, 3)
RATINGS = {"outstanding": 112.0, "exceeds": 103.0, "meets": 90.0, "developing": 70.0}
NO_SIGNAL = SignalReading(None, False, None)

NO_SHOWS = KpiScore(
    kpi=kpi("no_show_rate"),
    result=Result(
        "no_show_rate", Status.SCORED, value=61 / 1191, numerator=61, denominator=1191, n=1191
    ),
    status=Status.SCORED,
    reason=None,
    floor=0.10,
    target=0.05,
    stretch=0.03,
    weight=60,
    attainment=97.5650,
    points=73.1738,
    points_lost=1.8262,
    reading=SignalReading("common_cause", False, "hit_or_miss"),
    parts=(
        Part("2025.1", 1, 0.12, 0.06, None, 60, 100.0),
        Part("2026.1", 2, 0.10, 0.05, 0.03, 60, 97.5650),
    ),
)
VIOLATIONS = KpiScore(
    kpi=kpi("hipaa_violations"),
    result=Result("hipaa_violations", Status.SCORED, value=1, numerator=1, n=3),
    status=Status.SCORED,
    reason=None,
    floor=None,
    target=0,
    stretch=None,
    weight=20,
    attainment=0,
    points=0,
    points_lost=25,
    reading=NO_SIGNAL,
)
DAYS = KpiScore(
    kpi=kpi("days_in_ar"),
    result=Result("days_in_ar", Status.NO_DATA, reason="Charges for March end on the 20th."),
    status=Status.NO_DATA,
    reason="Charges for March end on the 20th.",
    floor=45,
    target=35,
    stretch=30,
    weight=20,
    attainment=None,
    points=None,
    points_lost=None,
    reading=NO_SIGNAL,
)


def versions(*names: str) -> tuple[VersionInForce, ...]:
    """The period's months dealt out to the versions, the last one taking the rest."""
    months = span(FIRST, LAST)
    cut = [months[at : at + 1] for at in range(len(names) - 1)] + [months[len(names) - 1 :]]
    terms = (Terms("no_show_rate", 60, 0.05), Terms("hipaa_violations", 20, 0, gate=60))
    return tuple(
        VersionInForce(name, part, (*terms, Terms("days_in_ar", 20, 35)), 0.8, RATINGS)
        for name, part in zip(names, cut, strict=True)
    )


SCORE = Score(
    first=FIRST,
    last=LAST,
    versions=versions("2025.1", "2026.1"),
    score=60.0,
    uncapped=73.1738,
    range=(58.539, 60.0),
    rating="below",
    coverage=0.8,
    gates=(Gate("hipaa_violations", 60, "breached"),),
    rows=(NO_SHOWS, VIOLATIONS, DAYS),
)

SCORED = ManagerScore(
    assignment=Assignment(
        number=1,
        manager=Manager("dana", "Dana Whitfield"),
        practice=Practice(1, "lakeside", "Lakeside Family Medicine", "UTC", 1),
        role="medical-office-manager",
        first=Month(2025, 1),
        last=None,
        locations=(),
    ),
    role_title="Medical Office Manager",
    score=SCORE,
    hashes={"2025.1": "a" * 64, "2026.1": "b" * 64},
    retroactive={"2026.1": "Targets agreed in January."},
    data_version=41,
    data_through=LAST,
)


def with_score(**changes: object) -> ManagerScore:
    """The made-up manager with another score."""
    return replace(SCORED, score=replace(SCORE, **changes))


def with_manager(id: str, name: str) -> ManagerScore:
    """The made-up score of somebody else."""
    return replace(SCORED, assignment=replace(SCORED.assignment, manager=Manager(id, name)))
