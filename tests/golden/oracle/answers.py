"""The twenty-one KPIs of a practice for some months, by the formulas of the reference."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from typing import Any

from . import quantities as q
from .complete import days_of, incomplete
from .reading import Practice, months_from, practice, rows_of

Answer = dict[str, Any]
"""status, value, numerator, denominator, n; None where there is none."""

NO_DATA: Answer = {
    "status": "no_data", "value": None, "numerator": None, "denominator": None, "n": None,
}  # fmt: skip


class _Period:
    """The months asked for, those a year before, and what each KPI needs of them."""

    def __init__(self, ident: str, first: str, last: str) -> None:
        self.practice: Practice = practice(ident)
        self.months = months_from(first, last)
        self.before = [f"{int(month[:4]) - 1}{month[4:]}" for month in self.months]
        year, number = (int(part) for part in first.split("-"))
        self.opening = f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"
        self.days, self.year_days = days_of(first, last)

    def lacks(self, **needed: list[str]) -> bool:
        return any(incomplete(self.practice, name, months) for name, months in needed.items())


def answers(practice_id: str, first: str, last: str) -> dict[str, Answer]:
    """Every KPI's status, value, numerator, denominator and n for the months first..last."""
    period = _Period(practice_id, first, last)
    return {kpi: _finished(work(period)) for kpi, work in _KPIS.items()}


def _finished(found: Answer | None) -> Answer:
    if found is None:
        return dict(NO_DATA)
    return {
        name: float(value) if isinstance(value, Fraction) else value
        for name, value in found.items()
    }


def _answer(
    value: Any, numerator: Any, denominator: Any, n: Any, enough: bool
) -> Answer:  # fmt: skip
    return {
        "status": "scored" if enough else "too_few",
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "n": n,
    }


def _ratio(part: Any, whole: Any, n: Any, enough: bool, scale: int = 1) -> Answer | None:
    if whole <= 0:
        return None
    return _answer(Fraction(part) / Fraction(whole) * scale, part, whole, n, enough)


# -- financial ----------------------------------------------------------------------------------


def _revenue_growth(p: _Period) -> Answer | None:
    if p.lacks(ledger=p.months + p.before):
        return None
    now = q.money(p.practice, "ledger", p.months, kind="revenue")
    then = q.money(p.practice, "ledger", p.before, kind="revenue")
    if then <= 0:
        return None
    return _answer(now / then - 1, now, then, len(p.months), len(p.months) >= 3)


def _operating_cost_reduction(p: _Period) -> Answer | None:
    if p.lacks(ledger=p.months + p.before) or q.without_category(p.practice, p.months + p.before):
        return None
    now, then = q.running_costs(p.practice, p.months), q.running_costs(p.practice, p.before)
    if then <= 0:
        return None
    return _answer(1 - now / then, now, then, len(p.months), len(p.months) >= 3)


def _cost_per_visit_reduction(p: _Period) -> Answer | None:
    both = p.months + p.before
    if p.lacks(ledger=both, appointments=both) or q.without_category(p.practice, both):
        return None
    visits = [len(q.completed(p.practice, months)) for months in (p.months, p.before)]
    if not all(visits):
        return None
    now = q.running_costs(p.practice, p.months) / visits[0]
    then = q.running_costs(p.practice, p.before) / visits[1]
    if then <= 0:
        return None
    # The reference does not say which of the two visits is its n.
    return _answer(1 - now / then, now, then, None, min(visits) >= 300)


def _overhead_ratio(p: _Period) -> Answer | None:
    if p.lacks(ledger=p.months) or q.without_category(p.practice, p.months):
        return None
    revenue = q.money(p.practice, "ledger", p.months, kind="revenue")
    costs = q.running_costs(p.practice, p.months)
    return _ratio(costs, revenue, len(p.months), len(p.months) >= 3)


def _ar_turnover(p: _Period) -> Answer | None:
    if p.lacks(charges=p.months, ar_aging=[p.opening, *p.months]):
        return None
    gross = q.money(p.practice, "charges", p.months)
    balances = [q.owed(p.practice, month) for month in [p.opening, *p.months]]
    mean = sum(balances, Fraction(0)) / len(balances)
    yearly = gross * p.year_days / p.days
    return _ratio(yearly, mean, len(p.months), len(p.months) >= 3)


