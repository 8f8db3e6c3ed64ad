"""Signals: the oracles of the KPI reference, gaps, directions, and what is too rare to chart."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi.catalogue import Better
from kpi.months import Month, span
from kpi.score.model import Rebased, SignalReading
from kpi.score.signal import FALSE_FLAGS, flags, limits, read_signal
from tests.benchmarks import signals

START = Month(2024, 1)
HIGHER, LOWER = Better.HIGHER, Better.LOWER

ORACLE_A = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621,
    -1.26506123, -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272,
    -0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141,
]  # fmt: skip
ORACLE_A2 = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
ORACLE_B = [
    18, 20, 19, 21, 18, 20, 22, 19, 20, 18, 21, 20, 24, 20, 23.5, 19, 25.5, 19.5, 19, 18.5, 19.2,
    18, 19.1, 18.8, 21, 20.5, 20.2, 19.9, 19.8, 19.7, 19.68, 19.7,
]  # fmt: skip


def monthly(values: list[float | None]) -> dict[Month, float | None]:
    return {START + at: value for at, value in enumerate(values)}


def read(
    values: list[float], better: Better = LOWER, target: float = 20.0, **options: int
) -> SignalReading:
    return read_signal(monthly([*values]), better, target, **options)  # type: ignore[arg-type]


def test_oracle_a() -> None:
    lines = limits(ORACLE_A)
    assert lines.mean == pytest.approx(0.1416238, abs=5e-8)
    assert (lines.lower, lines.upper) == pytest.approx((-3.01138, 3.294627), abs=5e-6)
    assert set(flags(ORACLE_A, lines)) == {None}


def test_oracle_a_with_an_outlier() -> None:
    values = [*ORACLE_A[:14], 10.0, *ORACLE_A[15:]]
    screened = limits(values)
    assert screened.mean == pytest.approx(0.6694159, abs=5e-8)
    assert (screened.lower, screened.upper) == pytest.approx((-2.383666, 3.722497), abs=5e-7)
    plain = limits(values, screen_outliers=False)
    assert (plain.lower, plain.upper) == pytest.approx((-4.596625, 5.935457), abs=5e-7)


def test_oracle_a2() -> None:
    lines = limits(ORACLE_A2)
    assert (lines.mean, lines.lower, lines.upper) == pytest.approx((1.94, -0.72, 4.60), abs=0.005)
    found = flags(ORACLE_A2, lines)
    assert [at + 1 for at, flag in enumerate(found) if flag] == [5]


def test_oracle_b() -> None:
    lines = limits(ORACLE_B[:12])
    assert lines.mean == pytest.approx(19.666667, abs=5e-7)
    assert lines.moving_range == 2.0
    assert (lines.lower, lines.upper) == pytest.approx((14.346667, 24.986667), abs=5e-7)
    assert (lines.near_lower, lines.near_upper) == pytest.approx((16.12, 23.213333), abs=5e-7)
    expected: list[str | None] = [None] * 32
    expected[12] = expected[14] = "two_of_three"
    expected[16] = "outside"
    expected[17:24] = ["run"] * 7
    expected[24:31] = ["trend"] * 7
    expected[31] = "run"
    assert flags(ORACLE_B, lines, run=7) == expected


@pytest.mark.parametrize(
    ("month", "signal"),
    [(12, "common_cause"), (15, "deteriorating"), (17, "deteriorating"), (24, "improving"),
     (31, "improving"), (32, "deteriorating")],
)  # fmt: skip
def test_oracle_b_s_latest_month(month: int, signal: str) -> None:
    """A trend is judged by where it goes: 25 to 31 stand above the mean and improve."""
    assert read(ORACLE_B[:month], baseline=12, run=7).signal == signal


@pytest.mark.parametrize(
    ("target", "assurance"),
    [(25, "consistently_meets"), (20, "hit_or_miss"), (14, "consistently_misses")],
)
def test_oracle_b_s_assurance(target: float, assurance: str) -> None:
    assert read(ORACLE_B, target=target, baseline=12, run=7).assurance == assurance


def test_assurance_of_a_target_on_a_limit_is_hit_or_miss() -> None:
    lines = limits(ORACLE_B[:12])
    for target in (lines.lower, lines.upper):
        assert read(ORACLE_B, target=target, baseline=12).assurance == "hit_or_miss"


def test_assurance_where_higher_is_better_and_of_a_band() -> None:
    assert read(ORACLE_B[:12], HIGHER, 14).assurance == "consistently_meets"
    assert read(ORACLE_B[:12], HIGHER, 25).assurance == "consistently_misses"
    band = read_signal(monthly([*ORACLE_B[:12]]), Better.BAND, (14.0, 25.0))
    assert band.assurance == "consistently_meets"
    band = read_signal(monthly([*ORACLE_B[:12]]), Better.BAND, (25.0, 30.0))
    assert band.assurance == "consistently_misses"
    band = read_signal(monthly([*ORACLE_B[:12]]), Better.BAND, (15.0, 30.0))
    assert band.assurance == "hit_or_miss"


def test_a_band_rises_or_falls() -> None:
    steady = ORACLE_B[:12]
    for value, signal in ((40.0, "rising"), (1.0, "falling"), (20.0, "common_cause")):
        points = monthly([*steady, value])
        assert read_signal(points, Better.BAND, (10.0, 30.0), baseline=12).signal == signal


def test_fewer_than_twelve_months_is_a_trial() -> None:
    found = read(ORACLE_B[:11])
    assert (found.signal, found.assurance, found.mean) == ("trial", None, None)
    assert set(found.flags.values()) == {None}
    assert read([]).signal == "trial"


def test_provisional_until_the_baseline_is_full_and_frozen_then() -> None:
    values = ORACLE_B[:12] * 3
    assert read(values[:12]).provisional
    assert read(values[:23]).provisional
    full = read(values[:24])
    assert not full.provisional
    later = read([*values[:24], 90, 95])
    assert (later.mean, later.lower, later.upper) == (full.mean, full.lower, full.upper)
    assert later.signal == "deteriorating"


def test_a_gap_breaks_no_run() -> None:
    """Seven below the mean, a gap, and an eighth: a run all the same."""
    with_gap: list[float | None] = [*ORACLE_B[:12], *[19.0] * 7, None, 19.0]
    found = read_signal(monthly(with_gap), LOWER, 20, baseline=12)
    assert found.signal == "improving"
    assert found.flags[START + 19] is None
    assert found.points[START + 19] is None
    assert [found.flags[START + at] for at in range(12, 21)] == [*["run"] * 7, None, "run"]


def test_a_point_on_the_mean_breaks_a_run() -> None:
    """A baseline whose mean is 20 sharp: 20 itself is on no side."""
    baseline: list[float] = [19, 21] * 6
    assert read([*baseline, *[19.5] * 8], baseline=12).signal == "improving"
    assert read([*baseline, *[19.5] * 4, 20, *[19.5] * 4], baseline=12).signal == "common_cause"


def test_a_tie_breaks_a_trend() -> None:
    baseline: list[float] = [15, 25] * 6
    rising: list[float] = [17, 18, 19, 20.1, 21, 22, 23]
    assert read([*baseline, *rising], baseline=12).signal == "deteriorating"
    assert read([*baseline, 18, 18, *rising[2:]], baseline=12).signal == "common_cause"


def test_no_variation_at_all() -> None:
    assert read([0.1] * 24, HIGHER, 0.1).assurance == "consistently_meets"
    assert read([0.1] * 24, HIGHER, 0.2).assurance == "consistently_misses"
    assert read([0.1] * 24, HIGHER, 0.2).signal == "common_cause"
    assert read([*[0.1] * 24, 0.2], HIGHER, 0.2).signal == "improving"


def test_months_that_are_nearly_all_equal_keep_their_limits() -> None:
    """Dropping the only two moving ranges would put the limits on the mean: all outside."""
    found = read([*[1.0] * 6, 0.5, *[1.0] * 8], HIGHER, 0.9)
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < 0.9 < found.upper
    assert found.flags[START] is None


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ([0] * 14, "Too rare to chart: none in 14 months."),
        ([*[0] * 12, 1, 0, 0], "Too rare to chart: 2 months since the last one."),
        ([*[0] * 12, 1, 0], "Too rare to chart: 1 month since the last one."),
        ([3, 4, 3, 5, 3, 6, 3, 7, 3, 8, 3, 9], "Too rare to chart: 0 months since the last one."),
    ],
)
def test_counts_that_are_too_rare_have_no_signal(values: list[float], note: str) -> None:
    found = read_signal(monthly([*values]), LOWER, 0.0, is_count=True)
    assert (found.signal, found.assurance, found.mean, found.note) == (None, None, None, note)


def test_counts_that_are_frequent_are_charted() -> None:
    found = read_signal(monthly([4, 6, 5, 7, 8, 3] * 2), LOWER, 9.0, is_count=True)
    assert found.signal == "common_cause"


def test_limits_are_drawn_anew_from_a_month_on() -> None:
    """Twelve months about 20, then twelve about 10: with the change named, neither is flagged, the
    old months keep their limits and the new ones have those of their own."""
    old, new = ORACLE_B[:12], [value - 10 for value in ORACLE_B[:12]]
    change = Rebased(START + 12, "New schedule.")
    plain = read([*old, *new], baseline=12)
    assert plain.signal == "improving"
    found = read_signal(monthly([*old, *new]), LOWER, 20.0, baseline=12, rebased=(change,))
    assert found.signal == "common_cause"
    assert found.rebased == change
    assert set(found.flags.values()) == {None}
    assert found.mean == pytest.approx(9.666667, abs=5e-7)
    (earlier,) = found.earlier
    assert (earlier.first, earlier.last) == (START, START + 11)
    assert (earlier.lower, earlier.upper) == pytest.approx((14.346667, 24.986667), abs=5e-7)
    assert found.points == plain.points


def test_it_is_too_early_to_say_until_twelve_months_after() -> None:
    change = (Rebased(START + 12, "New schedule."),)
    points = monthly([*ORACLE_B[:12], *[10.0] * 11])
    assert read_signal(points, LOWER, 20.0, baseline=12, rebased=change).signal == "trial"


def test_a_month_after_the_chart_s_end_draws_nothing_anew() -> None:
    points = monthly([*ORACLE_B[:12]])
    later = (Rebased(START + 12, "New schedule."), Rebased(START, "The first month is no change."))
    assert read_signal(points, LOWER, 20.0, rebased=later) == read_signal(points, LOWER, 20.0)


@pytest.mark.parametrize("draw", signals.INDEPENDENT.values(), ids=signals.INDEPENDENT)
def test_at_most_three_and_a_half_percent_of_unchanged_months_are_flagged(
    draw: signals.Draw,
) -> None:
    """Sixty charts of 37 months each, by a fixed seed; ``tests/benchmarks/signals.json`` has
    five hundred."""
    every, later = signals.flagged(draw, 60)
    assert 0.01 < every <= later <= 0.035 + 0.005
    assert every <= 0.035


def test_the_stored_simulation_keeps_to_it_as_well() -> None:
    found = json.loads(Path(signals.__file__).with_suffix(".json").read_text("utf-8"))
    independent = [row for row in found["rows"] if row["independent"]]
    assert len(independent) == len(signals.INDEPENDENT)
    assert max(row["after_24"] for row in independent) <= 0.035
    assert max(row["defaults"] for row in independent) < min(row["nhs"] for row in independent)
    middle = sum(row["after_24"] for row in independent) / len(independent)
    assert middle == pytest.approx(FALSE_FLAGS, abs=0.005)


@given(st.lists(st.floats(-1e6, 1e6), min_size=12, max_size=40), st.sampled_from([*Better]))
@example([0.0] * 11 + [5e-324], Better.HIGHER)
def test_any_values_give_a_reading(values: list[float], better: Better) -> None:
    target = (0.0, 1.0) if better is Better.BAND else 0.0
    found = read_signal(monthly([*values]), better, target)
    words = {"improving", "deteriorating", "rising", "falling", "common_cause"}
    assert found.signal in words
    assert found.lower is not None
    assert found.mean is not None
    assert found.upper is not None
    assert found.lower <= found.mean <= found.upper
    assert tuple(found.flags) == span(START, START + len(values) - 1)


@given(st.lists(st.integers(-1000, 1000), min_size=12, max_size=40))
def test_better_the_other_way_turns_the_signal(values: list[int]) -> None:
    points: list[float | None] = [float(value) for value in values]
    turned = {"improving": "deteriorating", "deteriorating": "improving"}
    up = read_signal(monthly(points), HIGHER, 0.0).signal
    down = read_signal(monthly(points), LOWER, 0.0).signal
    assert turned.get(str(up), up) == down
