"""A KPI's result: its status, and the sentence that says why it does not count."""

from dataclasses import replace

import pytest

from kpi.catalogue import kpi
from kpi.months import Month, span
from kpi.score.facts import Facts, MonthState, State
from kpi.score.model import Result, Status
from kpi.score.result import count_so_far, result, trailing_months
from tests.score.made import COMPLETE, FEB, JAN, MAR, QUARTER, facts, with_state, without

VISITS = {"visits": [400.0, 380, 350], "no_shows": [20.0, 25, 16], "bookings": [420.0, 405, 366]}


def judged(id: str, known: Facts, minimum: float | None = None) -> Result:
    return result(kpi(id), QUARTER, known, minimum=minimum)


def test_a_complete_period_is_scored() -> None:
    found = judged("no_show_rate", facts(VISITS))
    assert found == Result("no_show_rate", Status.SCORED, 61 / 1191, 61, 1191, 1191)


def test_a_missing_month_is_no_data_and_never_a_zero() -> None:
    found = judged("no_show_rate", without(facts(VISITS), "appointments", FEB))
    assert (found.status, found.value, found.numerator, found.n) == (
        Status.NO_DATA, None, None, None,
    )  # fmt: skip
    assert found.reason == "Not complete: appointments for February 2026 (missing)."


def test_the_reason_says_what_is_there() -> None:
    partial = MonthState(State.PARTIAL, "ends on the 20th", rows=31)
    known = with_state(facts({"revenue": [1] * 3}), "ledger", MAR, partial)
    known = without(known, "ledger", Month(2025, 1))
    assert judged("revenue_growth", known).reason == (
        "Not complete: ledger for January 2025 (missing; the year before, to compare with); "
        "ledger for March 2026 (ends on the 20th)."
    )


def test_a_long_reason_names_four_months_and_counts_the_rest() -> None:
    reason = judged("revenue_growth", Facts()).reason
    assert reason is not None
    assert reason.endswith("; and 2 more.")


def test_an_opening_balance_is_needed_too() -> None:
    known = facts({"gross_charges": [0, 9, 9, 9], "ar_balance": [1] * 4}, first=Month(2025, 12))
    assert judged("ar_turnover", known).status is Status.SCORED
    found = judged("ar_turnover", without(known, "ar_aging", Month(2025, 12)))
    assert found.reason == (
        "Not complete: ar_aging for December 2025 (missing; its balance opens the period)."
    )


def test_a_closing_balance_needs_the_closing_month_only() -> None:
    known = facts({"gross_charges": [9, 9, 9], "ar_balance": [1, 1, 1]})
    known = without(known, "ar_aging", JAN, FEB)
    assert judged("days_in_ar", known).status is Status.SCORED
    assert judged("days_in_ar", without(known, "ar_aging", MAR)).status is Status.NO_DATA


def test_declared_zeros_count_as_zeros() -> None:
    known = facts()
    for month in QUARTER:
        known = with_state(known, "incidents", month, MonthState(State.COMPLETE, attested=True))
    found = judged("hipaa_violations", known)
    assert (found.status, found.value, found.pending) == (Status.SCORED, 0, False)


def test_nothing_to_judge_is_not_applicable() -> None:
    found = judged("complaints_resolved_in_7_days", facts())
    assert (found.status, found.value) == (Status.NOT_APPLICABLE, None)
    assert found.reason == "Nothing to judge: there were no complaints due in these months."


@pytest.mark.parametrize(
    "id", ["no_show_rate", "overhead_ratio", "days_in_ar", "satisfaction_score", "complaint_rate",
           "median_wait_minutes", "revenue_growth"]
)  # fmt: skip
def test_any_other_zero_denominator_has_no_data(id: str) -> None:
    found = judged(id, facts({"ar_balance": [0] * 3, "operating_expenses": [1] * 3}))
    assert (found.status, found.value, found.denominator) == (Status.NO_DATA, None, None)
    assert found.reason


@pytest.mark.parametrize(
    ("id", "values", "n", "words"),
    [
        ("no_show_rate", {"visits": [28], "no_shows": [1], "bookings": [29]}, 29,
         "Too few to judge: 29 visits and no-shows, and at least 30 are needed."),
        ("satisfaction_score", {"answers": [29], "answer_share": [20]}, 29, "29 answers"),
        ("net_collection_rate",
         {"gross_charges": [80000.5], "contractual": [30001], "receipts": [49000]}, 3,
         "Too few to judge: $49,999.50 collectible charges, and at least $50,000 are needed."),
        ("cost_per_visit_reduction",
         {"operating_expenses": [1] * 13, "visits": [100, 100, 99, *[0] * 9, 900]}, 299,
         "299 visits, and at least 300 are needed in each of the two periods."),
        ("complaints_resolved_in_7_days",
         {"complaints_due": [4], "complaints_resolved_7": [4]}, 4, "4 complaints due"),
    ],
)  # fmt: skip
def test_too_few_shows_the_value(
    id: str, values: dict[str, list[float]], n: float, words: str
) -> None:
    first = Month(2025, 1) if id == "cost_per_visit_reduction" else JAN
    found = judged(id, facts(values, first=first))
    assert (found.status, found.n) == (Status.TOO_FEW, n)
    assert found.value is not None
    assert words in (found.reason or "")


