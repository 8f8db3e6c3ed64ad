"""What the records of some months add up to, exactly."""

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from .cells import Row
from .reading import Practice, rows_of

_EIGHT_HOURS = timedelta(hours=8)
BUCKETS = ("days_0_30", "days_31_60", "days_61_90", "days_91_120", "days_over_120")


def completed(practice: Practice, months: list[str]) -> list[Row]:
    """The kept visits."""
    return [
        row for row in rows_of(practice, "appointments", months) if row["status"] == "completed"
    ]


def waits(practice: Practice, months: list[str]) -> list[int]:
    """Whole minutes waited, part-minutes rounded up, of each visit that measured it; sorted."""
    found = []
    for row in completed(practice, months):
        arrived, seen = row.get("arrived_at"), row.get("seen_at")
        if arrived and seen and arrived <= seen <= arrived + _EIGHT_HOURS:
            seconds = (seen - max(arrived, row["start_at"])).total_seconds()
            found.append(max(0, ceil(Fraction(int(seconds), 60))))
    return sorted(found)


def nearest_rank(values: list[int], share: Fraction) -> int:
    """The smallest value whose rank is at least that share of them all; values are sorted."""
    return values[max(1, ceil(share * len(values))) - 1]


def bookings_judged(practice: Practice, months: list[str]) -> tuple[int, int]:
    """Bookings whose scheduling can be judged, and those of them that were misbooked."""
    measured = [
        row for row in completed(practice, months)
        if row.get("provider") and row.get("scheduled_minutes") is not None
    ]  # fmt: skip
    moved = [
        row for row in rows_of(practice, "appointments", months)
        if row["status"] == "rescheduled" and row.get("changed_by") == "practice"
    ]  # fmt: skip
    by_day: dict[object, list[Row]] = defaultdict(list)
    for row in measured:
        by_day[row["provider"], row["start_at"].date()].append(row)
    misbooked = len(moved)
    for day in by_day.values():
        for row in day:
            clash = any(_overlap(row, other) > 5 for other in day if other is not row)
            misbooked += bool(clash or row.get("booking_error"))
    return len(measured) + len(moved), misbooked


def _overlap(one: Row, other: Row) -> float:
    """Minutes that two visits have in common as booked."""
    ends = [row["start_at"] + timedelta(minutes=row["scheduled_minutes"]) for row in (one, other)]
    common: timedelta = min(ends) - max(one["start_at"], other["start_at"])
    return common / timedelta(minutes=1)


def money(practice: Practice, dataset: str, months: list[str], **where: object) -> Fraction:
    """The summed amount of the records whose columns have those values (or one of a tuple)."""
    return sum(
        (
            row["amount"]
            for row in rows_of(practice, dataset, months)
            if all(
                row.get(column) in (value if isinstance(value, tuple) else (value,))
                for column, value in where.items()
            )
        ),
        Fraction(0),
    )


def running_costs(practice: Practice, months: list[str]) -> Fraction:
    """Expenses but for what providers are paid."""
    paid = money(practice, "ledger", months, kind="expense", category="provider_compensation")
    return money(practice, "ledger", months, kind="expense") - paid


def without_category(practice: Practice, months: list[str]) -> bool:
    """Whether an expense of those months has no category."""
    return any(
        row["kind"] == "expense" and row.get("category") is None
        for row in rows_of(practice, "ledger", months)
    )


def owed(practice: Practice, month: str, buckets: tuple[str, ...] = BUCKETS) -> Fraction:
    """What was owed in those buckets on the month's last snapshot of each location."""
    rows = rows_of(practice, "ar_aging", [month])
    last: dict[object, Any] = {}
    for row in rows:
        place = row.get("location")
        last[place] = max(last.get(place, row["as_of"]), row["as_of"])
    return sum(
        (
            row[bucket]
            for row in rows
            if row["as_of"] == last[row.get("location")]
            for bucket in buckets
        ),
        Fraction(0),
    )


def answers(practice: Practice, months: list[str], *, recommend: bool) -> list[Row]:
    """Answers with a score, to the question whether one would recommend or to all others."""
    return [
        row for row in rows_of(practice, "surveys", months)
        if row.get("score") is not None and (row["question"] == "recommend") == recommend
    ]  # fmt: skip


def complaints_due(practice: Practice, months: list[str]) -> list[Row]:
    """Complaints whose seven days ran out in those months."""
    return [
        row for row in practice.records["complaints"]
        if f"{row['received_on'] + timedelta(days=7):%Y-%m}" in months
    ]  # fmt: skip
