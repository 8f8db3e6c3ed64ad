"""Measures of staff without providers: the headcount at the month's last list, and who left."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from kpi.measures.aggregates import Computed, Condition, DatasetMeasures, Row, counted
from kpi.measures.snapshots import in_last_snapshots
from kpi.store.calendar import month_of_days
from kpi.store.tables import records

t = records["staff"]

employee = or_(t.c.is_provider.is_(None), t.c.is_provider == 0)
employed = and_(t.c.hired_on <= t.c.as_of, or_(t.c.left_on.is_(None), t.c.left_on > t.c.as_of))
# Also who leaves after the list was made: the next month's list lacks them.
left = month_of_days(t.c.left_on) == t.c.record_month
_OF = {"headcount": employed, "leavers": left}


def _entering(connection: Connection, measure: str, practice: int, months: set[int]) -> Condition:
    snapshot = in_last_snapshots(connection, t, practice, months)
    return and_(t.c.record_month.in_(months), snapshot, employee, _OF[measure])


def _counts(
    connection: Connection, practice: int, months: set[int], by: ColumnElement[Any]
) -> Iterable[Row]:
    query = (
        select(
            t.c.record_month,
            by,
            *(func.sum(case((condition, 1), else_=0)) for condition in _OF.values()),
        )
        .where(counted(t, practice), t.c.record_month.in_(months), employee)
        .where(in_last_snapshots(connection, t, practice, months))
        .group_by(t.c.record_month, by)
    )
    for month, group, *counts in connection.execute(query):
        for name, count in zip(_OF, counts, strict=True):
            yield month, group, name, int(count)


MEASURES = DatasetMeasures("staff", (Computed(tuple(_OF), _counts, _entering),))