def _days_in_ar(p: _Period) -> Answer | None:
    if p.lacks(charges=p.months, ar_aging=p.months[-1:]):
        return None
    a_day = q.money(p.practice, "charges", p.months) / p.days
    closing = q.owed(p.practice, p.months[-1])
    return _ratio(closing, a_day, len(p.months), len(p.months) >= 3)


def _ar_over_90_share(p: _Period) -> Answer | None:
    if p.lacks(ar_aging=p.months):
        return None
    old = sum(q.owed(p.practice, month, q.BUCKETS[3:]) for month in p.months)
    total = sum(q.owed(p.practice, month) for month in p.months)
    return _ratio(old, total, len(p.months), len(p.months) >= 3)


def _net_collection_rate(p: _Period) -> Answer | None:
    if p.lacks(charges=p.months, payments=p.months):
        return None
    receipts = q.money(p.practice, "payments", p.months, kind=("payment", "refund"))
    allowed = q.money(p.practice, "charges", p.months) - q.money(
        p.practice, "payments", p.months, kind="contractual"
    )
    return _ratio(receipts, allowed, len(p.months), allowed >= 50_000)


# -- operational --------------------------------------------------------------------------------


def _waits(p: _Period, least: int) -> tuple[list[int], bool] | None:
    """The waits, and whether there are enough of them and enough visits measured one."""
    if p.lacks(appointments=p.months):
        return None
    found = q.waits(p.practice, p.months)
    if not found:
        return None
    measured = len(found) >= Fraction(4, 5) * len(q.completed(p.practice, p.months))
    return found, measured and len(found) >= least


def _wait_quantile(p: _Period, share: Fraction) -> Answer | None:
    found = _waits(p, 100)
    if found is None:
        return None
    return _answer(q.nearest_rank(found[0], share), None, None, len(found[0]), found[1])


def _seen_within_15_minutes(p: _Period) -> Answer | None:
    found = _waits(p, 30)
    if found is None:
        return None
    soon = sum(wait <= 15 for wait in found[0])
    return _ratio(soon, len(found[0]), len(found[0]), found[1])


def _no_show_rate(p: _Period) -> Answer | None:
    if p.lacks(appointments=p.months):
        return None
    rows = rows_of(p.practice, "appointments", p.months)
    missed = sum(row["status"] == "no_show" for row in rows)
    kept = sum(row["status"] == "completed" for row in rows)
    settled = sum(row["status"] == "scheduled" for row in rows) <= Fraction(2, 100) * len(rows)
    return _ratio(missed, kept + missed, kept + missed, settled and kept + missed >= 30)


def _scheduling_accuracy(p: _Period) -> Answer | None:
    if p.lacks(appointments=p.months):
        return None
    judged, misbooked = q.bookings_judged(p.practice, p.months)
    if not judged:
        return None
    visits = q.completed(p.practice, p.months)
    known = sum(bool(v.get("provider")) and v.get("scheduled_minutes") is not None for v in visits)
    moved = [row for row in rows_of(p.practice, "appointments", p.months)
             if row["status"] == "rescheduled"]  # fmt: skip
    blamed = sum(row.get("changed_by") is not None for row in moved)
    filled = known >= Fraction(4, 5) * len(visits) and blamed >= Fraction(4, 5) * len(moved)
    value = 1 - Fraction(misbooked, judged)
    return _answer(value, misbooked, judged, judged, filled and judged >= 100)


def _patients_per_day(p: _Period) -> Answer | None:
    if p.lacks(appointments=p.months):
        return None
    visits = q.completed(p.practice, p.months)
    days = len({row["start_at"].date() for row in visits})
    return _ratio(len(visits), days, days, days >= 10)


# -- satisfaction -------------------------------------------------------------------------------


