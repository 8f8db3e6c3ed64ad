"""Each KPI's numerator and denominator, added up from the rows that its explanation lists.

Written from the KPI reference and the words of the measures; nothing of the program's own sums.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from kpi.months import Month

Row = Mapping[str, Any]
Pair = tuple[Fraction | None, Fraction | None]

AMOUNTS = {
    "gross_charges": "amount", "work_rvus": "work_rvu", "receipts": "amount",
    "contractual": "amount", "bad_debt": "amount", "patient_receipts": "amount",
    "visit_receipts": "amount", "revenue": "amount", "expenses": "amount",
    "operating_expenses": "amount", "payroll": "amount", "budget_amount": "budget",
    "budget_actual": "amount", "records_breached": "records_affected",
    "calls_offered": "offered", "calls_abandoned": "abandoned", "calls_answered": "answered",
    "answer_seconds": "wait_seconds", "minutes_open": "minutes_open",
    "minutes_booked": "minutes_booked", "third_next_days": "third_next_available_days",
    "codes_reviewed": "items_reviewed", "codes_correct": "items_correct",
    "invitations": "counts", "responses": "counts", "clinic_days": "counts",
}  # fmt: skip
"""Measures that add up a column; ``counts``: of what comes with several rows."""

BUCKETS = {
    "ar_balance": ("days_0_30", "days_31_60", "days_61_90", "days_91_120", "days_over_120"),
    "ar_over_90": ("days_91_120", "days_over_120"),
    "ar_over_120": ("days_over_120",),
}


def minutes(row: Row) -> int:
    """A wait or a whole visit in minutes, a part of one as a whole."""
    if row["measure"] == "cycles":
        spent = _time(row["departed_at"]) - _time(row["arrived_at"])
    else:
        spent = _time(row["seen_at"]) - max(_time(row["arrived_at"]), _time(row["start_at"]))
    return max(0, -(-int(spent.total_seconds()) // 60))


@dataclass(frozen=True)
class Listed:
    """The rows of an explanation, and the months that it is of."""

    rows: Sequence[Row]
    months: Sequence[Month]

    def of(self, measure: str) -> list[Row]:
        return [row for row in self.rows if row["measure"] == measure]

    def __getitem__(self, measure: str) -> Fraction:
        """The measure over the period."""
        return self._where(measure, lambda _: True)

    def now(self, measure: str) -> Fraction:
        """Of a comparison: in the period itself."""
        return self._where(measure, lambda month: month >= self.months[0])

    def then(self, measure: str) -> Fraction:
        """Of a comparison: in the same months a year before."""
        return self._where(measure, lambda month: month < self.months[0])

    def at(self, measure: str, month: Month) -> Fraction:
        """A balance."""
        return self._where(measure, lambda each: each == month)

    def mean(self, measure: str) -> Fraction:
        """A balance on the mean of the opening and every month's end."""
        points = [self.months[0] - 1, *self.months]
        return sum((self.at(measure, month) for month in points), Fraction(0)) / len(points)

    def worth(self, row: Row) -> Fraction:
        """What one row adds to its measure."""
        name = row["measure"]
        if name in AMOUNTS:
            return Fraction(str(row[AMOUNTS[name]]))
        if name in BUCKETS:
            return sum((Fraction(row[bucket]) for bucket in BUCKETS[name]), Fraction(0))
        if name == "lag_days":
            return Fraction((_day(row["posted_date"]) - _day(row["service_date"])).days)
        if name == "answer_share":
            low, high = Fraction(row["scale_min"]), Fraction(row["scale_max"])
            return (Fraction(row["score"]) - low) / (high - low)
        if name in ("staff_hours", "overtime_hours"):
            return self._hours(row, with_regular=name == "staff_hours")
        return Fraction(1)

    def _where(self, measure: str, holds: Callable[[Month], bool]) -> Fraction:
        rows = (row for row in self.of(measure) if holds(Month.parse(row["month"])))
        return sum((self.worth(row) for row in rows), Fraction(0))

    def _hours(self, row: Row, *, with_regular: bool) -> Fraction:
        """The part of a pay period's hours whose days lie in the period, all days alike."""
        first, last = _day(row["period_start"]), _day(row["period_end"])
        within_first = max(first, self.months[0].first_day)
        within = (min(last, self.months[-1].last_day) - within_first).days + 1
        hours = Fraction(row["overtime_hours"] or 0)
        if with_regular:
            hours += Fraction(row["regular_hours"])
        return hours * within / ((last - first).days + 1)

    @property
    def days(self) -> int:
        return (self.months[-1].last_day - self.months[0].first_day).days + 1

    @property
    def year_days(self) -> int:
        leap = any(month.number == 2 and month.days == 29 for month in self.months)
        return 366 if leap else 365


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _over(part: str, whole: str) -> Callable[[Listed], Pair]:
    return lambda m: (m[part], m[whole])


def _count(*measures: str) -> Callable[[Listed], Pair]:
    return lambda m: (sum((m[name] for name in measures), Fraction(0)), None)


def _full_time(m: Listed) -> Fraction:
    return m["staff_hours"] / (Fraction(2080) / 12)


def _asked(m: Listed) -> Fraction:
    """Bookings that the patient kept, missed or that somebody moved."""
    kept = m["visits"] + m["no_shows"]
    return kept + m["patient_cancellations"] + m["practice_cancellations"]


