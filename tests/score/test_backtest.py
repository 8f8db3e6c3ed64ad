"""The replay of a role's targets, by hand: standings, crossings, chance, and what is suggested."""

import pytest

from kpi.catalogue import Better
from kpi.months import Month, span
from kpi.role.model import Terms
from kpi.score.backtest import Backtest, ReplayedKpi, replay, standing
from kpi.score.facts import Facts, MonthState, State
from kpi.score.suggestions import percentile, suggestions

START = Month(2024, 1)
RATINGS = {"meets": 90.0, "developing": 70.0}


def rate(values: list[float | None]) -> Facts:
    """Facts in which a thousand visits and no-shows a month give these no-show rates."""
    months = {START + at: value for at, value in enumerate(values)}
    known = {month: value for month, value in months.items() if value is not None}
    return Facts(
        values={
            "no_shows": {month: round(value * 1000) for month, value in known.items()},
            "visits": {month: round(1000 - value * 1000) for month, value in known.items()},
        },
        states={"appointments": {month: MonthState(State.COMPLETE) for month in known}},
    )


def replayed(
    values: list[float | None], terms: Terms, first: int = 0, periods: int = 0
) -> Backtest:
    last = START + len(values) - 1
    quarters = [(START + at * 3, START + at * 3 + 2) for at in range(periods)]
    return replay(
        "2026.1", [terms], 0.8, RATINGS, START + first, last, quarters, rate(values),
        span(START, last),
    )  # fmt: skip


NO_SHOW = Terms("no_show_rate", 100, target=0.05, floor=0.10, stretch=0.03)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.12, "below_floor"), (0.10, "below_floor"), (0.0999, "between"), (0.0501, "between"),
     (0.05, "at_target"), (0.0301, "at_target"), (0.03, "at_stretch"), (0.0, "at_stretch")],
)  # fmt: skip
def test_where_a_value_stands(value: float, expected: str) -> None:
    assert standing(value, NO_SHOW, Better.LOWER) == expected


def test_where_a_value_stands_without_floor_or_stretch_and_in_a_band() -> None:
    bare = Terms("no_show_rate", 100, target=0.05)
    assert [standing(each, bare, Better.LOWER) for each in (0.06, 0.05, 0.0)] == [
        "below_floor", "at_target", "at_target",
    ]  # fmt: skip
    band = Terms("slot_utilization", 100, target=(0.85, 0.95), floor=(0.7, 1.0))
    assert [standing(each, band, Better.BAND) for each in (0.7, 0.8, 0.85, 0.95, 0.97, 1.0)] == [
        "below_floor", "between", "at_target", "at_target", "between", "below_floor",
    ]  # fmt: skip


def only(found: Backtest) -> ReplayedKpi:
    (one,) = found.kpis
    return one


def test_counts_shares_and_months_without_a_value() -> None:
    """Six months, one of them a gap: 12%, 8%, 4%, –, 2%, 5%."""
    found = only(replayed([0.12, 0.08, 0.04, None, 0.02, 0.05], NO_SHOW))
    assert found.counts == {"below_floor": 1, "between": 1, "at_target": 2, "at_stretch": 1}
    assert found.shares == {
        "below_floor": 0.2, "between": 0.2, "at_target": 0.4, "at_stretch": 0.2,
    }  # fmt: skip
    assert (found.no_value, found.met) == (1, 3)
    # Each stands elsewhere than the month before; over the gap 2% is held against 4%.
    assert [each.crossed for each in found.months] == [None, True, True, None, True, True]
    assert found.crossings == 4
    # Five months give no limits, so nothing can be called chance.
    assert (found.judged, found.chance_share) == (0, None)


def test_only_the_months_asked_for_are_counted_and_all_of_them_make_the_chart() -> None:
    values: list[float | None] = [0.04, 0.06] * 8
    found = only(replayed(values, NO_SHOW, first=12))
    assert [str(each.month) for each in found.months] == [
        "2025-01",
        "2025-02",
        "2025-03",
        "2025-04",
    ]
    assert found.reading.mean == pytest.approx(0.05)
    assert (found.crossings, found.judged) == (3, 3)


def test_a_crossing_that_the_chart_does_not_flag_is_chance() -> None:
    """4% and 6% in turn: every month crosses the target of 5%. The mean is 5%, the moving ranges
    2 points each, so the limits are 5% ± 5.32 points and none of it is a signal."""
    found = only(replayed([0.04, 0.06] * 12, NO_SHOW))
    assert (found.reading.mean, found.reading.upper) == pytest.approx((0.05, 0.1032))
    assert (found.crossings, found.by_chance, found.judged) == (23, 23, 23)
    assert found.chance_share == 1.0


def test_a_crossing_that_the_chart_flags_is_none() -> None:
    """A year and a half of 6% and 6.2% in turn, then 3%: far outside 6.1% ± 0.53 points. The drop
    crosses the target and is a signal; the way back up crosses it too, and is chance."""
    values: list[float | None] = [0.06, 0.062] * 9 + [0.03, 0.06, 0.062, 0.06, 0.062, 0.06]
    terms = Terms("no_show_rate", 100, target=0.05, floor=0.10)
    found = only(replayed(values, terms))
    crossed = {str(each.month): each.by_chance for each in found.months if each.crossed}
    assert crossed == {"2025-07": False, "2025-08": True}
    assert (found.crossings, found.by_chance, found.judged) == (2, 1, 23)
    assert found.chance_share == 1 / 23


