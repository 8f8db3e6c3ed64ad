"""The canonical files: which columns each practice's exports have, and how they are cut up."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from .days import MONTHS, index_of, last_day, month_text, quarter_text
from .draw import chance, stream
from .ledger import CHART, amounts, budgets, path
from .money import Books, aged
from .plan import Plan
from .schedule import Booking

Row = list[str]
Table = tuple[Row, list[Row]]
"""A header and its rows."""


def dollars(cents: int) -> str:
    """Cents as the canonical files write money."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def by_quarter(rows: Iterable[tuple[date, Row]]) -> dict[str, list[Row]]:
    """Rows of the sample's months, by the quarter of their day."""
    found: dict[str, list[Row]] = defaultdict(list)
    for day, row in rows:
        if 0 <= index_of(day) < MONTHS:
            found[quarter_text(index_of(day))].append(row)
    return dict(found)


def _time(booking: Booking, name: str) -> str:
    moment = getattr(booking, name)
    if moment is None:
        return ""
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment.second else f"{moment:%Y-%m-%d %H:%M}"


_SPOKEN = {
    "completed": "Checked Out", "no_show": "No Show", "cancelled": "Canceled",
    "rescheduled": "Rescheduled", "scheduled": "Scheduled",
}  # fmt: skip

_CELLS: dict[str, Callable[[Booking], str]] = {
    "appointment_id": lambda each: each.id,
    "start_at": lambda each: _time(each, "start"),
    "status": lambda each: each.status,
    "scheduled_minutes": lambda each: str(each.minutes),
    "arrived_at": lambda each: _time(each, "arrived"),
    "seen_at": lambda each: _time(each, "seen"),
    "departed_at": lambda each: _time(each, "departed"),
    "cancelled_at": lambda each: _time(each, "cancelled"),
    "provider": lambda each: each.provider,
    "location": lambda each: each.location,
    "changed_by": lambda each: each.changed_by,
    "booking_error": lambda each: "true" if each.error else "",
}

SCHEDULE = [
    "appointment_id", "start_at", "status", "scheduled_minutes", "provider", "location",
    "changed_by", "cancelled_at", "booking_error",
]  # fmt: skip
FLOW_BOARD = ["appointment_id", "arrived_at", "seen_at", "departed_at"]
ONE_EXPORT = [
    "appointment_id", "start_at", "status", "scheduled_minutes", "arrived_at", "seen_at",
    "provider", "changed_by", "booking_error",
]  # fmt: skip


def appointments(
    bookings: list[Booking], header: Row, *, spoken: bool = False, flow_only: bool = False
) -> dict[str, Table]:
    """Appointments by quarter. ``spoken``: status as the system's screen writes it."""
    rows = []
    for booking in bookings:
        if flow_only and booking.arrived is None:
            continue
        row = [_CELLS[name](booking) for name in header]
        if spoken:
            row[header.index("status")] = _SPOKEN[booking.status]
        rows.append((booking.day, row))
    return {quarter: (header, found) for quarter, found in by_quarter(rows).items()}


def charges(found: Books, *, located: bool) -> dict[str, Table]:
    """Charge lines by quarter of posting."""
    header = ["charge_id", "posted_date", "amount", "service_date", "procedure_code"]
    rows = []
    for each in found.charges:
        row = [each.id, f"{each.posted}", dollars(each.amount), f"{each.service}", each.code]
        rows.append((each.posted, [*row, each.location] if located else row))
    if located:
        header = [*header, "location"]
    return {quarter: (header, cut) for quarter, cut in by_quarter(rows).items()}


def payments(found: Books, *, located: bool) -> dict[str, Table]:
    """Postings by quarter."""
    header = ["payment_id", "posted_date", "amount", "kind", "source", "payer", "at_visit"]
    rows = []
    for each in found.postings:
        at_visit = "" if each.at_visit is None else str(each.at_visit).lower()
        row = [each.id, f"{each.posted}", dollars(each.amount), each.kind, each.source,
               each.payer, at_visit]  # fmt: skip
        rows.append((each.posted, [*row, each.location] if located else row))
    if located:
        header = [*header, "location"]
    return {quarter: (header, cut) for quarter, cut in by_quarter(rows).items()}


_WORK_UNITS = {"99212": "0.70", "99213": "1.30", "99214": "1.92", "99203": "1.60", "93000": "0.17",
               "90471": "0.17"}  # fmt: skip


def work_units(found: Books, months: range) -> Table:
    """The work units of the months' charge lines, by the number of the line; tests have none."""
    rows = [
        [each.id, _WORK_UNITS.get(each.code, "")]
        for each in found.charges
        if index_of(each.posted) in months
    ]
    return ["charge_id", "work_rvu"], rows


def new_patients(plan: Plan, bookings: list[Booking], months: range) -> Table:
    """Whether the patient of each completed visit of the months was new; a few were not asked."""
    rng = stream(plan.id, "new patients")
    rows = []
    for each in bookings:
        if each.status == "completed" and index_of(each.day) in months:
            said = "" if chance(rng, 0.03) else str(chance(rng, 0.085)).lower()
            rows.append([each.id, said])
    return ["appointment_id", "new_patient"], rows


AGING_HEADER = [
    "as_of", "days_0_30", "days_31_60", "days_61_90", "days_91_120", "days_over_120", "credits",
    "payer",
]  # fmt: skip


def aging(found: Books, day: date, *, located: bool) -> list[Row]:
    """One snapshot: a row a payer (and location)."""
    rows = []
    for (payer, location), buckets in aged(found, day).items():
        credit = -(sum(buckets) // 5_000) * 100
        row = [f"{day}", *(dollars(owed) for owed in buckets), dollars(credit), payer]
        rows.append([*row, location] if located else row)
    return rows


def month_ends(first: int, last: int) -> list[date]:
    """The last days of the months from first to last."""
    return [last_day(index) for index in range(first, last + 1)]


LEDGER_HEADER = ["month", "account", "kind", "amount", "category", "budget", "basis"]


def ledger(plan: Plan, found: Books, index: int) -> list[Row]:
    """One month of the canonical ledger; accounts that only head others are left out."""
    revenue = found.net[index]
    rows = []
    planned = budgets(plan, index, revenue)
    for line, amount, plan_amount in zip(
        CHART, amounts(plan, index, revenue), planned, strict=True
    ):
        if line.share:
            budget = dollars(plan_amount) if line.kind == "expense" else ""
            rows.append([month_text(index), path(line), line.kind, dollars(amount), line.category,
                         budget, "accrual"])  # fmt: skip
    return rows
