"""When each KPI is scored and when not, by the minimums and rules of the KPI reference.

A case holds the least with which a KPI is scored, and what may be taken away from that: enough to
fall short, all that there was to judge, or so much that more than a fifth of it is blank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from kpi.catalogue import MeasureKind, datasets_of, kpi, kpis, measures
from kpi.months import Month, span
from kpi.score.facts import Facts
from kpi.score.model import Status
from kpi.score.result import result
from tests.score.made import FEB, MAR, QUARTER, facts, without

Amounts = Mapping[str, float]
MONTHS: Amounts = {}  # what falls short is the number of months


@dataclass(frozen=True)
class Case:
    """``enough``: of flows in the last month of the period and of the year before, of balances in
    every month, of histograms as so many waits of ten minutes. The rest replaces parts of it.
    ``column``: the column that has to be in use. ``rare``: nothing to judge costs no coverage.
    """

    id: str
    reads: str
    enough: Amounts
    short: Amounts | None = None
    nothing: Amounts | None = None
    blank: Sequence[Amounts] = ()
    rare: bool = False
    column: str = ""


CASES = (
    Case("revenue_growth", "ledger", {"revenue": 2}, MONTHS, {"revenue": 0}),
    Case("operating_cost_reduction", "ledger", {"operating_expenses": 2}, MONTHS,
         {"operating_expenses": 0}),
    Case("cost_per_visit_reduction", "appointments ledger",
         {"operating_expenses": 9, "visits": 300}, {"visits": 299}, {"visits": 0}),
    Case("overhead_ratio", "ledger", {"operating_expenses": 1, "revenue": 2}, MONTHS,
         {"revenue": -5}),
    Case("operating_margin", "ledger", {"revenue": 2, "expenses": 1}, MONTHS, {"revenue": 0}),
    Case("budget_variance", "ledger", {"budget_actual": 2, "budget_amount": 2}, MONTHS,
         {"budget_amount": 0}),
    Case("ar_turnover", "ar_aging charges", {"gross_charges": 9, "ar_balance": 4}, MONTHS,
         {"ar_balance": 0}),
    Case("days_in_ar", "ar_aging charges", {"gross_charges": 9, "ar_balance": 4}, MONTHS,
         {"gross_charges": 0}),
    Case("ar_over_90_share", "ar_aging", {"ar_over_90": 1, "ar_balance": 4}, MONTHS,
         {"ar_balance": 0}),
    Case("ar_over_120_share", "ar_aging", {"ar_over_120": 1, "ar_balance": 4}, MONTHS,
         {"ar_balance": 0}),
    Case("net_collection_rate", "charges payments",
         {"receipts": 9, "gross_charges": 80_000, "contractual": 30_000},
         {"contractual": 30_000.01}, {"contractual": 80_000}),
    Case("gross_collection_rate", "charges payments", {"receipts": 9, "gross_charges": 50_000},
         {"gross_charges": 49_999.99}, {"gross_charges": 0}),
    Case("clean_claim_rate", "claims",
         {"claims_submitted": 37.5, "claims_assessed": 30, "claims_clean": 20},
         {"claims_assessed": 29, "claims_submitted": 29},
         {"claims_assessed": 0, "claims_submitted": 0}, [{"claims_submitted": 38}]),
    Case("denial_rate", "claims",
         {"claims_adjudicated": 32, "claims_denied": 2, "claims_half_adjudicated": 8},
         {"claims_adjudicated": 29, "claims_half_adjudicated": 0},
         {"claims_adjudicated": 0, "claims_half_adjudicated": 0},
         [{"claims_half_adjudicated": 9}]),
    Case("charge_lag_days", "charges", {"lag_lines": 32, "lag_days": 9, "charge_lines": 40},
         {"lag_lines": 29, "charge_lines": 29}, {"lag_lines": 0, "charge_lines": 0},
         [{"charge_lines": 41}]),
    Case("visit_collection_share", "payments",
         {"patient_postings": 32, "patient_postings_unplaced": 8, "patient_receipts": 9,
          "visit_receipts": 3},
         {"patient_postings": 29, "patient_postings_unplaced": 0}, {"patient_receipts": 0},
         [{"patient_postings_unplaced": 9}]),
    Case("bad_debt_rate", "charges payments", {"bad_debt": 1, "gross_charges": 9}, MONTHS,
         {"gross_charges": 0}),
    Case("overtime_share", "staff_hours", {"staff_hours": 500, "overtime_hours": 3},
         {"staff_hours": 499}, {"staff_hours": 0}, column="staff_hours.overtime_hours"),
    Case("payroll_ratio", "ledger", {"payroll": 1, "revenue": 2}, MONTHS, {"revenue": 0}),
    Case("revenue_per_visit", "appointments ledger", {"revenue": 5, "visits": 100},
         {"visits": 99}, {"visits": 0}),
    Case("median_wait_minutes", "appointments", {"waits": 100, "visits": 125},
         {"waits": 99, "visits": 99}, {"waits": 0, "visits": 0}, [{"visits": 126}]),
    Case("p90_wait_minutes", "appointments", {"waits": 100, "visits": 125},
         {"waits": 99, "visits": 99}, {"waits": 0, "visits": 0}, [{"visits": 126}]),
    Case("seen_within_15_minutes", "appointments", {"waits": 30, "visits": 37.5},
         {"waits": 29, "visits": 29}, {"waits": 0, "visits": 0}, [{"visits": 38}]),
    Case("median_cycle_minutes", "appointments", {"cycles": 100, "visits": 125},
         {"cycles": 99, "visits": 99}, {"cycles": 0, "visits": 0}, [{"visits": 126}]),
    Case("no_show_rate", "appointments",
         {"visits": 28, "no_shows": 2, "bookings": 100, "unresolved": 2}, {"visits": 27},
         {"visits": 0, "no_shows": 0}, [{"unresolved": 3}]),
    Case("late_cancellation_rate", "appointments",
         {"visits": 28, "no_shows": 1, "late_cancellations": 1, "cancellations": 12.5,
          "unattributed_cancellations": 2.5, "patient_cancellations": 10,
          "undated_cancellations": 2},
         {"visits": 27}, {"visits": 0, "no_shows": 0, "late_cancellations": 0},
         [{"undated_cancellations": 3}, {"unattributed_cancellations": 3}]),
    Case("practice_cancellation_rate", "appointments",
         {"visits": 25, "no_shows": 1, "patient_cancellations": 2, "practice_cancellations": 2,
          "cancellations": 5, "unattributed_cancellations": 1},
         {"visits": 24},
         {"visits": 0, "no_shows": 0, "patient_cancellations": 0, "practice_cancellations": 0,
          "cancellations": 0, "unattributed_cancellations": 0},
         [{"cancellations": 6, "unattributed_cancellations": 2}]),
    Case("scheduling_accuracy", "appointments",
         {"assessed_bookings": 100, "misbooked": 3, "visits": 125, "visits_with_length": 100,
          "reschedules": 5, "reschedules_attributed": 4},
         {"assessed_bookings": 99}, {"assessed_bookings": 0},
         [{"visits_with_length": 99}, {"reschedules_attributed": 3}]),
    Case("slot_utilization", "availability",
         {"minutes_open": 5, "minutes_booked": 4, "provider_days": 10,
          "provider_days_measured": 8},
         {"provider_days": 9}, {"minutes_open": 0}, [{"provider_days_measured": 7}]),
    Case("third_next_available_days", "availability",
         {"third_next_days": 9, "third_next_samples": 8}, {"third_next_samples": 7},
         {"third_next_samples": 0}),
    Case("patients_per_day", "appointments", {"visits": 90, "clinic_days": 10},
         {"clinic_days": 9}, {"clinic_days": 0}),
    Case("visits_per_staff_fte", "appointments staff_hours", {"visits": 9, "staff_hours": 9},
         MONTHS, {"staff_hours": 0}),
    Case("work_rvus_per_staff_fte", "charges staff_hours",
         {"work_rvus": 9, "staff_hours": 9, "charge_lines": 5, "work_rvu_lines": 1}, MONTHS,
         {"staff_hours": 0}, [{"work_rvu_lines": 0, "work_rvus": 0}]),
    Case("call_abandonment_rate", "calls", {"calls_offered": 200, "calls_abandoned": 9},
         {"calls_offered": 199}, {"calls_offered": 0}),
    Case("average_answer_seconds", "calls",
         {"calls_answered": 200, "answer_seconds": 9, "call_days": 5, "call_days_timed": 4},
         {"calls_answered": 199}, {"calls_answered": 0}, [{"call_days_timed": 3}]),
    Case("staff_turnover", "staff", {"headcount": 5, "leavers": 1}, {"headcount": 4},
         {"headcount": 0}),
    Case("new_patient_share", "appointments",
         {"new_patient_visits": 9, "visits_typed": 100, "visits": 125},
         {"visits_typed": 99, "visits": 99}, {"visits_typed": 0, "visits": 0}, [{"visits": 126}]),
    Case("satisfaction_score", "surveys", {"answers": 30, "answer_share": 9}, {"answers": 29},
         {"answers": 0}),
    Case("top_box_share", "surveys", {"answers": 30, "top_box": 9}, {"answers": 29},
         {"answers": 0}),
    Case("net_promoter_score", "surveys",
         {"recommend_answers": 100, "promoters": 9, "detractors": 12}, {"recommend_answers": 99},
         {"recommend_answers": 0}),
    Case("survey_response_rate", "surveys", {"invitations": 50, "responses": 9},
         {"invitations": 49}, {"invitations": 0}),
    Case("complaint_rate", "appointments complaints", {"complaints": 0, "visits": 500},
         {"visits": 499}, {"visits": 0}),
    Case("complaints_resolved_in_7_days", "complaints",
         {"complaints_due": 5, "complaints_resolved_7": 0}, {"complaints_due": 4},
         {"complaints_due": 0}, rare=True),
    Case("compliance_violations", "incidents", {}),
    Case("hipaa_violations", "incidents", {}),
    Case("osha_violations", "incidents", {}),
    Case("billing_violations", "incidents", {}),
    Case("ethics_violations", "incidents", {}),
    Case("records_breached", "incidents", {"hipaa_violations": 1},
         column="incidents.records_affected"),
    Case("osha_recordables", "incidents", {"osha_pending": 1}, column="incidents.recordable"),
    Case("osha_trir", "incidents staff_hours",
         {"osha_recordables": 1, "osha_violations": 1, "staff_hours": 200_000},
         {"staff_hours": 199_999}, {"staff_hours": 0}, column="incidents.recordable"),
    Case("late_incident_reports", "incidents",
         {"violations_ripe": 5, "reportable_confirmed": 4, "reportable_undated": 1},
         blank=[{"reportable_undated": 2}], column="incidents.reportable"),
    Case("audit_pass_rate", "audits",
         {"audits_performed": 5, "audits_done": 4, "audits_passed": 2},
         {"audits_performed": 2, "audits_done": 2}, {"audits_performed": 0, "audits_done": 0},
         [{"audits_performed": 6}, {"audits_done": 0, "audits_passed": 0}], rare=True),
    Case("audits_on_time", "audits", {"audits_due": 2, "audits_on_time": 1}, {"audits_due": 1},
         {"audits_due": 0}, rare=True),
    Case("corrective_actions_on_time", "audits", {"corrective_due": 1}, None,
         {"corrective_due": 0}, rare=True),
    Case("training_on_time", "training", {"courses_due": 10, "courses_on_time": 9},
         {"courses_due": 9}, {"courses_due": 0}, rare=True),
    Case("coding_accuracy", "audits",
         {"coding_audits": 5, "coding_audits_counted": 4, "codes_reviewed": 30,
          "codes_correct": 20},
         {"codes_reviewed": 29},
         {"coding_audits": 0, "coding_audits_counted": 0, "codes_reviewed": 0},
         [{"coding_audits_counted": 3}, {"coding_audits_counted": 0, "codes_reviewed": 0}],
         rare=True),
)  # fmt: skip


def known(case: Case, changed: Amounts | None = None, *, in_use: bool = True) -> Facts:
    """The case's facts, parts of them changed."""
    first, length = MAR - 14, 15  # January of the year before to March
    series: dict[str, list[float]] = {}
    binned: dict[str, list[dict[int, int]]] = {}
    for name, amount in {**case.enough, **(changed or {})}.items():
        match measures()[name].kind:
            case MeasureKind.STOCK:
                series[name] = [amount] * length
            case MeasureKind.FLOW:
                series[name] = [0, 0, amount, *[0] * 11, amount]
            case MeasureKind.HISTOGRAM:
                binned[name] = [*[{}] * 14, {10: int(amount)} if amount else {}]
    found = facts(series, first=first, histograms=binned)
    used = {case.column: Month(2020, 1)} if case.column and in_use else {}
    return replace(found, first_filled=used)