def test_the_score_of_each_period_is_that_of_its_summed_measures() -> None:
    """4%, 6%, 8% is 6% of the quarter: 100 · (10 − 6) / (10 − 5) = 80. Then 2%, 4%, 3%: 3%, 120."""
    found = replayed([0.04, 0.06, 0.08, 0.02, 0.04, 0.03], NO_SHOW, periods=2)
    assert [each.score for each in found.periods] == pytest.approx([80, 120])
    assert [each.rating for each in found.periods] == ["developing", "meets"]
    assert [str(each.first) for each in found.periods] == ["2024-01", "2024-04"]


@pytest.mark.parametrize(
    ("share", "better", "expected"),
    [(0.75, Better.LOWER, 9), (0.75, Better.HIGHER, 4), (0.5, Better.LOWER, 6),
     (0.5, Better.HIGHER, 7), (0.25, Better.LOWER, 3), (1, Better.LOWER, 12),
     (0, Better.LOWER, 1), (0, Better.HIGHER, 12)],
)  # fmt: skip
def test_a_percentile_is_reached_by_that_share_of_the_months(
    share: float, better: Better, expected: float
) -> None:
    """Of 1 to 12: three quarters of them, nine, are at 9 or lower, and at 4 or higher."""
    assert percentile([*range(12, 0, -1)], share, better) == expected


def words(found: Backtest) -> list[str]:
    return [each.words.removeprefix("No-show rate: ") for each in suggestions(found)]


def test_a_target_that_was_nearly_always_met() -> None:
    """One month of 24 misses 6%. The last twelve in order: 3.9% … the ninth of them is 4.1%."""
    recent: list[float | None] = [
        0.039, 0.041, 0.040, 0.043, 0.039, 0.041, 0.040, 0.042, 0.044, 0.040, 0.041, 0.040,
    ]  # fmt: skip
    terms = Terms("no_show_rate", 100, target=0.06, floor=0.10)
    found = replayed([0.07, *[0.05] * 11, *recent], terms)
    (only_one,) = suggestions(found)
    assert only_one.kind == "mostly_met"
    assert only_one.words == (
        "No-show rate: the target of 6% was met in 23 of 24 months; the 75th percentile of the "
        "last 12 is 4.1%."
    )
    assert only_one.figures == {
        "met": 23, "months": 24, "percentile": 0.75, "value": 0.041, "recent": 12,
    }  # fmt: skip


def test_a_target_that_was_hardly_ever_met_and_a_floor_that_swallows_months() -> None:
    """12 months at 11% and 12 at 7%: never 5%, half of them at the floor or worse."""
    found = replayed([0.11] * 12 + [0.07] * 12, NO_SHOW)
    assert words(found) == [
        "the target of 5% was met in 0 of 24 months; the median of the last 12 is 7%.",
        "12 of 24 months stood at the floor of 10% or worse and would all have earned 0; the 75th "
        "percentile of the last 12 is 7%.",
    ]


def test_a_stretch_that_is_the_rule_and_one_that_never_came() -> None:
    often = replayed([0.02] * 12 + [0.04] * 12, NO_SHOW)
    assert words(often)[-1] == (
        "the stretch of 3% was reached in 12 of 24 months; "
        "the 25th percentile of the last 12 is 4%."
    )
    never = replayed([0.04] * 23 + [0.035], NO_SHOW)
    assert words(never)[-1] == (
        "the stretch of 3% was reached in none of 24 months, the target in 24; the best month was "
        "3.5%."
    )


def test_thresholds_that_chance_alone_crosses() -> None:
    assert words(replayed([0.04, 0.06] * 12, NO_SHOW))[-1] == (
        "23 of 23 months crossed the floor of 10%, the target of 5% or the stretch of 3% "
        "though their chart shows nothing but chance; its usual range is −0.32% to 10.3%."
    )


def test_a_target_that_cannot_be_bettered_suggests_nothing() -> None:
    none = Terms("no_show_rate", 100, target=0.0)
    assert words(replayed([0.0] * 24, none)) == []


def test_chance_is_named_from_half_of_the_months_on() -> None:
    """13 months of 4% and 6% in turn, then the last of them on: 12 months cross. The last of these
    begins a run on one side of the mean, which is a signal, so 11 of 23 are chance; a month more
    makes it 12, more than half."""
    for months, said in ((13, []), (14, ["chance"])):
        values: list[float | None] = [(0.04, 0.06)[at % 2] for at in range(months)]
        found = replayed([*values, *[values[-1]] * (24 - months)], NO_SHOW)
        assert (only(found).crossings, only(found).by_chance) == (months - 1, months - 2)
        assert [each.kind for each in suggestions(found) if each.kind == "chance"] == said


def test_few_values_are_said() -> None:
    values: list[float | None] = [0.01] * 8 + [None] * 4
    assert words(replayed(values, NO_SHOW)) == [
        "4 of 12 months have no value; nothing is said of its target on the other 8, fewer than 12."
    ]
    values = [0.04, 0.07] * 6 + [None] * 4
    assert words(replayed(values, NO_SHOW))[0] == (
        "4 of 16 months have no value; what is said of its target rests on the other 12."
    )
    assert words(replayed([0.01] * 8, NO_SHOW)) == []


def test_what_is_neither_seldom_nor_frequent_suggests_nothing() -> None:
    values: list[float | None] = [0.04] * 12 + [0.07] * 9 + [0.025] * 3
    assert [each.kind for each in suggestions(replayed(values, NO_SHOW))] == []