def test_months_are_counted_where_they_are_the_minimum() -> None:
    known = facts({"operating_expenses": [1] * 3, "revenue": [2] * 3})
    two = result(kpi("overhead_ratio"), (JAN, FEB), known)
    assert (two.status, two.value, two.n) == (Status.TOO_FEW, 0.5, 2)
    assert two.reason == "Too few to judge: 2 months, and at least 3 are needed."
    assert result(kpi("overhead_ratio"), (JAN, FEB), known, minimum=2).status is Status.SCORED
    assert judged("overhead_ratio", known).status is Status.SCORED


def test_a_role_s_minimum_takes_the_place_of_the_catalogue_s() -> None:
    known = facts({"visits": [9], "no_shows": [1], "bookings": [10]})
    assert judged("no_show_rate", known, minimum=10).status is Status.SCORED
    assert judged("no_show_rate", known, minimum=11).status is Status.TOO_FEW


def test_too_much_unresolved_leaves_no_shows_undecided() -> None:
    at_the_edge = {**VISITS, "bookings": [1300.0], "unresolved": [26.0]}
    assert judged("no_show_rate", facts(at_the_edge)).status is Status.SCORED
    found = judged("no_show_rate", facts({**at_the_edge, "unresolved": [27.0]}))
    assert (found.status, found.value) == (Status.TOO_FEW, 61 / 1191)
    assert found.reason == (
        "Too few appointments say what became of them, the others are still marked scheduled: "
        "1,273 of 1,300, and at least 98% are needed."
    )


def test_waits_count_only_where_four_fifths_are_measured() -> None:
    known = facts({"visits": [125]}, histograms={"waits": [{5: 100}]})
    assert judged("median_wait_minutes", known).status is Status.SCORED
    blank = judged("median_wait_minutes", replace(known, values={"visits": {JAN: 126.0}}))
    assert (blank.status, blank.value) == (Status.TOO_FEW, 5)
    none = judged("median_wait_minutes", replace(known, histograms={}))
    assert (none.status, none.value) == (Status.TOO_FEW, None)


def test_a_month_without_any_measured_wait_is_too_few_however_small_it_is() -> None:
    """95 of 100 are measured, but the month of the other five has none."""
    known = facts({"visits": [60, 35, 5]}, histograms={"waits": [{4: 60}, {4: 35}, {}]})
    held_back = judged("median_wait_minutes", known, minimum=1)
    assert (held_back.status, held_back.value) == (Status.TOO_FEW, 4)
    assert held_back.reason is not None
    assert held_back.reason.endswith("none in March 2026.")


ACCURACY = {
    "visits": [200.0], "visits_with_length": [200.0], "reschedules": [10.0],
    "reschedules_attributed": [8.0], "assessed_bookings": [205.0], "misbooked": [9.0],
}  # fmt: skip


@pytest.mark.parametrize(
    ("blank", "words"),
    [
        ({"visits_with_length": [159.0]}, "Too few completed visits have both the clinician"),
        ({"reschedules_attributed": [7.0]}, "Too few moved appointments say who moved them"),
    ],
)
def test_blanking_a_column_does_not_improve_scheduling_accuracy(
    blank: dict[str, list[float]], words: str
) -> None:
    assert judged("scheduling_accuracy", facts(ACCURACY)).status is Status.SCORED
    found = judged("scheduling_accuracy", facts({**ACCURACY, **blank}))
    assert found.status is Status.TOO_FEW
    assert words in (found.reason or "")


def test_scheduling_accuracy_says_that_booking_errors_are_not_recorded() -> None:
    known = facts(ACCURACY)
    assert judged("scheduling_accuracy", known).notes == (
        "Booking errors are not recorded: booking_error of appointments was never filled.",
    )
    since = replace(known, first_filled={"appointments.booking_error": FEB})
    assert judged("scheduling_accuracy", since).notes == (
        "Booking errors are recorded only from February 2026 on.",
    )
    ever = replace(known, first_filled={"appointments.booking_error": JAN})
    assert judged("scheduling_accuracy", ever).notes == ()


