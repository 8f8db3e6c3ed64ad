"""The backtest of the sample's role agrees with plain SQL and arithmetic of another hand.

Thresholds and weights are typed off the role file; values come from queries over the records; what
they earn, what they cross and what is chance is worked out here from the reference alone.
"""

import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.months import Month, span
from kpi.review.roles.backtest import RoleBacktest, backtest_role
from tests.golden.oracle.reading import SAMPLE
from tests.golden.sql.queries import QUERIES
from tests.golden.sql.tables import opened, period

FIRST, LAST = Month(2025, 1), Month(2026, 6)
FILE = Path(SAMPLE) / "roles" / "medical-office-manager-2026.1.yaml"

# id: weight, floor, target, stretch; of the wait, changes from the median of 2025
ASKED: dict[str, tuple[float, float | None, float, float | None]] = {
    "revenue_growth": (12, 0.0, 0.05, 0.08),
    "overhead_ratio": (6, 0.66, 0.58, 0.53),
    "days_in_ar": (8, 50, 36, 30),
    "ar_over_90_share": (4, 0.18, 0.10, 0.05),
    "net_collection_rate": (8, 0.88, 0.95, 0.98),
    "median_wait_minutes": (12, 0.15, -0.10, -0.25),
    "no_show_rate": (10, 0.10, 0.05, 0.03),
    "scheduling_accuracy": (8, 0.90, 0.96, 0.98),
    "satisfaction_score": (14, 65, 84, 92),
    "complaints_resolved_in_7_days": (6, 0.60, 0.90, 1.0),
    "hipaa_violations": (12, None, 0, None),
}
CHARTED = ("overhead_ratio", "no_show_rate", "satisfaction_score")


@pytest.fixture(scope="module")
def lakeside(sample_database: Engine) -> Iterator[sqlite3.Connection]:
    path = sample_database.url.database
    assert path is not None
    connection = opened(path, "lakeside")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def done(sample_database: Engine) -> RoleBacktest:
    return backtest_role(
        sample_database, operator(), "lakeside", FILE.read_bytes(), FILE.name, FIRST, LAST
    )


def value(records: sqlite3.Connection, id: str, first: Month, last: Month) -> float | None:
    (found,) = records.execute(QUERIES[id], period(str(first), str(last))).fetchone()
    return None if found is None else float(found)


def thresholds(
    records: sqlite3.Connection, id: str
) -> tuple[float | None, float, float | None]:  # fmt: skip
    _, floor, target, stretch = ASKED[id]
    if id != "median_wait_minutes":
        return floor, target, stretch
    base = value(records, id, Month(2025, 1), Month(2025, 12))
    assert base is not None
    assert floor is not None
    assert stretch is not None
    return base * (1 + floor), base * (1 + target), base * (1 + stretch)


def earned(found: float, floor: float | None, target: float, stretch: float | None) -> float:
    """Points by the rule of three: whether lower is better shows in where the floor lies."""
    if floor is None or stretch is None:
        return 100.0 if found <= target + 1e-12 else 0.0
    way = (found - floor) / (target - floor)
    if way < 1:
        return 100 * max(0.0, way)
    return 100 + 20 * min(1.0, (found - target) / (stretch - target))


def where(points: float) -> str:
    if points >= 120 - 1e-9:
        return "at_stretch"
    if points >= 100 - 1e-9:
        return "at_target"
    return "between" if points > 0 else "below_floor"


def test_the_score_of_every_past_quarter(
    done: RoleBacktest, lakeside: sqlite3.Connection
) -> None:  # fmt: skip
    assert [str(each.first) for each in done.found.periods] == [
        "2025-01", "2025-04", "2025-07", "2025-10", "2026-01", "2026-04",
    ]  # fmt: skip
    for each in done.found.periods:
        total = 0.0
        for id, (weight, *_) in ASKED.items():
            found = value(lakeside, id, each.first, each.last)
            assert found is not None
            total += weight * earned(found, *thresholds(lakeside, id)) / 100
        assert each.score == pytest.approx(total, rel=1e-9)


@pytest.mark.parametrize("id", CHARTED)
def test_where_each_month_stood_and_what_was_chance(
    done: RoleBacktest, lakeside: sqlite3.Connection, id: str
) -> None:
    every = {month: value(lakeside, id, month, month) for month in span(Month(2024, 1), LAST)}
    values = {month: found for month, found in every.items() if found is not None}
    flagged = special([*values.values()])
    special_months = {month for month, hit in zip(values, flagged, strict=True) if hit}
    expected = []
    before = None
    for month in span(FIRST, LAST):
        now = where(earned(values[month], *thresholds(lakeside, id)))
        crossed = None if before is None else now != before
        chance = None if crossed is None else crossed and month not in special_months
        expected.append((month, now, crossed, chance))
        before = now
    (found,) = (each for each in done.found.kpis if each.kpi.id == id)
    assert [
        (each.month, each.standing, each.crossed, each.by_chance) for each in found.months
    ] == expected
    assert found.values == pytest.approx([values[month] for month in span(FIRST, LAST)])
    assert found.judged == len(expected) - 1
    assert found.by_chance == sum(each[3] is True for each in expected)


def special(values: list[float]) -> list[bool]:
    """Whether each month is more than chance by an XmR chart of the first 24 months: outside the
    limits, seven in a row going one way, two of three beyond two thirds, eight on one side."""
    base = values[:24]
    mean = sum(base) / len(base)
    ranges = [abs(b - a) for a, b in pairwise(base)]
    average = sum(ranges) / len(ranges)
    kept = [each for each in ranges if each < 3.267 * average]
    reach = 2.66 * sum(kept) / len(kept)
    hits = [abs(each - mean) > reach for each in values]
    for at in range(len(values)):
        eight = values[at : at + 8]
        if len(eight) == 8 and (min(eight) > mean or max(eight) < mean):
            hits[at : at + 8] = [True] * 8
        seven = values[at : at + 7]
        steps = [b - a for a, b in pairwise(seven)]
        if len(seven) == 7 and (min(steps) > 0 or max(steps) < 0):
            hits[at : at + 7] = [True] * 7
        three = values[at : at + 3]
        if len(three) == 3 and (min(three) > mean or max(three) < mean):
            far = [2 / 3 * reach < abs(each - mean) <= reach for each in three]
            if sum(far) >= 2:
                for step, hit in enumerate(far):
                    hits[at + step] = hits[at + step] or hit
    return hits
