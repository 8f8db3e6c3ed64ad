"""What HR takes out, and leave: worked by hand over a quarter with a storm in February."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.months import Month
from kpi.role.model import Terms
from kpi.score.exclusion import Exclusion
from kpi.score.facts import Facts
from kpi.score.model import KpiScore, Score, Status
from kpi.score.scoring import score
from tests.score.made import FEB, JAN, MAR, QUARTER, facts, version, without

# No-shows 20 of 400, 60 of 300 in the storm, 24 of 500.
VALUES = {
    "visits": [380.0, 240, 476], "no_shows": [20.0, 60, 24], "bookings": [400.0, 300, 500],
    "answers": [100.0, 100, 100], "answer_share": [86.0, 86, 86],
}  # fmt: skip
NO_SHOWS = Terms("no_show_rate", 60, 0.05, 0.10, 0.03)
SATISFACTION = Terms("satisfaction_score", 40, 80.0, 70.0, 100.0)
HIPAA = Terms("hipaa_violations", 10, 0.0, gate=60)
STORM = "A storm closed the office for nine days."


def scored(
    *exclusions: Exclusion,
    known: Facts | None = None,
    terms: tuple[Terms, ...] = (NO_SHOWS, SATISFACTION),
    leave: tuple[Month, ...] = (),
) -> Score:
    judged = tuple(month for month in QUARTER if month not in leave)
    return score(
        [version(*terms, months=judged)], judged[0], judged[-1], known or facts(VALUES),
        exclusions=exclusions, leave=leave,
    )  # fmt: skip


def row(found: Score, id: str) -> KpiScore:
    return next(each for each in found.rows if each.kpi.id == id)


def test_a_month_out_of_a_kpi_leaves_the_others() -> None:
    """104 of 1,200 is 8.6667%, 26.667 points; without February 44 of 900 is 4.8889%, and
    100 + 20 x (5 - 4.8889) / 2 is 101.111. Satisfaction of 86 is 106 points either way. The mean of
    the two monthly rates, 4.9%, must not come out."""
    whole, part = scored(), scored(Exclusion("no_show_rate", (FEB,), STORM))
    assert row(whole, "no_show_rate").result.value == pytest.approx(104 / 1200, rel=1e-12)
    assert whole.score == pytest.approx(0.6 * 26.6666667 + 0.4 * 106, rel=1e-7)
    found = row(part, "no_show_rate")
    assert (found.result.numerator, found.result.denominator) == (44, 900)
    assert found.attainment == pytest.approx(101.1111111, rel=1e-8)
    assert part.score == pytest.approx(0.6 * 101.1111111 + 0.4 * 106, rel=1e-8)
    assert (found.status, found.weight, part.coverage) == (Status.SCORED, 60, 1)
    assert found.result.notes == (f"Without February 2026, excluded by HR: {STORM}",)
    assert row(part, "satisfaction_score").result == row(whole, "satisfaction_score").result


def test_completeness_is_asked_of_the_months_that_are_left() -> None:
    """Closing A/R of March over the charges a day of January and March: 498,300 x 62 / 865,000 is
    35.716301; over all 90 days it would be 36.254648 (G1 of the reference)."""
    terms = (Terms("days_in_ar", 60, 38.0, 50.0), SATISFACTION)
    known = facts(
        {**VALUES, "gross_charges": [410_000.0, 372_000, 455_000],
         "ar_balance": [505_200.0, 490_100, 498_300]}
    )  # fmt: skip
    assert row(scored(known=known, terms=terms), "days_in_ar").result.value == pytest.approx(
        36.254648, rel=1e-7
    )
    torn = without(known, "charges", FEB)
    assert row(scored(known=torn, terms=terms), "days_in_ar").status is Status.NO_DATA
    mended = scored(Exclusion("days_in_ar", (FEB,), STORM), known=torn, terms=terms)
    assert row(mended, "days_in_ar").result.value == pytest.approx(35.716301, rel=1e-7)
    # Its closing balance is March's: what is out cannot stand in for it.
    gone = scored(Exclusion("days_in_ar", (FEB,), STORM), terms=terms,
                  known=without(torn, "ar_aging", MAR))  # fmt: skip
    assert row(gone, "days_in_ar").status is Status.NO_DATA


def test_what_is_left_meets_the_minimum_of_a_period() -> None:
    """Three months are asked for, and two are left: too few, not excluded."""
    terms = (Terms("overhead_ratio", 40, 0.6, 0.8), replace(NO_SHOWS, weight=60))
    known = facts({**VALUES, "operating_expenses": [650.0] * 3, "revenue": [1000.0] * 3})
    found = row(scored(Exclusion("overhead_ratio", (FEB,), STORM), known=known, terms=terms),
                "overhead_ratio")  # fmt: skip
    assert (found.status, found.result.n) == (Status.TOO_FEW, 2)


def test_every_month_out_is_an_excluded_kpi() -> None:
    found = scored(Exclusion("satisfaction_score", QUARTER, "The vendor lost the answers."))
    out = row(found, "satisfaction_score")
    assert (out.status, out.reason) == (Status.EXCLUDED, "The vendor lost the answers.")
    assert out.result.value == pytest.approx(86)  # still shown
    assert (found.coverage, found.score) == (1, pytest.approx(26.6666667))


def test_two_reasons_together_take_out_a_kpi() -> None:
    found = scored(
        Exclusion("satisfaction_score", (JAN,), "Moved."),
        Exclusion(None, (FEB, MAR), "Flooded."),
    )
    out = row(found, "satisfaction_score")
    assert (out.status, out.reason) == (Status.EXCLUDED, "Moved. Flooded.")


def test_a_month_out_weighs_as_its_part_of_the_period() -> None:
    """One month of three out of everything is a third of the weight; two are two thirds, and
    beyond 40% there is no score: or HR could leave the best month alone to stand."""
    assert scored(Exclusion(None, (FEB,), STORM)).score is not None
    more = scored(Exclusion(None, (FEB, MAR), STORM))
    assert more.score is None
    assert more.reason == "No score: 66.7% of the weight is excluded, and at most 40% may be."
    # All of 40 is 40%; and a month of the other 60 beside it is 20% more.
    all_of_one = Exclusion("satisfaction_score", QUARTER, STORM)
    assert scored(all_of_one).score is not None
    assert scored(all_of_one, Exclusion("no_show_rate", (FEB,), STORM)).score is None


def test_a_gate_is_excused_by_name_only() -> None:
    """A storm is no reason for a breach of privacy in the same month."""
    terms = (NO_SHOWS, SATISFACTION, HIPAA)
    known = facts({**VALUES, "hipaa_violations": [0.0, 1, 0]})
    for out in ([], [Exclusion(None, (FEB,), STORM)]):
        assert scored(*out, known=known, terms=terms).gates[0].state == "breached"
    # 60 x 101.111, 40 x 106 and 10 x 0, over 110, is above the cap.
    assert scored(Exclusion(None, (FEB,), STORM), known=known, terms=terms).score == 60
    named = scored(Exclusion(None, (FEB,), STORM), Exclusion(HIPAA.kpi, (FEB,), "Not her doing."),
                   known=known, terms=terms)  # fmt: skip
    assert named.gates[0].state == "held"
    assert named.score == pytest.approx((60 * 101.1111111 + 40 * 106 + 10 * 100) / 110, rel=1e-8)


def test_versions_judge_by_the_months_that_are_left() -> None:
    """Two months of the old version and one of the new, at 0 and 100 points: the mean is 33.333;
    with one of the old one's months out both count one month, and the mean is 50."""
    strict, lenient = Terms("satisfaction_score", 100, 99.0), Terms("satisfaction_score", 100, 80.0)
    both = [version(strict, name="1", months=(JAN, FEB)), version(lenient, name="2", months=(MAR,))]

    def of(*months: Month) -> KpiScore:
        out = [Exclusion("satisfaction_score", months, STORM)] if months else []
        return score(both, JAN, MAR, facts(VALUES), exclusions=out).rows[0]

    assert of().attainment == pytest.approx(100 / 3)
    assert of(FEB).attainment == pytest.approx(50)
    assert [part.months for part in of(FEB).parts] == [1, 1]
    assert of(FEB).weight == of().weight == 100