def _month_ends(m: Listed, measure: str) -> Fraction:
    return sum((m.at(measure, month) for month in m.months), Fraction(0))


VIOLATIONS = ("hipaa", "osha", "billing", "ethics")

DIVIDED: dict[str, Callable[[Listed], Pair]] = {
    "revenue_growth": lambda m: (m.now("revenue"), m.then("revenue")),
    "operating_cost_reduction":
        lambda m: (m.now("operating_expenses"), m.then("operating_expenses")),
    "cost_per_visit_reduction":
        lambda m: (m.now("operating_expenses") / m.now("visits"),
                   m.then("operating_expenses") / m.then("visits")),
    "overhead_ratio": _over("operating_expenses", "revenue"),
    "operating_margin": lambda m: (m["revenue"] - m["expenses"], m["revenue"]),
    "budget_variance": lambda m: (m["budget_actual"] - m["budget_amount"], m["budget_amount"]),
    "ar_turnover":
        lambda m: (m["gross_charges"] * m.year_days / m.days, m.mean("ar_balance")),
    "days_in_ar":
        lambda m: (m.at("ar_balance", m.months[-1]), m["gross_charges"] / m.days),
    "ar_over_90_share":
        lambda m: (_month_ends(m, "ar_over_90"), _month_ends(m, "ar_balance")),
    "ar_over_120_share":
        lambda m: (_month_ends(m, "ar_over_120"), _month_ends(m, "ar_balance")),
    "net_collection_rate": lambda m: (m["receipts"], m["gross_charges"] - m["contractual"]),
    "gross_collection_rate": _over("receipts", "gross_charges"),
    "clean_claim_rate": _over("claims_clean", "claims_assessed"),
    "denial_rate": _over("claims_denied", "claims_adjudicated"),
    "charge_lag_days": _over("lag_days", "lag_lines"),
    "visit_collection_share": _over("visit_receipts", "patient_receipts"),
    "bad_debt_rate": _over("bad_debt", "gross_charges"),
    "overtime_share": _over("overtime_hours", "staff_hours"),
    "payroll_ratio": _over("payroll", "revenue"),
    "revenue_per_visit": _over("revenue", "visits"),
    "seen_within_15_minutes":
        lambda m: (Fraction(sum(minutes(row) <= 15 for row in m.of("waits"))), m["waits"]),
    "no_show_rate": lambda m: (m["no_shows"], m["visits"] + m["no_shows"]),
    "late_cancellation_rate":
        lambda m: (m["late_cancellations"], m["visits"] + m["no_shows"] + m["late_cancellations"]),
    "practice_cancellation_rate": lambda m: (m["practice_cancellations"], _asked(m)),
    "scheduling_accuracy": _over("misbooked", "assessed_bookings"),
    "slot_utilization": _over("minutes_booked", "minutes_open"),
    "third_next_available_days": _over("third_next_days", "third_next_samples"),
    "patients_per_day": _over("visits", "clinic_days"),
    "visits_per_staff_fte": lambda m: (m["visits"], _full_time(m)),
    "work_rvus_per_staff_fte": lambda m: (m["work_rvus"], _full_time(m)),
    "call_abandonment_rate": _over("calls_abandoned", "calls_offered"),
    "average_answer_seconds": _over("answer_seconds", "calls_answered"),
    "staff_turnover": lambda m: (m["leavers"], m.mean("headcount")),
    "new_patient_share": _over("new_patient_visits", "visits_typed"),
    "satisfaction_score": _over("answer_share", "answers"),
    "top_box_share": _over("top_box", "answers"),
    "net_promoter_score": lambda m: (m["promoters"] - m["detractors"], m["recommend_answers"]),
    "survey_response_rate": _over("responses", "invitations"),
    "complaint_rate": _over("complaints", "visits"),
    "complaints_resolved_in_7_days": _over("complaints_resolved_7", "complaints_due"),
    "compliance_violations": _count(*(f"{kind}_violations" for kind in VIOLATIONS)),
    **{f"{kind}_violations": _count(f"{kind}_violations") for kind in VIOLATIONS},
    "records_breached": _count("records_breached"),
    "osha_recordables": _count("osha_recordables"),
    "osha_trir": _over("osha_recordables", "staff_hours"),
    "late_incident_reports": _count("late_reports"),
    "audit_pass_rate": _over("audits_passed", "audits_done"),
    "audits_on_time": _over("audits_on_time", "audits_due"),
    "corrective_actions_on_time": _over("corrective_on_time", "corrective_due"),
    "training_on_time": _over("courses_on_time", "courses_due"),
    "coding_accuracy": _over("codes_correct", "codes_reviewed"),
}  # fmt: skip
"""Numerator and denominator as the reference gives them."""

RANKED = {
    "median_wait_minutes": ("waits", 5),
    "p90_wait_minutes": ("waits", 9),
    "median_cycle_minutes": ("cycles", 5),
}
"""Of quantiles: what is put in order, and at how many tenths of it the value stands."""


def ranked(listed: Listed, measure: str, tenths: int) -> int:
    """The smallest wait that so many tenths of all do not exceed."""
    ordered = sorted(minutes(row) for row in listed.of(measure))
    return ordered[-(-tenths * len(ordered) // 10) - 1]
