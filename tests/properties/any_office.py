"""Records of every dataset drawn at random: the exports of a practice that nobody thought out.

Everything that a KPI reads is there in every month, most optional cells are sometimes blank, and
amounts may be negative where the dataset allows it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from kpi.datasets import dataset as dataset_named
from kpi.months import Month
from tests.office import Office

PROVIDERS = ("Dr. Ahn", "Dr. Birch", "Nurse Cole")
PAYERS = ("Aster", "Bluebell", "Clover")
PLACES = ("East", "West")

Cells = dict[str, object]


def exports(
    seed: int, months: Sequence[Month], datasets: Sequence[str] = ()
) -> dict[str, list[Cells]]:
    """The rows of each dataset, or of those named, over months that need not be next to each
    other."""
    random = Random(seed)
    return {
        dataset: [row for month in months for row in make(random, month)]
        for dataset, make in _MAKERS.items()
        if not datasets or dataset in datasets
    }


def load(office: Office, files: dict[str, list[Cells]], months: Sequence[Month]) -> None:
    """Loads a file a dataset."""
    for dataset, rows in files.items():
        # Days without a record would make a month partial, unless the file says what it covers.
        daily = dataset_named(dataset).daily
        office.load(text_of(rows), dataset, f"{months[0]}..{months[-1]}" if daily else "")


def text_of(rows: Sequence[Cells]) -> str:
    """The rows as a CSV file with the canonical header."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(str(row.get(name, "")) for name in names) for row in rows]
    return "\n".join([",".join(names), *lines]) + "\n"


def _days(random: Random, month: Month, most: int) -> Iterator[date]:
    for _ in range(random.randint(2, most)):
        yield _day(random, month)


def _day(random: Random, month: Month) -> date:
    return date(month.year, month.number, random.randint(1, month.days))


def _maybe(random: Random, value: object, blank: float = 0.25) -> object:
    return "" if random.random() < blank else value


def _who(random: Random) -> Cells:
    return {
        "provider": random.choice(PROVIDERS),
        "location": random.choice(PLACES),
        "payer": _maybe(random, random.choice(PAYERS)),
    }


def _id(random: Random) -> str:
    return f"{random.getrandbits(48):012x}"


def _money(random: Random, least: int = -20_000, most: int = 200_000) -> str:
    return f"{random.randint(least, most) / 100:.2f}"


def _truth(random: Random, blank: float = 0.25) -> object:
    return _maybe(random, random.choice(("true", "false")), blank)


def _appointments(random: Random, month: Month) -> Iterator[Cells]:
    for day in _days(random, month, 14):
        start = datetime.combine(day, time(8)) + timedelta(minutes=random.randrange(0, 480, 10))
        status = random.choice(
            ("completed",) * 5 + ("no_show", "cancelled", "rescheduled", "scheduled")
        )
        row: Cells = {
            "appointment_id": _id(random), "start_at": f"{start:%Y-%m-%d %H:%M}", "status": status,
            "scheduled_minutes": _maybe(random, random.choice((10, 20, 60))), **_who(random),
            "new_patient": _truth(random), "booking_error": _truth(random),
        }  # fmt: skip
        if status == "completed":
            arrived = start + timedelta(minutes=random.randint(-20, 20))
            seen = arrived + timedelta(minutes=random.randint(-2, 70))
            left = seen + timedelta(minutes=random.randint(5, 60))
            for name, at in (("arrived_at", arrived), ("seen_at", seen), ("departed_at", left)):
                row[name] = _maybe(random, f"{at:%Y-%m-%d %H:%M}", 0.1)
        if status in ("cancelled", "rescheduled"):
            row["changed_by"] = _maybe(random, random.choice(("patient", "practice")))
            at = start - timedelta(hours=random.choice((2, 23, 24, 80)))
            row["cancelled_at"] = _maybe(random, f"{at:%Y-%m-%d %H:%M}")
        yield row


