"""Attainment: the golden values of the KPI reference, thresholds, and that better never costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalogue import Better
from kpi.role.model import Terms
from kpi.score.attainment import attainment, best, meets, misses_for_good

HIGHER, LOWER, BAND = Better.HIGHER, Better.LOWER, Better.BAND


def terms(floor: object, target: object, stretch: float | None = None) -> Terms:
    return Terms("any", 10, target, floor, stretch)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "asked", "better", "expected"),
    [
        (0.950418, terms(0.92, 0.96, 0.98), HIGHER, 76.045),
        (0.97, terms(0.92, 0.96, 0.98), HIGHER, 110),
        (0.90, terms(0.92, 0.96, 0.98), HIGHER, 0),
        (36.254648, terms(50, 38, 32), LOWER, 105.8178),
        (0.0675, terms(0.10, 0.06, 0.04), LOWER, 81.25),
        (18, terms(30, 20, 15), LOWER, 108),
        (0.67142857, terms(0.60, 0.72, 0.80), HIGHER, 59.5238),
        (0.045, terms((-0.08, 0.08), (-0.02, 0.02)), BAND, 58.3333),
        (61 / 1191, terms(0.10, 0.05, 0.03), LOWER, 97.5651),
    ],
)
def test_golden_values(value: float, asked: Terms, better: Better, expected: float) -> None:
    assert attainment(value, asked, better) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("value", "asked", "better", "expected"),
    [
        (0.95, terms(0.92, 0.95), HIGHER, 100),
        (0.99, terms(0.92, 0.95), HIGHER, 100),  # no stretch: capped
        (0.94, terms(None, 0.95), HIGHER, 0),  # no floor: a cliff
        (0.99, terms(0.92, 0.95, 0.98), HIGHER, 120),
        (0.98, terms(0.92, 0.95, 0.98), HIGHER, 120),
        (0.92, terms(0.92, 0.95, 0.98), HIGHER, 0),
        (0, terms(None, 0), LOWER, 100),
        (1, terms(None, 0), LOWER, 0),
        (1, terms(2, 0), LOWER, 50),
        (0.85, terms((0.7, 1.0), (0.85, 0.95)), BAND, 100),
        (0.95, terms((0.7, 1.0), (0.85, 0.95)), BAND, 100),
        (0.7, terms((0.7, 1.0), (0.85, 0.95)), BAND, 0),
        (1.2, terms((0.7, 1.0), (0.85, 0.95)), BAND, 0),
        (0.775, terms((0.7, 1.0), (0.85, 0.95)), BAND, 50),
        (0.975, terms((0.7, 1.0), (0.85, 0.95)), BAND, 50),
        (0.84, terms(None, (0.85, 0.95)), BAND, 0),
    ],
)
def test_thresholds(value: float, asked: Terms, better: Better, expected: float) -> None:
    assert attainment(value, asked, better) == pytest.approx(expected)


def test_a_result_within_a_billionth_of_a_threshold_meets_it() -> None:
    asked = terms(None, 0.05)
    assert meets(0.05 * (1 + 9e-10), asked, LOWER)
    assert attainment(0.05 * (1 + 9e-10), asked, LOWER) == 100
    assert not meets(0.05 * (1 + 2e-9), asked, LOWER)
    assert attainment(0.05 * (1 + 2e-9), asked, LOWER) == 0
    assert meets(0.1 + 0.2, terms(None, 0.3), LOWER)
    assert attainment(0.98 * (1 - 9e-10), terms(0.92, 0.95, 0.98), HIGHER) == 120


def test_the_most_points_are_120_with_a_stretch_and_100_without() -> None:
    assert (best(terms(0, 1, 2)), best(terms(0, 1))) == (120, 100)


def test_a_count_misses_for_good_only_where_more_of_it_is_no_better() -> None:
    assert misses_for_good(1, terms(None, 0), LOWER)
    assert not misses_for_good(0, terms(None, 0), LOWER)
    assert not misses_for_good(1, terms(None, 5), HIGHER)
    assert misses_for_good(9, terms(None, (2.0, 8.0)), BAND)
    assert not misses_for_good(1, terms(None, (2.0, 8.0)), BAND)


amounts = st.floats(-1e6, 1e6, allow_nan=False)
steps = st.floats(0, 1e6, allow_nan=False)


@given(
    amounts, steps, steps, st.booleans(), st.booleans(), amounts, steps, st.sampled_from([1, -1])
)
def test_a_better_result_never_lowers_attainment(
    floor: float, up: float, further: float, has_floor: bool, has_stretch: bool,
    value: float, gain: float, sign: int,
) -> None:  # fmt: skip
    target = floor + up
    asked = terms(
        sign * floor if has_floor else None,
        sign * target,
        sign * (target + further) if has_stretch else None,
    )
    better = HIGHER if sign == 1 else LOWER
    worse_points = attainment(sign * value, asked, better)
    assert 0 <= worse_points <= attainment(sign * (value + gain), asked, better) <= best(asked)
    assert meets(sign * value, asked, better) == (worse_points >= 100)


@given(amounts, steps, steps, steps, amounts, st.floats(0, 1))
def test_nearer_to_a_band_is_never_worse(
    c: float, up: float, width: float, down: float, value: float, nearer: float
) -> None:
    a, b, d = c + up, c + up + width, c + up + width + down
    asked = terms((c, d), (a, b))
    middle = (a + b) / 2
    closer = value + (middle - value) * nearer
    assert 0 <= attainment(value, asked, BAND) <= attainment(closer, asked, BAND) + 1e-6 <= 100.1