def test_so_far_takes_no_trailing_months_that_are_out_or_leave() -> None:
    """Three months in a row are looked for: with April out the last end in March."""
    overhead = Terms("overhead_ratio", 100, 0.6, 0.8)
    spent = [650.0, 650, 650, 990, 700, 700, 700]
    known = facts({"operating_expenses": spent, "revenue": [1000.0] * 7})
    months = (MAR + 1, MAR + 2, MAR + 3)

    def value(out: tuple[Month, ...] = (), leave: tuple[Month, ...] = ()) -> float | None:
        judged = tuple(month for month in months if month not in leave)
        found = score(
            [version(overhead, months=judged)], judged[0], judged[-1], known, so_far=True,
            exclusions=[Exclusion(overhead.kpi, out, STORM)] if out else [], leave=leave,
        )  # fmt: skip
        return found.rows[0].result.value

    assert value() == pytest.approx(2390 / 3000)
    assert value(out=(MAR + 1,)) == pytest.approx(0.65)
    assert value(leave=(MAR + 1,)) == pytest.approx(0.65)


def test_leave_is_no_part_of_the_period() -> None:
    """Without February as in the first test; but nothing is excluded, and the month weighs not."""
    found = scored(leave=(FEB,))
    assert row(found, "no_show_rate").attainment == pytest.approx(101.1111111, rel=1e-8)
    assert row(found, "no_show_rate").result.notes == ()
    assert (found.first, found.last, found.coverage) == (JAN, MAR, 1)
    first = scored(leave=(JAN,))
    assert (first.first, row(first, "no_show_rate").result.numerator) == (FEB, 84)


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=2), st.sampled_from(QUARTER))
def test_what_happens_in_a_month_of_leave_changes_nothing(odd: list[int], away: Month) -> None:
    at = QUARTER.index(away)
    changed = {name: [*each] for name, each in VALUES.items()}
    changed["no_shows"][at], changed["visits"][at] = map(float, odd)
    assert [row.result for row in scored(leave=(away,)).rows] == [
        row.result for row in scored(known=facts(changed), leave=(away,)).rows
    ]
