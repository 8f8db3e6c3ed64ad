"""What must add up once files are loaded: said beside what they did, and stopping nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from kpi.datasets.stored import date_of
from kpi.measures.aggregates import counted
from kpi.measures.completeness import presence
from kpi.measures.sealed import seal_of
from kpi.measures.snapshots import in_last_snapshots
from kpi.measures.stored import monthly_values
from kpi.months import Month
from kpi.numbers import show
from kpi.store.tables import records

TOLERANCE = 0.01
"""Of the charges between two snapshots: reports are run in the course of one evening, and what is
posted between the first and the last of them is part of a day's, which is a twentieth of all."""

_MOST = 3
_ROLLED = ("charges", "payments", "ar_aging")
_STATUSES = {
    "visits": "completed",
    "no_shows": "no-show",
    "cancellations": "cancelled or moved",
    "unresolved": "still scheduled",
}


def identities(
    connection: Connection, practice: int, dataset: str, months: Iterable[Month]
) -> list[str]:
    """Sentences on the identities that a dataset's months enter, after they are loaded.

    Of appointments, that the bookings are those kept, missed, cancelled and still open; of charges,
    payments and AR aging, that the balance rolls forward from one snapshot to the next. Nothing is
    said where something of it is not complete, or its records are no longer kept.
    """
    found = sorted(set(months))
    if not found:
        return []
    if dataset == "appointments":
        return list(_booked(connection, practice, found))
    if dataset in _ROLLED:
        # A snapshot opens the month after its own.
        around = {month for each in found for month in (each, each + 1)}
        return list(_rolled(connection, practice, sorted(around)))
    return []


def _booked(connection: Connection, practice: int, months: list[Month]) -> Iterator[str]:
    values = monthly_values(connection, practice, ["bookings", *_STATUSES], months)
    sums = {name: round(sum(by_month.values())) for name, by_month in values.items()}
    booked = sums.get("bookings", 0)
    parts = {words: sums.get(name, 0) for name, words in _STATUSES.items()}
    if not booked:
        return
    said = " + ".join(f"{count:,} {words}" for words, count in parts.items() if count)
    off = booked - sum(parts.values())
    if off:
        yield f"{booked:,} booked, and {said or 'none'} with a known outcome: {off:+,} differ."
    else:
        yield f"{booked:,} booked = {said}."


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What was owed on a day, credits deducted, in cents."""

    day: int
    balance: int


def _rolled(connection: Connection, practice: int, months: list[Month]) -> Iterator[str]:
    wrong: list[str] = []
    right: list[Month] = []
    sealed = seal_of(connection, practice)
    for month in months:
        opening = _snapshot(connection, practice, month - 1)
        closing = _snapshot(connection, practice, month)
        if opening is None or closing is None:
            continue
        between = _months_between(opening.day, closing.day)
        if any(each.code < sealed.of(name) for name in _ROLLED for each in between):
            continue
        if not all(_complete(connection, practice, name, between) for name in _ROLLED[:2]):
            continue
        charges = _posted(connection, records["charges"], practice, opening, closing)
        taken = _posted(connection, records["payments"], practice, opening, closing)
        expected = opening.balance + charges - taken
        off = closing.balance - expected
        if abs(off) <= max(TOLERANCE * abs(charges), 1):
            right.append(month)
            continue
        wrong.append(
            f"What is owed does not roll forward to {date_of(closing.day)}: "
            f"{_dollars(opening.balance)} on {date_of(opening.day)}, {_dollars(charges)} charged "
            f"since and {_dollars(taken)} paid or written off make {_dollars(expected)}; the aging "
            f"says {_dollars(closing.balance)}, {_dollars(abs(off))} "
            f"{'more' if off > 0 else 'less'}."
        )
    yield from wrong[:_MOST]
    if len(wrong) > _MOST:
        yield f"Nor does it in {len(wrong) - _MOST} more months."
    if right:
        yield f"What is owed rolls forward in {', '.join(map(str, right))}."


def _snapshot(connection: Connection, practice: int, month: Month) -> _Snapshot | None:
    """The month's last snapshot; None where there is none, or one of several days."""
    table = records["ar_aging"]
    state = presence(connection, practice, "ar_aging", [month])[month].state
    if state != "complete":
        return None
    columns = ("days_0_30", "days_31_60", "days_61_90", "days_91_120", "days_over_120", "credits")
    query = (
        select(table.c.as_of, *(func.sum(table.c[name]) for name in columns))
        .where(
            counted(table, practice),
            table.c.record_month == month.code,
            in_last_snapshots(connection, table, practice, {month.code}),
        )
        .group_by(table.c.as_of)
    )
    found = connection.execute(query).all()
    if len(found) != 1:
        return None
    day, *sums = found[0]
    return _Snapshot(day, sum(int(each or 0) for each in sums))


def _months_between(opening: int, closing: int) -> list[Month]:
    """The months of the days after one snapshot and up to the next."""
    first, last = Month.of(date_of(opening + 1)), Month.of(date_of(closing))
    return [first] if first == last else [first, last]


def _complete(connection: Connection, practice: int, dataset: str, months: list[Month]) -> bool:
    found = presence(connection, practice, dataset, months)
    return all(each.state == "complete" for each in found.values())


def _posted(
    connection: Connection, table: Table, practice: int, opening: _Snapshot, closing: _Snapshot
) -> int:
    months = [month.code for month in _months_between(opening.day, closing.day)]
    query = select(func.sum(table.c.amount)).where(
        counted(table, practice),
        table.c.record_month.in_(months),
        table.c.posted_date > opening.day,
        table.c.posted_date <= closing.day,
    )
    return int(connection.execute(query).scalar_one() or 0)


def _dollars(cents: int) -> str:
    return show(cents / 100, "dollars")
