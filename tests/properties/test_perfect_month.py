"""A perfect month added to a period never makes a rate worse, whatever the period was."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpi.catalogue import Better, MeasureKind, kpi, kpis, measures
from kpi.months import Month, span
from kpi.score.facts import Facts
from kpi.score.result import result
from tests.score.made import facts

FIRST = Month(2026, 1)
PERIOD, LONGER = span(FIRST, FIRST + 2), span(FIRST, FIRST + 3)
BEFORE = "a year before: "

PERFECT: Mapping[str, tuple[str, ...]] = {
    # Money: all of it came in, nothing was spent, written off or left open.
    "revenue_growth": ("revenue",),
    "operating_cost_reduction": (BEFORE + "operating_expenses",),
    "cost_per_visit_reduction": ("visits", BEFORE + "operating_expenses"),
    "overhead_ratio": ("revenue",),
    "operating_margin": ("revenue",),
    "ar_turnover": ("gross_charges",),
    "days_in_ar": ("gross_charges",),
    "ar_over_90_share": ("ar_balance",),
    "ar_over_120_share": ("ar_balance",),
    "net_collection_rate": ("receipts", "gross_charges"),
    "gross_collection_rate": ("receipts", "gross_charges"),
    "clean_claim_rate": ("claims_clean", "claims_assessed"),
    "denial_rate": ("claims_adjudicated",),
    "charge_lag_days": ("lag_lines",),
    "visit_collection_share": ("visit_receipts", "patient_receipts"),
    "bad_debt_rate": ("gross_charges",),
    "overtime_share": ("staff_hours",),
    "payroll_ratio": ("revenue",),
    "revenue_per_visit": ("revenue",),
    # The office: everybody came, was seen at once and booked rightly.
    "median_wait_minutes": ("waits",),
    "p90_wait_minutes": ("waits",),
    "seen_within_15_minutes": ("waits",),
    "median_cycle_minutes": ("cycles",),
    "no_show_rate": ("visits",),
    "late_cancellation_rate": ("visits",),
    "practice_cancellation_rate": ("visits",),
    "scheduling_accuracy": ("assessed_bookings",),
    "third_next_available_days": ("third_next_samples",),
    "patients_per_day": ("visits",),
    "visits_per_staff_fte": ("visits",),
    "work_rvus_per_staff_fte": ("work_rvus",),
    "call_abandonment_rate": ("calls_offered",),
    "average_answer_seconds": ("calls_answered",),
    "staff_turnover": ("headcount",),
    # Patients: all answered, and with the best mark.
    "satisfaction_score": ("answer_share", "answers"),
    "top_box_share": ("top_box", "answers"),
    "net_promoter_score": ("promoters", "recommend_answers"),
    "survey_response_rate": ("responses", "invitations"),
    "complaint_rate": ("visits",),
    "complaints_resolved_in_7_days": ("complaints_resolved_7", "complaints_due"),
    # Compliance: nothing happened, and all that was due was done.
    "compliance_violations": (),
    "hipaa_violations": (),
    "osha_violations": (),
    "billing_violations": (),
    "ethics_violations": (),
    "records_breached": (),
    "osha_recordables": (),
    "osha_trir": ("staff_hours",),
    "late_incident_reports": (),
    "audit_pass_rate": ("audits_passed", "audits_done"),
    "audits_on_time": ("audits_on_time", "audits_due"),
    "corrective_actions_on_time": ("corrective_on_time", "corrective_due"),
    "training_on_time": ("courses_on_time", "courses_due"),
    "coding_accuracy": ("codes_correct", "codes_reviewed"),
}  # fmt: skip
"""What there is in a month that could not have gone better; of all else there is none."""

MOST = 10_000
PARTS = {
    "receipts": "gross_charges", "claims_clean": "claims_assessed",
    "visit_receipts": "patient_receipts", "misbooked": "assessed_bookings",
    "answer_share": "answers", "top_box": "answers", "promoters": "recommend_answers",
    "responses": "invitations", "complaints_resolved_7": "complaints_due",
    "audits_passed": "audits_done", "audits_on_time": "audits_due",
    "corrective_on_time": "corrective_due", "courses_on_time": "courses_due",
    "codes_correct": "codes_reviewed",
}  # fmt: skip
"""Measures that are a part of another one and never more than it."""


@st.composite
def quarters(draw: st.DrawFn, id: str) -> dict[str, dict[Month, float]]:
    """Any months of what a KPI is made of: the quarter, the year before, the month that opens."""
    known = [*span(FIRST - 12, FIRST - 10), FIRST - 1, *PERIOD]
    amounts = st.integers(0, MOST)
    found = {
        name: {month: float(draw(amounts)) for month in known}
        for name in sorted(kpi(id).formula.measures)
    }
    for part, whole in PARTS.items():
        if part in found and whole in found:
            found[part] = {month: min(found[part][month], found[whole][month]) for month in known}
    if "contractual" in found:  # written off before anything is to be collected
        for month in known:
            found["gross_charges"][month] += found["contractual"][month]
            found["receipts"][month] = min(
                found["receipts"][month],
                found["gross_charges"][month] - found["contractual"][month],
            )
    return found


def facts_with(monthly: dict[str, dict[Month, float]]) -> Facts:
    """Balances and sums as they are; of histograms each figure is the minutes that one waited."""
    values, binned = {}, {}
    for name, each in monthly.items():
        if measures()[name].kind is MeasureKind.HISTOGRAM:
            binned[name] = {month: {int(minutes): 1} for month, minutes in each.items()}
        else:
            values[name] = each
    return Facts(values, binned, facts().states)


def test_every_kpi_but_those_with_a_band_can_be_perfect() -> None:
    rates = [id for id, each in kpis().items() if each.better is not Better.BAND]
    assert list(PERFECT) == rates


@pytest.mark.parametrize("id", PERFECT)
@settings(deadline=None)
@given(data=st.data(), much=st.integers(1, MOST))
def test_a_perfect_month_never_worsens_it(id: str, data: st.DataObject, much: int) -> None:
    monthly = data.draw(quarters(id))
    # As much as the best month of an open-ended rate could have: it has no bound of its own.
    amount = float(much * MOST if id == "ar_turnover" else much)
    before = result(kpi(id), PERIOD, facts_with(monthly)).value
    assume(before is not None)
    assert before is not None
    after = result(kpi(id), LONGER, perfect(id, monthly, amount)).value
    assert after is not None
    better = after - before if kpi(id).better is Better.HIGHER else before - after
    assert better >= -1e-9 * max(1.0, abs(before)), (before, after)


def perfect(id: str, monthly: dict[str, dict[Month, float]], amount: float) -> Facts:
    """The facts with the perfect month; a perfect wait is none at all, however many waited."""
    month = LONGER[-1]
    found = {name: {month: 0.0, month - 12: 0.0, **each} for name, each in monthly.items()}
    waited = {}
    for named in PERFECT[id]:
        name = named.removeprefix(BEFORE)
        if measures()[name].kind is MeasureKind.HISTOGRAM:
            waited[name] = {month: {0: int(amount)}}
        else:
            found[name][month - 12 if named.startswith(BEFORE) else month] = amount
    known = facts_with(found)
    histograms = {name: {**each, **waited[name]} for name, each in known.histograms.items()}
    return Facts(known.values, histograms, known.states)