def _satisfaction_score(p: _Period) -> Answer | None:
    if p.lacks(surveys=p.months):
        return None
    found = q.answers(p.practice, p.months, recommend=False)
    shares = sum(
        ((row["score"] - row["scale_min"]) / (row["scale_max"] - row["scale_min"])
         for row in found), Fraction(0),
    )  # fmt: skip
    return _ratio(shares, len(found), len(found), len(found) >= 30, scale=100)


def _top_box_share(p: _Period) -> Answer | None:
    if p.lacks(surveys=p.months):
        return None
    found = q.answers(p.practice, p.months, recommend=False)
    top = 0
    for row in found:
        ten = (row["scale_min"], row["scale_max"]) == (0, 10)
        top += row["score"] >= 9 if ten else row["score"] == row["scale_max"]
    return _ratio(top, len(found), len(found), len(found) >= 30)


def _net_promoter_score(p: _Period) -> Answer | None:
    if p.lacks(surveys=p.months):
        return None
    found = [row for row in q.answers(p.practice, p.months, recommend=True)
             if (row["scale_min"], row["scale_max"]) == (0, 10)]  # fmt: skip
    balance = sum(row["score"] >= 9 for row in found) - sum(row["score"] <= 6 for row in found)
    return _ratio(balance, len(found), len(found), len(found) >= 100, scale=100)


def _complaint_rate(p: _Period) -> Answer | None:
    if p.lacks(complaints=p.months, appointments=p.months):
        return None
    visits = len(q.completed(p.practice, p.months))
    made = len(rows_of(p.practice, "complaints", p.months))
    return _ratio(made, visits, visits, visits >= 500, scale=1000)


def _complaints_resolved_in_7_days(p: _Period) -> Answer | None:
    if p.lacks(complaints=p.months):
        return None
    due = q.complaints_due(p.practice, p.months)
    soon = sum(
        row.get("resolved_on") is not None
        and row["resolved_on"] <= row["received_on"] + timedelta(days=7)
        for row in due
    )
    if not due:
        return {**NO_DATA, "status": "not_applicable"}
    return _ratio(soon, len(due), len(due), len(due) >= 5)


# -- compliance ---------------------------------------------------------------------------------


def _violations(p: _Period, kinds: tuple[str, ...]) -> Answer:
    """Besides the answer: ``so_far``, what is there of it even where months are not complete,
    and ``pending``, whether somebody has still to decide on an incident.
    """
    rows = [row for row in rows_of(p.practice, "incidents", p.months) if row["kind"] in kinds]
    count = sum(row.get("confirmed") is True for row in rows)
    known = not p.lacks(incidents=p.months)
    found = _answer(count, count, None, None, True) if known else dict(NO_DATA)
    pending = any(row.get("confirmed") is None for row in rows)
    return {**found, "so_far": count, "pending": pending}


_KPIS: dict[str, Callable[[_Period], Answer | None]] = {
    "revenue_growth": _revenue_growth,
    "operating_cost_reduction": _operating_cost_reduction,
    "cost_per_visit_reduction": _cost_per_visit_reduction,
    "overhead_ratio": _overhead_ratio,
    "ar_turnover": _ar_turnover,
    "days_in_ar": _days_in_ar,
    "ar_over_90_share": _ar_over_90_share,
    "net_collection_rate": _net_collection_rate,
    "median_wait_minutes": lambda p: _wait_quantile(p, Fraction(1, 2)),
    "p90_wait_minutes": lambda p: _wait_quantile(p, Fraction(9, 10)),
    "seen_within_15_minutes": _seen_within_15_minutes,
    "no_show_rate": _no_show_rate,
    "scheduling_accuracy": _scheduling_accuracy,
    "patients_per_day": _patients_per_day,
    "satisfaction_score": _satisfaction_score,
    "top_box_share": _top_box_share,
    "net_promoter_score": _net_promoter_score,
    "complaint_rate": _complaint_rate,
    "complaints_resolved_in_7_days": _complaints_resolved_in_7_days,
    "compliance_violations": lambda p: _violations(p, ("hipaa", "osha", "billing", "ethics")),
    "hipaa_violations": lambda p: _violations(p, ("hipaa",)),
}
KPIS = tuple(_KPIS)
"""The ids, in the order of the reference."""
