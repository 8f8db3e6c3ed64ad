"""Pace, guidance, plan and what was taken over, of a small office and on its scorecard."""

from datetime import date

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.errors import NotFound
from kpi.months import Month
from kpi.review.basis.exclusions import exclude
from kpi.review.cycle.plan import add_action
from kpi.review.frozen.document import scorecard_document
from kpi.review.scores.pace import pace_document, pace_of, running_pace
from tests.office import Office
from tests.scored import ROLE, assigned, fill, ledger, published, scored_office

HR = Actor("hr", "Hana Example")
JAN, FEB, MAR = Month(2026, 1), Month(2026, 2), Month(2026, 3)
YEAR = tuple(str(Month(2025, 3) + at) for at in range(12))


def running_office(engine: Engine) -> Office:
    """Twelve months up to February 2026, which are as every month of the small office."""
    office = Office(engine)
    fill(office, YEAR)
    published(office)
    assigned(office)
    return office


def test_the_pace_of_a_quarter_under_way(engine: Engine) -> None:
    """Every month is the same, so the quarter ends as it stands: 0.65 of revenue is spent, which
    is 75 points, and 60% of 3,000 is 1,800, less 1,300: 150 less than the usual 650 in March. The
    answers are worth 70: 80 over twelve is 9.6, less 5.6 leaves 4 of March's 4, which is 100. Of
    the complaints 9 of 12 are settled in time and 10.8 are wanted: 4.8 of March's 4 cannot be."""
    running_office(engine)
    period, found = running_pace(engine, HR, "dana", "lakeside", date(2026, 3, 10))
    assert period == (JAN, MAR)
    assert found.score == pytest.approx(67.5)
    assert found == pace_of(engine, HR, "dana", JAN, MAR)
    by_id = {each["id"]: each for each in pace_document(period, found)["kpis"]}
    overhead = by_id["overhead_ratio"]
    assert (overhead["value"], overhead["low"], overhead["high"]) == (pytest.approx(0.65),) * 3
    assert overhead["points_at_stake"] == pytest.approx(10)  # 40 x 25 / 100
    assert overhead["takes"] == "$150 less operating cost in March 2026"
    assert by_id["satisfaction_score"]["takes"] == "100 in March 2026"
    assert by_id["complaints_resolved_in_7_days"]["takes"].startswith("out of reach")
    assert by_id["hipaa_violations"]["takes"] is None


def test_an_excluded_month_is_no_part_of_the_pace(engine: Engine) -> None:
    """January spent 900: with it 65% is far, and without it the quarter is as every other."""
    office = running_office(engine)
    office.load(ledger("2026-01", 900))
    with_it = pace_of(engine, HR, "dana", JAN, MAR).rows[0]
    assert with_it.value == pytest.approx((900 + 650 + 650) / 3000)
    exclude(engine, HR, "dana", "lakeside", "overhead_ratio", JAN, JAN, "A flood.", "Photographs.")
    without_it = pace_of(engine, HR, "dana", JAN, MAR).rows[0]
    assert without_it.reason is not None  # only eleven months are left to go by
    assert "there are 11 months of them" in without_it.reason


def test_a_period_that_is_over_has_no_pace(engine: Engine) -> None:
    scored_office(engine)
    with pytest.raises(NotFound, match="no period under way at lakeside"):
        running_pace(engine, operator(), "dana", "lakeside", date(2026, 8, 1))


def test_a_scorecard_holds_what_there_is_to_talk_about(engine: Engine) -> None:
    office = Office(engine)
    fill(office)
    published(office)
    assigned(office, "dana", "2026-01")
    add_action(engine, HR, "dana", "lakeside", "Compare vendors.", "Dana", date(2026, 6, 30),
               "overhead_ratio")  # fmt: skip
    found = scorecard_document(engine, HR, "dana", JAN, MAR)
    # Points lost: 10 of the overhead, 15 of the answers, 7.5 of the complaints.
    assert [each["kpi"] for each in found["guidance"]] == [
        "satisfaction_score", "overhead_ratio", "complaints_resolved_in_7_days",
    ]  # fmt: skip
    money = found["guidance"][1]
    assert (money["skill"], money["duty"]) == ("financial", "money")
    assert money["questions"][0] == "Did cost rise, or did revenue fall in a slow month?"
    (action,) = found["plan"]
    assert (action["action"], action["kpi"], action["state"]) == (
        "Compare vendors.", "overhead_ratio", "open",
    )  # fmt: skip
    assert found["inherited"] == []


def test_a_balance_taken_over_stands_beside_the_score(engine: Engine) -> None:
    """Of 30,000 owed at the end of December 24,000 are left at the end of March: 6,000 less, while
    a manager who has been there for a year has taken over nothing."""
    office = Office(engine)
    fill(office)
    for month, owed in (("2025-12-31", 30_000), ("2026-03-31", 24_000)):
        office.load(
            "as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120\n"
            f"{month},{owed},0,0,0,0\n"
        )
    published(
        office,
        ROLE.replace(
            "    - kpi: satisfaction_score\n",
            """\
    - kpi: days_in_ar
      weight: 5
      floor: 50 days
      target: 36 days
    - kpi: satisfaction_score
""",
        ).replace("weight: 40", "weight: 35"),
    )
    assigned(office, "dana", "2026-01")
    assigned(office, "erin", "2025-01")
    (found,) = scorecard_document(engine, HR, "dana", JAN, MAR)["inherited"]
    assert (found["kpi"], found["month"]) == ("days_in_ar", "2025-12")
    assert (found["balance_at_start"], found["balance_now"]) == (30_000, 24_000)
    assert "it is $24,000, $6,000 less." in found["words"]
    assert scorecard_document(engine, HR, "erin", JAN, MAR)["inherited"] == []