def _charges(random: Random, month: Month) -> Iterator[Cells]:
    for day in _days(random, month, 8):
        served = day - timedelta(days=random.randint(-1, 9))
        yield {
            "charge_id": _id(random), "posted_date": day, "amount": _money(random),
            "service_date": _maybe(random, served), **_who(random),
            "work_rvu": _maybe(random, random.randint(0, 400) / 100),
        }  # fmt: skip


def _payments(random: Random, month: Month) -> Iterator[Cells]:
    for day in _days(random, month, 10):
        kind = random.choice(("payment", "payment", "refund", "contractual", "bad_debt"))
        yield {
            "payment_id": _id(random), "posted_date": day, "kind": kind,
            "amount": _money(random, -9_000, -1) if kind == "refund" else _money(random, 1),
            "source": random.choice(("patient", "insurance")), **_who(random),
            "at_visit": _truth(random),
        }  # fmt: skip


def _claims(random: Random, month: Month) -> Iterator[Cells]:
    for day in _days(random, month, 8):
        outcome = random.choice(("paid", "partial", "denied", ""))
        later = day + timedelta(days=random.randint(0, 25))
        yield {
            "claim_id": _id(random), "submitted_date": day, "first_pass": _truth(random),
            "outcome": outcome, "outcome_date": _maybe(random, later, 0.15),
            "payer": random.choice(PAYERS), "location": random.choice(PLACES),
        }  # fmt: skip


def _ledger(random: Random, month: Month) -> Iterator[Cells]:
    yield {"month": month, "account": "Fees", "kind": "revenue", "amount": _money(random, 1)}
    yield {"month": month, "account": "Tests", "kind": "revenue", "amount": _money(random)}
    for account, category in (
        ("Rent", "rent"), ("Wages", "payroll"), ("Owners", "provider_compensation")
    ):  # fmt: skip
        yield {
            "month": month, "account": account, "kind": "expense", "category": category,
            "amount": _money(random, 1), "budget": _maybe(random, _money(random, 1)),
        }  # fmt: skip


def _aging(random: Random, month: Month) -> Iterator[Cells]:
    """A snapshot in the middle of the month, which does not count, and one at its end."""
    buckets = ("days_0_30", "days_31_60", "days_61_90", "days_91_120", "days_over_120")
    for day in (15, monthrange(month.year, month.number)[1]):
        for payer in PAYERS:
            yield {
                "as_of": date(month.year, month.number, day), "payer": payer,
                **{bucket: _money(random, 0) for bucket in buckets},
            }  # fmt: skip


def _staff(random: Random, month: Month) -> Iterator[Cells]:
    for number in range(random.randint(2, 6)):
        left = _maybe(random, _day(random, month), 0.7)
        yield {
            "as_of": month.last_day, "employee_id": f"E-{number}", "job": "Assistant",
            "hired_on": date(2020, 1, 1 + number), "left_on": left,
            "is_provider": "true" if number == 1 else _maybe(random, "false"),
        }  # fmt: skip


def _hours(random: Random, month: Month) -> Iterator[Cells]:
    """One pay period that ends within the month and begins in the one before, and the rest."""
    cut = date(month.year, month.number, random.randint(10, 20))
    before = (month - 1).last_day - timedelta(days=3)
    for first, last in ((before, cut), (cut + timedelta(days=1), month.last_day)):
        for number in range(3):
            yield {
                "employee_id": f"E-{number}", "period_start": first, "period_end": last,
                "regular_hours": random.randint(0, 9_000) / 100,
                "overtime_hours": _maybe(random, random.randint(0, 900) / 100),
                "is_provider": "true" if number == 1 else "",
            }  # fmt: skip


def _surveys(random: Random, month: Month) -> Iterator[Cells]:
    for sent in _days(random, month, 6):
        response, answered = _id(random), random.random() < 0.7
        questions = (("overall", 1, 5), ("staff", 0, 100), ("recommend", 0, 10))
        for question, low, high in questions if answered else questions[:1]:
            yield {
                "response_id": response, "question": question, "sent_on": sent,
                "score": random.choice((low, high, random.randint(low, high))) if answered else "",
                "scale_min": low, "scale_max": high,
                "answered_on": sent + timedelta(days=random.randint(0, 3)) if answered else "",
                "provider": random.choice(PROVIDERS), "location": random.choice(PLACES),
            }  # fmt: skip


