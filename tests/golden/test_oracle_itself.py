"""The second working is right where the reference worked something out by hand."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from tests.golden.oracle.complete import days_of, incomplete
from tests.golden.oracle.quantities import nearest_rank, waits
from tests.golden.oracle.reading import Practice
from tests.golden.oracle.scorecard import attainment


def spread(counts: dict[int, int]) -> list[int]:
    return sorted(minutes for minutes, count in counts.items() for _ in range(count))


A = spread({5: 12, 10: 20, 12: 13, 15: 20, 18: 16, 22: 5, 30: 3, 45: 1})
B = spread({8: 30, 14: 40, 20: 25, 35: 15})


@pytest.mark.parametrize(
    ("values", "median", "ninetieth"), [(A, 12, 18), (B, 14, 35), (sorted(A + B), 14, 22)]
)
def test_nearest_rank_as_in_g7(values: list[int], median: int, ninetieth: int) -> None:
    assert nearest_rank(values, Fraction(1, 2)) == median
    assert nearest_rank(values, Fraction(9, 10)) == ninetieth


@pytest.mark.parametrize(
    ("arrived", "seen", "expected"),
    [
        ("08:40:00", "09:07:10", [8]),
        ("09:10:00", "09:12:00", [2]),
        ("08:50:00", "08:55:00", [0]),
        ("08:40:00", "17:30:00", []),
        ("08:40:00", None, []),
    ],
)
def test_waits_as_the_reference_measures_them(
    arrived: str, seen: str | None, expected: list[int]
) -> None:
    visit = {
        "status": "completed",
        "start_at": datetime(2025, 3, 3, 9),
        "arrived_at": datetime.fromisoformat(f"2025-03-03 {arrived}"),
        "seen_at": seen and datetime.fromisoformat(f"2025-03-03 {seen}"),
    }
    practice = Practice()
    practice.by_month["appointments", "2025-03"].append(visit)
    assert waits(practice, ["2025-03"]) == expected


@pytest.mark.parametrize(
    ("value", "row", "expected"),
    [
        (0.950418, ("higher", 0.92, 0.96, 0.98), 76.045),
        (0.97, ("higher", 0.92, 0.96, 0.98), 110),
        (0.90, ("higher", 0.92, 0.96, 0.98), 0),
        (36.254648, ("lower", 50, 38, 32), 105.8178),
        (0.0675, ("lower", 0.10, 0.06, 0.04), 81.25),
        (0.045, ("band", [-0.08, 0.08], [-0.02, 0.02], None), 58.3333),
    ],
)
def test_attainment_as_the_reference_works_it(
    value: float, row: tuple[Any, ...], expected: float
) -> None:
    terms = dict(zip(("better", "floor", "target", "stretch"), row, strict=True))
    assert attainment(value, terms) == pytest.approx(expected, abs=1e-4)


def test_a_month_is_complete_with_five_weekdays_missing_and_not_with_six() -> None:
    """June 2026: the 1st is a Monday, the 30th a Tuesday; the weekdays after the 22nd are six."""
    for last, lacking in ((date(2026, 6, 22), ["2026-06"]), (date(2026, 6, 23), [])):
        practice = Practice()
        day = date(2026, 6, 1)
        while day <= last:
            if day.weekday() < 5:
                practice.by_month["charges", "2026-06"].append({"posted_date": day})
            day += timedelta(days=1)
        assert incomplete(practice, "charges", ["2026-06"]) == lacking


def test_days_of_a_leap_year() -> None:
    assert days_of("2024-01", "2024-03") == (91, 366)
    assert days_of("2025-01", "2025-03") == (90, 365)
