"""Pace and what a target takes, worked by hand: two months of a quarter are over, March is left."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.catalogue import kpis
from kpi.months import Month, span
from kpi.role.model import Terms
from kpi.score.facts import Facts
from kpi.score.pace import Pace, pace, period_pace
from kpi.score.scoring import score
from kpi.score.talk import counted_words, known
from tests.score.made import FEB, JAN, MAR, facts, version, without

START = Month(2025, 3)
"""Twelve months end in February 2026."""
LAST = span(START, FEB)


def made(terms: Terms, known_facts: Facts, rest: Sequence[Month] = (MAR,)) -> Pace:
    """The pace of one KPI, with January and February over."""
    found = score([version(terms, months=(JAN, FEB))], JAN, FEB, known_facts, so_far=True,
                  history=span(START - 12, FEB))  # fmt: skip
    return pace(found.rows[0], terms, (JAN, FEB), rest, known_facts)


def flows(values: Mapping[str, Sequence[float]], first: Month = START) -> Facts:
    return facts(values, first=first)


# Of 500 expected a month 30 did not come, but 40 in each of the last two months.
NO_SHOWS = flows(
    {"visits": [470.0] * 10 + [460, 460], "no_shows": [30.0] * 10 + [40, 40],
     "bookings": [500.0] * 12}
)  # fmt: skip


def test_the_rest_goes_like_the_last_twelve_months() -> None:
    """80 of 1,000 so far. March like one of the ten good months: 110 of 1,500 is 7.3333%; like one
    of the two others: 8%. Six and six of the twelve lie about the first, and ten between both."""
    found = made(Terms("no_show_rate", 10, 0.06, 0.10, 0.03), NO_SHOWS)
    assert found.value == pytest.approx(110 / 1500)
    assert (found.low, found.high) == (pytest.approx(110 / 1500), pytest.approx(0.08))
    # (10 - 7.3333) / (10 - 6) of the way.
    assert found.points == pytest.approx(66.6667, abs=1e-3)
    assert found.reason is None


def test_what_it_takes_is_the_numerator_that_is_left() -> None:
    """6% of 1,500 is 90, and 80 are there: 10 may come in March. At the pace come 380 / 12, which
    is 31.667: 21.667 fewer, so 22."""
    takes = made(Terms("no_show_rate", 10, 0.06, 0.10, 0.03), NO_SHOWS).reaching
    assert takes is not None
    assert (takes.kind, takes.words) == ("a_month", "22 fewer no-shows in March 2026")
    assert takes.amount == pytest.approx(-(31 + 2 / 3 - 10))


def test_over_more_months_it_is_so_many_a_month() -> None:
    """Half a year: 6% of 3,000 is 180, less 80 leaves 100 in four months. The twelve ways from
    each month in turn come to 380 / 12 x 4 = 126.667: 26.667 fewer, 6.667 a month, so 7."""
    rest = span(MAR, MAR + 3)
    takes = made(Terms("no_show_rate", 10, 0.06, 0.10), NO_SHOWS, rest).reaching
    assert takes is not None
    assert takes.words == "7 fewer no-shows a month"
    assert takes.amount == pytest.approx(-(126 + 2 / 3 - 100) / 4)


def test_a_target_can_be_out_of_reach() -> None:
    """5% of 1,500 is 75, and 80 have not come already."""
    takes = made(Terms("no_show_rate", 10, 0.05, 0.10), NO_SHOWS).reaching
    assert takes is not None
    assert (takes.kind, takes.words) == ("never", "out of reach in this period, whatever comes")


def test_a_pace_that_meets_the_target_takes_nothing() -> None:
    found = made(Terms("no_show_rate", 10, 0.08, 0.10, 0.06), NO_SHOWS)
    assert found.reaching is None
    # From 8% at 100 towards 6% at 120: 7.3333% is 106.667.
    assert found.points == pytest.approx(106.6667, abs=1e-3)


def test_money_is_said_in_dollars_a_month() -> None:
    """Collections of 90 of 100 thousand allowed in each month: the quarter ends at 90%. 95% is
    285,000, less 180,000 leaves 105,000 in March: 15,000 more than the usual 90,000."""
    known_facts = flows({"receipts": [90_000.0] * 12, "gross_charges": [120_000.0] * 12,
                         "contractual": [20_000.0] * 12})  # fmt: skip
    found = made(Terms("net_collection_rate", 10, 0.95, 0.85), known_facts)
    assert (found.value, found.low, found.high) == (pytest.approx(0.9),) * 3
    assert found.reaching is not None
    assert found.reaching.words == "$15,000 more collections in March 2026"


def test_growth_goes_on_as_it_grew() -> None:
    """1,000 a month a year before, 1,050 since. March of last year had 2,000, and so it is 2,100
    at the pace: 4,200 on 4,000 is 5%. Going on at 1,050 would say 3,150 on 4,000, a loss of 21%.
    8% is 4,320, less 2,100 leaves 2,220: 120 more than at the pace."""
    before = [1000.0] * 12
    revenue = [*before, 2000.0 * 1.05, *[1050.0] * 11]
    known_facts = flows({"revenue": [*before[:11], 1000.0, *revenue[12:]]}, START - 12)
    values = dict(known_facts.values["revenue"])
    values[START] = 2000.0  # March 2025, which March 2026 is held against
    values[START - 12] = 2000.0 / 1.05
    known_facts = Facts(values={"revenue": values}, states=known_facts.states,
                        bases=dict.fromkeys(span(START - 24, MAR), "cash"))  # fmt: skip
    found = made(Terms("revenue_growth", 10, 0.08, 0.0), known_facts)
    assert found.value == pytest.approx(0.05)
    assert found.reaching is not None
    assert found.reaching.words == "$120 more revenue in March 2026"


def test_a_closing_balance_is_held_against_what_it_is_now() -> None:
    """Charges of 30,000 a month, over 90 days 1,000 a day; a balance of 45,000 at every month's
    end is 45 days. 36 days are 36,000: 9,000 less than now."""
    known_facts = flows({"gross_charges": [30_000.0] * 12, "ar_balance": [45_000.0] * 12})
    found = made(Terms("days_in_ar", 10, 36.0, 50.0), known_facts)
    assert found.value == pytest.approx(45)
    assert found.reaching is not None
    assert found.reaching.words == (
        "$9,000 less owed to the practice at the end of March 2026 than now"
    )


def test_old_balances_are_said_at_each_month_end() -> None:
    """15 of 100 thousand at each month-end. 10% of 300 is 30, and 30 are there after two: 0 at the
    third is 15,000 less. Over six it is 60 of 600: 30 in four, 7,500 less at each."""
    known_facts = flows({"ar_over_90": [15_000.0] * 12, "ar_balance": [100_000.0] * 12})
    terms = Terms("ar_over_90_share", 10, 0.10, 0.18)
    found = made(terms, known_facts, span(MAR, MAR + 3))
    assert found.reaching is not None
    assert found.reaching.words == "$7,500 less owed for over 90 days at each month-end left"


def test_of_a_median_the_difference_is_said() -> None:
    """Waits of 18 minutes whatever month: 3 minutes over the target of 15."""
    known_facts = facts(first=START, histograms={"waits": [{18: 200}] * 12},
                        values={"visits": [200.0] * 12})  # fmt: skip
    found = made(Terms("median_wait_minutes", 10, 15.0, 30.0), known_facts)
    assert found.value == 18
    assert found.reaching is not None
    assert found.reaching.words == "3 min shorter than at this pace"


def test_of_answers_the_value_that_is_left_is_said() -> None:
    """80 of 100 in each month; 82 over 300 is 246, less 160 leaves 86 of March's 100."""
    known_facts = flows({"answers": [100.0] * 12, "answer_share": [80.0] * 12})
    takes = made(Terms("satisfaction_score", 10, 82.0, 70.0), known_facts).reaching
    assert takes is not None
    assert (takes.kind, takes.amount) == ("rest_at", pytest.approx(86))
    assert takes.words == "86 in March 2026"
    # 90 over 300 is 270, and no month of 100 answers can give 110.
    far = made(Terms("satisfaction_score", 10, 90.0, 70.0), known_facts).reaching
    assert far is not None
    assert far.kind == "never"