def _complaints(random: Random, month: Month) -> Iterator[Cells]:
    for day in _days(random, month, 5):
        settled = day + timedelta(days=random.randint(0, 14))
        yield {
            "complaint_id": _id(random), "received_on": day,
            "resolved_on": _maybe(random, settled), "location": random.choice(PLACES),
        }  # fmt: skip


def _incidents(random: Random, month: Month) -> Iterator[Cells]:
    for day in _days(random, month, 6):
        reported = day + timedelta(days=random.randint(1, 90))
        yield {
            "incident_id": _id(random), "occurred_on": day, "discovered_on": _maybe(random, day),
            "kind": random.choice(("hipaa", "hipaa", "osha", "billing", "ethics")),
            "confirmed": _truth(random), "reportable": _truth(random, 0.1),
            "recordable": _truth(random, 0.1),
            "records_affected": _maybe(random, random.randint(0, 40)),
            "reported_on": _maybe(random, reported),
        }  # fmt: skip


def _calls(random: Random, month: Month) -> Iterator[Cells]:
    for day in dict.fromkeys(_days(random, month, 9)):
        offered = random.randint(0, 90)
        lost = random.randint(0, offered)
        waited = random.randint(0, 30) * (offered - lost)
        yield {
            "day": day, "offered": offered, "abandoned": lost, "location": random.choice(PLACES),
            "answered": _maybe(random, offered - lost), "wait_seconds": _maybe(random, waited),
        }  # fmt: skip


def _availability(random: Random, month: Month) -> Iterator[Cells]:
    for day in dict.fromkeys(_days(random, month, 9)):
        for provider in PROVIDERS[: random.randint(1, 3)]:
            yield {
                "day": day, "provider": provider, "location": random.choice(PLACES),
                "minutes_open": _maybe(random, random.randint(0, 480)),
                "minutes_booked": _maybe(random, random.randint(0, 480)),
                "third_next_available_days": _maybe(random, random.randint(0, 30)),
            }  # fmt: skip


def _audits(random: Random, month: Month) -> Iterator[Cells]:
    for day in _days(random, month, 5):
        done, reviewed = random.random() < 0.8, random.randint(0, 30)
        due = day + timedelta(days=random.randint(-9, 9))
        yield {
            "audit_id": _id(random), "kind": random.choice(("coding", "coding", "cash")),
            "due_on": _maybe(random, due, 0.1 if done else 0),
            "performed_on": day if done else "", "passed": _truth(random) if done else "",
            "items_reviewed": _maybe(random, reviewed),
            "items_correct": _maybe(random, random.randint(0, reviewed)),
            "corrective_due_on": _maybe(random, day + timedelta(days=10), 0.5),
            "corrective_done_on": _maybe(random, day + timedelta(days=random.randint(5, 15)), 0.5),
        }  # fmt: skip


def _training(random: Random, month: Month) -> Iterator[Cells]:
    for at, day in enumerate(_days(random, month, 6)):
        done = day + timedelta(days=random.randint(-20, 10))
        yield {
            "employee_id": f"E-{at}", "course": "HIPAA basics", "due_on": day,
            "completed_on": _maybe(random, done),
        }  # fmt: skip


_MAKERS: dict[str, Callable[[Random, Month], Iterator[Cells]]] = {
    "appointments": _appointments, "charges": _charges, "payments": _payments, "claims": _claims,
    "ledger": _ledger, "ar_aging": _aging, "staff": _staff, "staff_hours": _hours,
    "surveys": _surveys, "complaints": _complaints, "incidents": _incidents, "calls": _calls,
    "availability": _availability, "audits": _audits, "training": _training,
}  # fmt: skip
