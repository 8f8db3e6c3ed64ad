"""Measures of staff hours without providers, spread evenly over the days of each pay period."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from math import fsum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from kpi.datasets.stored import DECIMAL_SCALE, date_of, days_of
from kpi.measures.aggregates import Computed, Condition, DatasetMeasures, Present, Row, counted
from kpi.months import Month
from kpi.store.tables import records

t = records["staff_hours"]

USUAL_PERIOD = 14
"""Days of a pay period whose first day is not given."""

REACH = 2
"""Months back that a pay period can reach from the one that it ends in: the longest has 45 days."""

employee = or_(t.c.is_provider.is_(None), t.c.is_provider == 0)
start = func.coalesce(t.c.period_start, t.c.period_end - (USUAL_PERIOD - 1))


def _overlapping(months: set[int]) -> Condition:
    """Pay periods with a day in one of the months."""
    spans = [Month.from_code(code) for code in sorted(months)]
    return or_(
        *(
            and_(start <= days_of(month.last_day), t.c.period_end >= days_of(month.first_day))
            for month in spans
        )
    )


def _entering(
    _connection: Connection, _measure: str, _practice: int, months: set[int]
) -> Condition:
    return and_(employee, _overlapping(months))


def _hours(
    connection: Connection, practice: int, months: set[int], by: ColumnElement[Any]
) -> Iterable[Row]:
    """Summed exactly a span, and then over the spans in order, so that the same hours give the
    same bits in whatever order they were loaded."""
    query = (
        select(
            by,
            start,
            t.c.period_end,
            func.sum(t.c.regular_hours),
            func.sum(func.coalesce(t.c.overtime_hours, 0)),
        )
        .where(counted(t, practice), employee, _overlapping(months))
        .group_by(by, start, t.c.period_end)
        .order_by(by, start, t.c.period_end)
    )
    parts: dict[tuple[int, str, str], list[float]] = defaultdict(list)
    for group, first, last, regular, overtime in connection.execute(query):
        for code, days in _days_by_month(first, last):
            if code not in months:
                continue
            share = DECIMAL_SCALE * (last - first + 1)
            worked = int(regular) + int(overtime)
            parts[code, group, "staff_hours"].append(worked * days / share)
            parts[code, group, "overtime_hours"].append(int(overtime) * days / share)
    for (code, group, name), values in parts.items():
        yield code, group, name, fsum(values)


def _days_by_month(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Months with how many days of a span each has."""
    day, end = date_of(first), date_of(last)
    while day <= end:
        month = Month.of(day)
        until = min(end, month.last_day)
        yield month.code, (until - day).days + 1
        day = until + timedelta(days=1)


def _present(connection: Connection, practice: int, months: set[int]) -> Present:
    """Rows whose span has a day in a month, and the days of it that lie in some span."""
    location = func.coalesce(t.c.location, "")
    query = (
        select(location, start, t.c.period_end, func.count())
        .where(counted(t, practice), _overlapping(months))
        .group_by(location, start, t.c.period_end)
    )
    found: Present = {}
    for place, first, last, rows in connection.execute(query):
        for code, days in _days_by_month(first, last):
            if code in months:
                held, bits = found.get((code, place), (0, 0))
                begins = max(first, days_of(Month.from_code(code).first_day))
                bits |= ((1 << days) - 1) << (date_of(begins).day - 1)
                found[code, place] = held + rows, bits
    return found


MEASURES = DatasetMeasures(
    "staff_hours",
    (Computed(("staff_hours", "overtime_hours"), _hours, _entering, reach=REACH),),
    present=_present,
    reach=REACH,
)