def test_a_band_is_reached_at_its_nearer_end() -> None:
    """8,000 of 10,000 minutes in each month; 85% of 30,000 is 25,500: 1,500 more."""
    known_facts = flows({"minutes_booked": [8000.0] * 12, "minutes_open": [10_000.0] * 12,
                         "provider_days": [20.0] * 12})  # fmt: skip
    takes = made(Terms("slot_utilization", 10, (0.85, 0.95), (0.70, 1.0)), known_facts).reaching
    assert takes is not None
    assert (takes.target, takes.words) == (0.85, "1,500 more booked minutes in March 2026")


def test_counts_say_how_many_may_still_come() -> None:
    rare = flows({"late_reports": [0.0] * 10 + [1, 0]})
    met = made(Terms("late_incident_reports", 10, 2.0), rare)
    assert met.reaching is None
    missed = flows({"late_reports": [3.0] * 10 + [1, 0]})
    takes = made(Terms("late_incident_reports", 10, 2.0), missed).reaching
    assert takes is not None
    assert takes.words == "at most 1 in March 2026"
    gone = made(Terms("late_incident_reports", 10, 0.0), missed).reaching
    assert gone is not None
    assert gone.kind == "never"


def test_too_few_months_give_no_pace() -> None:
    short = facts({"visits": [470.0] * 5, "no_shows": [30.0] * 5, "bookings": [500.0] * 5},
                  first=FEB - 4, complete=span(FEB - 4, FEB))  # fmt: skip
    found = made(Terms("no_show_rate", 10, 0.06, 0.10), short)
    assert found.value is None
    assert found.reason == (
        "No pace: it goes by the last twelve months with a value, and there are 5 months of them "
        "in the last 18."
    )
    gap = without(NO_SHOWS, "appointments", FEB)
    assert "February 2026" in (made(Terms("no_show_rate", 10, 0.06), gap).reason or "")


