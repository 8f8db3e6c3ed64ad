"""Targets as read, bands and baselines, and the terms they become."""

import pytest

from kpi.errors import InputError
from kpi.months import Month
from kpi.role import Baseline, Change, DeclaredTarget, Terms, resolve
from tests.role.small import SMALL, broken, only, read, role_of

NO_SHOWS = """\
    - kpi: no_show_rate
      weight: 40
      floor: 10%
      target: 5%
"""


def with_second_target(lines: str) -> str:
    """The small role with another second target; its weight is 40."""
    assert NO_SHOWS in SMALL
    body = "".join(f"      {line}\n" for line in lines.splitlines())
    return SMALL.replace(NO_SHOWS, "    - weight: 40\n" + body)


def second_target(lines: str) -> DeclaredTarget:
    return role_of(with_second_target(lines)).targets[1]


def finding_for(lines: str) -> tuple[str, int]:
    """The rule of the one finding, and on which of the lines it stands (from 1)."""
    found = only(read(with_second_target(lines)))
    return found.rule, found.line - 28


def test_a_role_as_read() -> None:
    role = role_of(SMALL)
    assert (role.role, role.title, role.version) == (
        "medical-office-manager", "Medical Office Manager", "2026.1",
    )  # fmt: skip
    assert role.effective == Month(2026, 1)
    assert role.review_period == "quarter"
    assert role.minimum_coverage == 0.8
    assert dict(role.ratings) == {
        "outstanding": 112.0, "exceeds": 103.0, "meets": 90.0, "developing": 70.0,
    }  # fmt: skip
    assert list(role.ratings) == ["outstanding", "exceeds", "meets", "developing"]
    assert role.targets == (
        DeclaredTarget("days_in_ar", 60.0, target=38.0, floor=50.0, stretch=32.0, line=23),
        DeclaredTarget("no_show_rate", 40.0, target=0.05, floor=0.1, line=28),
    )
    assert role.document["responsibilities"] == [
        {
            "id": "billing",
            "text": "Posts charges within five days.",
            "kpis": ["days_in_ar"],
        }
    ]
    assert role.document["effective"] == "2026-01"
    assert role.text == SMALL


def test_coverage_and_ratings_as_declared() -> None:
    role = role_of(
        SMALL.replace(
            "  review_period: quarter",
            "  review_period: year\n  minimum_coverage: 66.5%\n"
            "  ratings: {meets: 85, outstanding: 110}",
        )
    )
    assert role.review_period == "year"
    assert role.minimum_coverage == 0.665
    assert list(role.ratings.items()) == [("outstanding", 110.0), ("meets", 85.0)]


def test_gate_and_minimum() -> None:
    found = second_target("kpi: hipaa_violations\ntarget: 0\ngate: 60\nminimum: 1")
    assert (found.target, found.gate, found.minimum) == (0.0, 60.0, 1.0)
    assert (found.floor, found.stretch) == (None, None)


def test_higher_is_better_turns_the_order_round() -> None:
    found = second_target("kpi: revenue_growth\nfloor: 0%\ntarget: 5%\nstretch: 8%")
    assert (found.floor, found.target, found.stretch) == (0.0, 0.05, 0.08)
    assert finding_for("kpi: revenue_growth\nfloor: 6%\ntarget: 5%") == ("floor", 2)
    assert finding_for("kpi: revenue_growth\ntarget: 5%\nstretch: 5%") == ("stretch", 3)


@pytest.mark.parametrize(
    ("kpi", "target", "value"),
    [
        ("ar_turnover", "12 a year", 12.0),
        ("complaint_rate", "3 per 1,000 visits", 3.0),
        ("net_promoter_score", "-10", -10.0),
        ("made_up_seconds", "30 s", 30.0),
        ("made_up_dollars", "$40,000", 40000.0),
    ],
)
def test_each_unit_of_the_catalogue(kpi: str, target: str, value: float) -> None:
    assert second_target(f"kpi: {kpi}\ntarget: {target}").target == value


def test_weights_may_have_decimals_that_binary_fractions_miss() -> None:
    text = SMALL.replace("weight: 60", "weight: 59.9").replace("weight: 40", "weight: 40.1")
    assert [target.weight for target in role_of(text).targets] == [59.9, 40.1]


# Bands


def test_a_band_with_its_floor() -> None:
    found = second_target("kpi: made_up_band\ntarget: [85%, 95%]\nfloor: [70%, 100%]")
    assert (found.target, found.floor) == ((0.85, 0.95), (0.7, 1.0))


@pytest.mark.parametrize(
    ("lines", "rule", "line"),
    [
        ("kpi: made_up_band\ntarget: 85%", "band", 2),
        ("kpi: made_up_band\ntarget: [85%, 90%, 95%]", "band", 2),
        ("kpi: made_up_band\ntarget: [95%, 85%]", "band-order", 2),
        ("kpi: made_up_band\ntarget: [85%, 85%]", "band-order", 2),
        ("kpi: made_up_band\ntarget: [85%, 95 min]", "unit", 2),
        ("kpi: made_up_band\ntarget: [85%, 95%]\nfloor: 70%", "band", 3),
        ("kpi: made_up_band\ntarget: [85%, 95%]\nfloor: [86%, 100%]", "floor", 3),
        ("kpi: made_up_band\ntarget: [85%, 95%]\nfloor: [70%, 95%]", "floor", 3),
        ("kpi: made_up_band\ntarget: [85%, 95%]\nstretch: 90%", "band-stretch", 3),
        (
            "kpi: made_up_band\nbaseline: {from: 2025-01, to: 2025-12}\ntarget: [1%, 2%]",
            "band-baseline",
            2,
        ),
        ("kpi: no_show_rate\ntarget: 5%\nfloor: [8%, 10%]", "band", 3),
    ],
)
def test_a_band_that_is_wrong(lines: str, rule: str, line: int) -> None:
    assert finding_for(lines) == (rule, line)