def of(*parts: str) -> pytest.MarkDecorator:
    """The test with every case that has all of those parts."""
    cases = [case for case in CASES if all(getattr(case, part) for part in parts)]
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.id)


def test_every_kpi_of_the_reference_has_its_case() -> None:
    known = [case.id for case in CASES]
    assert len(known) == 57
    assert [id for id in kpis() if id in known] == known


@of()
def test_with_enough_it_is_scored(case: Case) -> None:
    found = result(kpi(case.id), QUARTER, known(case))
    assert (found.status, found.reason) == (Status.SCORED, None)
    assert found.value is not None


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.short is not None], ids=lambda case: case.id
)
def test_with_less_it_is_too_few_and_shown(case: Case) -> None:
    months = QUARTER[1:] if case.short is MONTHS else QUARTER
    found = result(kpi(case.id), months, known(case, case.short))
    assert found.status is Status.TOO_FEW
    assert found.value is not None
    assert (found.reason or "").startswith("Too few to judge: ")


@of("nothing")
def test_what_is_divided_by_nothing_has_no_value(case: Case) -> None:
    found = result(kpi(case.id), QUARTER, known(case, case.nothing))
    assert found.value is None
    assert found.status is (Status.NOT_APPLICABLE if case.rare else Status.NO_DATA)


@of("blank")
def test_blanks_do_not_count_in_its_favour(case: Case) -> None:
    for blank in case.blank:
        found = result(kpi(case.id), QUARTER, known(case, blank))
        assert found.status is Status.TOO_FEW, blank
        assert not (found.reason or "").startswith("Too few to judge"), found.reason


@of("column")
def test_a_column_that_was_never_used_is_no_zero(case: Case) -> None:
    found = result(kpi(case.id), QUARTER, known(case, in_use=False))
    assert found.status is Status.TOO_FEW
    assert (found.reason or "").endswith("was never filled.")


@of()
def test_a_month_that_is_missing_is_named(case: Case) -> None:
    for dataset in case.reads.split():
        lacking = without(known(case), dataset, *span(FEB, MAR))
        found = result(kpi(case.id), QUARTER, lacking)
        assert (found.status, found.value) == (Status.NO_DATA, None)
        assert f"{dataset} for March 2026" in (found.reason or "")


@of()
def test_what_it_reads(case: Case) -> None:
    assert datasets_of(kpi(case.id)) == set(case.reads.split())