def test_points_at_stake_are_those_up_to_the_target() -> None:
    """Weights 60 and 40: the no-shows end at 66.667 points, 33.333 short, which at 60 of 100 is 20
    points; the answers end at 120. The score at the pace is 0.6 x 66.667 + 0.4 x 120 = 88."""
    known_facts = Facts(
        values={**NO_SHOWS.values,
                **flows({"answers": [100.0] * 12, "answer_share": [90.0] * 12}).values},
        states=NO_SHOWS.states,
    )  # fmt: skip
    terms = (Terms("no_show_rate", 60, 0.06, 0.10, 0.03),
             Terms("satisfaction_score", 40, 80.0, 70.0, 90.0))  # fmt: skip
    found = score([version(*terms, months=(JAN, FEB))], JAN, FEB, known_facts, so_far=True,
                  history=span(START, FEB))  # fmt: skip
    paces = [pace(row, each, (JAN, FEB), (MAR,), known_facts)
             for row, each in zip(found.rows, terms, strict=True)]  # fmt: skip
    whole = period_pace(paces, (MAR,), 0.8, ())
    assert [each.at_stake for each in whole.rows] == [pytest.approx(20), 0]
    assert whole.score == pytest.approx(88)
    assert period_pace(paces, (MAR,), 0.8, (60.0,)).score == 60
    none = [Pace(paces[0].row, reason="No pace."), paces[1]]
    assert period_pace(none, (MAR,), 0.8, ()).score is None


@settings(max_examples=40)
@given(st.lists(st.integers(0, 500), min_size=12, max_size=12), st.integers(0, 11),
       st.integers(1, 100))  # fmt: skip
def test_a_better_result_never_lowers_the_pace(missed: list[int], at: int, fewer: int) -> None:
    """Some of a month's no-shows come after all: the pace of the rate gets no higher."""

    def of(no_shows: list[int]) -> float:
        known_facts = flows({"no_shows": [float(each) for each in no_shows],
                             "visits": [float(500 - each) for each in no_shows],
                             "bookings": [500.0] * 12})  # fmt: skip
        found = made(Terms("no_show_rate", 10, 0.05, 0.10), known_facts)
        assert found.value is not None
        return found.value

    better = [*missed]
    better[at] = max(0, better[at] - fewer)
    assert of(better) <= of(missed) + 1e-12


def test_every_kpi_has_its_texts() -> None:
    families, ids = known()
    assert ids == set(kpis())
    assert families == {each.family for each in kpis().values()}
    assert counted_words("no_show_rate") == ("no-show", "no-shows")
    assert counted_words("flu_shot_rate") is None
