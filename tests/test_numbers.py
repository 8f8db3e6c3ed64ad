"""The number formatter: units, significant digits, half-up, money, signs, dashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalogue import Unit
from kpi.numbers import show, show_change, show_score, show_threshold


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "percent", "–"),
        (0.0512174, "percent", "5.12%"),
        (0.05, "percent", "5%"),
        (0.9361, "percent", "93.6%"),
        (0.99996, "percent", "100%"),
        (1.184, "percent", "118%"),
        (-0.155, "percent", "−15.5%"),
        (0.285, "percent", "28.5%"),
        (0.00125, "percent", "0.13%"),
        (-0.00001, "percent", "0%"),
        (9.996, "points", "10"),
        (9.995, "points", "10"),
        (9.994, "points", "9.99"),
        (2.675, "points", "2.68"),
        (18.0, "minutes", "18 min"),
        (36.254648, "days", "36.3 days"),
        (1.0, "days", "1 day"),
        (30, "seconds", "30 s"),
        (1191, "count", "1,191"),
        (20.020050, "count", "20"),
        (41220.0, "dollars", "$41,220"),
        (12310.2, "dollars", "$12,310.20"),
        (-12310.2, "dollars", "−$12,310.20"),
        (0.005, "dollars", "$0.01"),
        (12.458183, "times_per_year", "12.5 a year"),
        (3.019845, "per_1000_visits", "3.02 per 1,000 visits"),
        (9.673519, "per_200000_hours", "9.67 per 200,000 hours"),
        (205.9284, "count_per_month", "206 a month"),
    ],
)
def test_values(value: float | None, unit: str, text: str) -> None:
    assert show(value, unit) == text


def test_signed_values() -> None:
    assert show(0.05, "percent", signed=True) == "+5%"
    assert show(0.0, "percent", signed=True) == "0%"
    assert show(250, "dollars", signed=True) == "+$250"


@pytest.mark.parametrize(
    ("new", "old", "unit", "text"),
    [
        (0.06, 0.05, "percent", "+1 pp"),
        (0.3, 0.1, "percent", "+20 pp"),
        (0.05, 0.0625, "percent", "−1.25 pp"),
        (18.0, 20.0, "minutes", "−2 min"),
        (5.0, 5.0, "minutes", "0 min"),
        (41220.5, 41000.0, "dollars", "+$220.50"),
        (None, 5.0, "minutes", "–"),
        (5.0, None, "minutes", "–"),
    ],
)
def test_changes(new: float | None, old: float | None, unit: str, text: str) -> None:
    assert show_change(new, old, unit) == text


def test_thresholds() -> None:
    assert show_threshold((0.85, 0.95), "percent") == "85% to 95%"
    assert show_threshold(0.05, "percent") == "5%"
    assert show_threshold(None, "percent") == "–"


@given(st.floats(-1e12, 1e12), st.sampled_from([*Unit]))
def test_any_value_is_shown_near_itself(value: float, unit: Unit) -> None:
    text = show(value, unit)
    digits = text.replace("−", "-").replace("$", "").replace(",", "").split("%")[0].split(" ")[0]
    shown = float(digits) / (100 if unit is Unit.PERCENT else 1)
    assert abs(shown - value) <= max(0.005 * abs(value), 0.00501)
    assert "e" not in digits.lower()
    assert digits != "-0"


@pytest.mark.parametrize(
    ("score", "text"),
    [
        (91.25, "91.3"),
        (89.96, "89.96"),  # one decimal would show the rating that it misses
        (89.9996, "89.9996"),
        (90.0, "90.0"),
        (90.04, "90.0"),
        (0.0, "0.0"),
        (None, "–"),
    ],
)
def test_a_score_never_shows_a_rating_that_it_misses(score: float | None, text: str) -> None:
    assert show_score(score, {"exceeds": 103, "meets": 90}) == text