# Baselines

YEAR = "baseline: {from: 2025-01, to: 2025-12}"


def test_with_a_baseline_the_three_are_changes() -> None:
    found = second_target(
        f"kpi: median_wait_minutes\n{YEAR}\nfloor: 0%\ntarget: -15%\nstretch: -25%"
    )
    assert found.baseline == Baseline(Month(2025, 1), Month(2025, 12))
    assert (found.floor, found.target, found.stretch) == (
        Change(0.0, relative=True), Change(-0.15, relative=True), Change(-0.25, relative=True),
    )  # fmt: skip


def test_no_change_goes_with_percentage_points() -> None:
    found = second_target(f"kpi: no_show_rate\n{YEAR}\nfloor: 0%\ntarget: -2 pp\nstretch: -3 pp")
    assert found.target == Change(-0.02, relative=False)


@pytest.mark.parametrize(
    ("lines", "rule", "line"),
    [
        (f"kpi: median_wait_minutes\n{YEAR}\ntarget: 12 min", "unit", 3),
        (f"kpi: median_wait_minutes\n{YEAR}\ntarget: -2 pp", "unit", 3),
        (f"kpi: median_wait_minutes\n{YEAR}\nfloor: -20%\ntarget: -15%", "floor", 3),
        (f"kpi: median_wait_minutes\n{YEAR}\ntarget: -15%\nstretch: -10%", "stretch", 4),
        (f"kpi: no_show_rate\n{YEAR}\nfloor: 10%\ntarget: -2 pp", "baseline-change", 3),
        ("kpi: no_show_rate\nbaseline: {from: 2025-12, to: 2025-01}\ntarget: -2 pp",
         "baseline-months", 2),
        ("kpi: no_show_rate\nbaseline: {from: 2025-12, to: 2025}\ntarget: -2 pp", "month", 2),
        ("kpi: no_show_rate\nbaseline: {from: 2025-12}\ntarget: -2 pp", "missing-key", 2),
        ("kpi: no_show_rate\nbaseline: 2025-12\ntarget: -2 pp", "type", 2),
    ],
)  # fmt: skip
def test_a_baseline_that_is_wrong(lines: str, rule: str, line: int) -> None:
    assert finding_for(lines) == (rule, line)


# Resolving: worked by hand


def test_targets_without_a_baseline_stand_as_they_are() -> None:
    assert resolve(role_of(SMALL), {}) == (
        Terms("days_in_ar", 60.0, target=38.0, floor=50.0, stretch=32.0),
        Terms("no_show_rate", 40.0, target=0.05, floor=0.1),
    )


def test_a_relative_change_is_a_share_of_the_baseline() -> None:
    """Of 20 minutes: no change is 20, 15% less is 17, 25% less is 15."""
    role = role_of(
        with_second_target(
            f"kpi: median_wait_minutes\n{YEAR}\nfloor: 0%\ntarget: -15%\nstretch: -25%\ngate: 70"
        )
    )
    terms = resolve(role, {"median_wait_minutes": 20.0})[1]
    assert (terms.floor, terms.target, terms.stretch, terms.gate) == (20.0, 17.0, 15.0, 70.0)


def test_percentage_points_are_added() -> None:
    """Of a no-show rate of 7.5%: 2 points less is 5.5%, not 7.35% (2% less), and 3 are 4.5%."""
    role = role_of(
        with_second_target(f"kpi: no_show_rate\n{YEAR}\nfloor: 0%\ntarget: -2 pp\nstretch: -3 pp")
    )
    terms = resolve(role, {"no_show_rate": 0.075})[1]
    assert terms.floor == 0.075
    assert terms.target == pytest.approx(0.055, abs=1e-15)
    assert terms.stretch == pytest.approx(0.045, abs=1e-15)


@pytest.mark.parametrize(
    "baselines",
    [
        {},
        {"median_wait_minutes": 0.0},
        {"median_wait_minutes": -1.0},
        {"median_wait_minutes": float("nan")},
    ],
)
def test_a_baseline_without_a_positive_value_is_refused(baselines: dict[str, float]) -> None:
    role = role_of(with_second_target(f"kpi: median_wait_minutes\n{YEAR}\ntarget: -15%"))
    with pytest.raises(
        InputError, match="median_wait_minutes are changes from its value in 2025-01"
    ):
        resolve(role, baselines)


def test_a_target_for_what_the_catalogue_lacks_is_unknown() -> None:
    text, line, column = broken("kpi: no_show_rate", "kpi: ◆median_parking_minutes")
    found = only(read(text))
    assert (found.rule, found.line, found.column) == ("unknown-kpi", line, column)