def test_a_kpi_of_one_column_waits_until_it_is_filled() -> None:
    known = facts({"records_breached": [0, 0, 0], "hipaa_violations": [1, 1, 1]})
    never = judged("records_breached", known)
    assert (never.status, never.value, never.reason) == (
        Status.TOO_FEW, 0, "The column records_affected of incidents was never filled.",
    )  # fmt: skip
    late = replace(known, first_filled={"incidents.records_affected": FEB})
    assert judged("records_breached", late).reason == (
        "The column records_affected of incidents was not filled before February 2026."
    )
    early = replace(known, first_filled={"incidents.records_affected": JAN})
    assert judged("records_breached", early).status is Status.SCORED


def test_a_column_that_nothing_could_fill_is_not_waited_for() -> None:
    """Without a violation there were no records to be counted, so none is a real zero."""
    assert judged("records_breached", facts()).status is Status.SCORED
    later = facts({"hipaa_violations": [0, 0, 1], "records_breached": [0, 0, 4]})
    later = replace(later, first_filled={"incidents.records_affected": MAR})
    assert judged("records_breached", later).status is Status.SCORED


def test_results_that_were_left_out_are_not_audits_that_nobody_did() -> None:
    found = judged("audit_pass_rate", facts({"audits_performed": [4]}))
    assert (found.status, found.value) == (Status.TOO_FEW, None)
    assert judged("audit_pass_rate", facts()).status is Status.NOT_APPLICABLE


def test_an_obstacle_to_a_measure_is_the_reason() -> None:
    known = facts({"operating_expenses": [1] * 3, "revenue": [2] * 3})
    known = replace(
        known, obstacles={"operating_expenses": {FEB: "4 accounts have no category, $12,310.20"}}
    )
    found = judged("overhead_ratio", known)
    assert (found.status, found.reason) == (
        Status.NO_DATA, "ledger for February 2026: 4 accounts have no category, $12,310.20.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("then", "now", "status"),
    [
        ("cash", "cash", Status.SCORED),
        (None, None, Status.SCORED),
        ("cash", "accrual", Status.NO_DATA),
        ("cash", None, Status.NO_DATA),
    ],
)
def test_growth_is_not_taken_across_bases(
    then: str | None, now: str | None, status: Status
) -> None:
    named = {month - 12: then for month in QUARTER} | dict.fromkeys(QUARTER, now)
    known = facts({"revenue": [2] * 15, "operating_expenses": [1] * 15}, first=JAN - 12)
    known = replace(known, bases={month: each for month, each in named.items() if each})
    found = judged("revenue_growth", known)
    assert found.status is status
    assert ("basis differs" in (found.reason or "")) == (status is Status.NO_DATA)
    assert judged("overhead_ratio", known).status is Status.SCORED


def test_undecided_incidents_are_shown_and_not_counted() -> None:
    known = facts({"hipaa_pending": [0, 1, 0], "osha_pending": [2, 0, 0]})
    hipaa = judged("hipaa_violations", known)
    assert (hipaa.value, hipaa.pending) == (0, True)
    assert hipaa.notes == ("1 incident is neither confirmed nor dismissed yet.",)
    every = judged("compliance_violations", known)
    assert every.notes == ("3 incidents are neither confirmed nor dismissed yet.",)


def test_an_attestation_without_a_second_signature_is_pending() -> None:
    waiting = MonthState(State.COMPLETE, attested=True, pending=True)
    found = judged("hipaa_violations", with_state(facts(), "incidents", FEB, waiting))
    assert (found.status, found.pending) == (Status.SCORED, True)
    assert found.notes == (
        "incidents for February 2026: that there was nothing to report still waits for a second "
        "signature.",
    )


def test_a_count_so_far_is_of_what_is_there() -> None:
    known = with_state(
        facts({"hipaa_violations": [1, 0, 0]}), "incidents", JAN, MonthState(State.PARTIAL)
    )
    assert judged("hipaa_violations", known).value is None
    assert count_so_far(kpi("hipaa_violations"), QUARTER, known) == 1
    assert count_so_far(kpi("patients_per_day"), QUARTER, known) is None


def test_trailing_months_are_the_last_three_complete_ones() -> None:
    known = facts(complete=span(Month(2025, 10), MAR))
    months = trailing_months(kpi("overhead_ratio"), MAR + 1, known)
    assert months == QUARTER
    known = without(known, "ledger", FEB)
    expected = span(Month(2025, 11), JAN)
    assert trailing_months(kpi("overhead_ratio"), MAR, known) == expected
    assert trailing_months(kpi("overhead_ratio"), MAR, known, since=Month(2025, 12)) is None
    assert trailing_months(kpi("overhead_ratio"), MAR, Facts()) is None


def test_no_month_is_no_data() -> None:
    assert result(kpi("no_show_rate"), (), facts()).status is Status.NO_DATA


def test_a_month_that_nobody_knows_of_is_missing() -> None:
    assert facts().state("appointments", Month(1999, 1)).state is State.MISSING
    assert facts().state("appointments", JAN) == COMPLETE
