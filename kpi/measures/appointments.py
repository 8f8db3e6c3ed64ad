"""Measures of appointments, by the month of the booked start."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select
from sqlalchemy.sql.selectable import Subquery

from kpi.measures.aggregates import (
    Computed,
    Condition,
    DatasetMeasures,
    Days,
    Minutes,
    Row,
    Total,
    counted,
)
from kpi.months import Month
from kpi.store.tables import records

t = records["appointments"]

DAY = 24 * 3600
LONGEST_WAIT = 8 * 3600
OVERLAP = 5 * 60
"""Two visits of a provider overlap wrongly when they share more than five minutes."""

completed = t.c.status == "completed"
moved = t.c.status == "rescheduled"
cancelled = t.c.status.in_(("cancelled", "rescheduled"))
by_patient = cancelled & (t.c.changed_by == "patient")
by_practice = cancelled & (t.c.changed_by == "practice")
with_length = completed & t.c.provider.is_not(None) & t.c.scheduled_minutes.is_not(None)
moved_by_practice = moved & (t.c.changed_by == "practice")
assessed = or_(with_length, moved_by_practice)
went_wrong = or_(moved_by_practice, t.c.booking_error == 1)

due_at = case((t.c.arrived_at > t.c.start_at, t.c.arrived_at), else_=t.c.start_at)
wait = case((t.c.seen_at > due_at, t.c.seen_at - due_at), else_=0)
wait_measured = and_(
    completed, t.c.seen_at >= t.c.arrived_at, t.c.seen_at - t.c.arrived_at <= LONGEST_WAIT
)
cycle_measured = and_(
    completed, t.c.departed_at >= t.c.arrived_at, t.c.departed_at - t.c.arrived_at <= LONGEST_WAIT
)


def _overlapping(
    practice: int, months: set[int], shown: tuple[ColumnElement[Any], ...]
) -> Subquery:
    """Completed visits that overlap another one of the same provider too long, and what is
    ``shown`` of them.

    Only visits longer than the limit can. In order of start, such a visit overlaps an earlier one
    if the latest end so far lies beyond its start by more than the limit, and a later one if the
    next start lies before its end by more than the limit.
    """
    near = {(Month.from_code(code) + step).code for code in months for step in (-1, 0, 1)}
    # Only what the windows need: they are sorted, and a wide row is dear to sort.
    long = (
        select(
            *(each.label(f"shown{at}") for at, each in enumerate(shown)),
            t.c.record_month,
            t.c.provider,
            t.c.start_at.label("start"),
            (t.c.start_at + t.c.scheduled_minutes * 60).label("end"),
        )
        .where(counted(t, practice), t.c.record_month.in_(near), with_length)
        .where(t.c.scheduled_minutes * 60 > OVERLAP)
        .subquery()
    )
    # Visits with the same start may stand in any order: each overlaps the others either way.
    order = long.c.start
    visits = select(
        *long.c,
        func.max(long.c.end)
        .over(partition_by=long.c.provider, order_by=order, rows=(None, -1))
        .label("latest_end_before"),
        func.lead(long.c.start)
        .over(partition_by=long.c.provider, order_by=order)
        .label("next_start"),
    ).subquery()
    return (
        select(visits.c.record_month, *(visits.c[f"shown{at}"] for at in range(len(shown))))
        .where(
            visits.c.record_month.in_(months),
            or_(
                visits.c.latest_end_before > visits.c.start + OVERLAP,
                visits.c.next_start < visits.c.end - OVERLAP,
            ),
        )
        .subquery()
    )


def _misbooked(
    _connection: Connection, _measure: str, practice: int, months: set[int]
) -> Condition:
    """Assessed bookings that went wrong, each once whatever went wrong with it."""
    overlapping = _overlapping(practice, months, (t.c.key,))
    return and_(
        t.c.record_month.in_(months),
        assessed,
        or_(went_wrong, t.c.key.in_(select(overlapping.c.shown0))),
    )


def _misbooked_rows(
    connection: Connection, practice: int, months: set[int], by: ColumnElement[Any]
) -> Iterable[Row]:
    """The same bookings, counted in two parts with nothing in common, so that none has to be
    looked up among the overlapping ones."""
    overlapping = _overlapping(practice, months, (by, case((went_wrong, 1), else_=0)))
    month, group, otherwise = overlapping.c
    parts = (
        select(month, group, func.count()).where(otherwise == 0).group_by(month, group),
        select(t.c.record_month, by, func.count())
        .where(counted(t, practice), t.c.record_month.in_(months), assessed, went_wrong)
        .group_by(t.c.record_month, by),
    )
    counts: Counter[tuple[int, Any]] = Counter()
    for query in parts:
        for code, found, count in connection.execute(query):
            counts[code, found] += count
    for (code, found), count in counts.items():
        yield code, found, "misbooked", count


MEASURES = DatasetMeasures(
    "appointments",
    (
        Total("bookings", t.c.status.is_not(None)),
        Total("visits", completed),
        Total("no_shows", t.c.status == "no_show"),
        Total("cancellations", cancelled),
        Total("patient_cancellations", by_patient),
        Total("practice_cancellations", by_practice),
        Total("unattributed_cancellations", cancelled & t.c.changed_by.is_(None)),
        Total("late_cancellations", by_patient & (t.c.start_at - t.c.cancelled_at < DAY)),
        Total("undated_cancellations", by_patient & t.c.cancelled_at.is_(None)),
        Total("unresolved", t.c.status == "scheduled"),
        Total("visits_with_length", with_length),
        Total("reschedules", moved),
        Total("reschedules_attributed", moved & t.c.changed_by.is_not(None)),
        Total("assessed_bookings", assessed),
        Total("new_patient_visits", completed & (t.c.new_patient == 1)),
        Total("visits_typed", completed & t.c.new_patient.is_not(None)),
        Minutes("waits", wait_measured, wait),
        Minutes("cycles", cycle_measured, t.c.departed_at - t.c.arrived_at),
        Days("clinic_days", completed),
        Computed(("misbooked",), _misbooked_rows, _misbooked, reach=1),
    ),
)
