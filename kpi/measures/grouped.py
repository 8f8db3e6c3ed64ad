"""Measures by month and group, straight from the live records.

What is kept is grouped by location; ``kpi.measures.breakdown`` groups by whatever is asked for.
Both take what enters a measure from the same definition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, case, distinct, func, or_, select

from kpi.measures.aggregates import DatasetMeasures, Distinct, Minutes, Row, Total, counted
from kpi.measures.scan import summed
from kpi.store.tables import WHOLE

MinuteCounts = Counter[tuple[int, str, str, int]]
"""How many of each month, measure, group and whole minutes there are."""


def location_of(table: Table) -> ColumnElement[str]:
    """The group of a record in what is kept: its location, ``''`` where it has none."""
    return func.coalesce(table.c.location, "")


def totals_by(
    connection: Connection,
    practice: int,
    measures: DatasetMeasures,
    totals: Sequence[Total],
    months: set[int],
    by: ColumnElement[Any],
) -> Iterable[Row]:
    """Totals that have their month from the same basis, whatever that is, in one pass."""
    if not totals:
        return
    table, month = measures.table, measures.month(totals[0].basis)
    query = (
        select(month, by, *(func.sum(summed(each)) for each in totals))
        .where(counted(table, practice), month.in_(months))
        .group_by(month, by)
    )
    for code, group, *sums in connection.execute(query):
        for each, found in zip(totals, sums, strict=True):
            if found:
                yield code, group, each.name, int(found) / each.scale


def distinct_by(
    connection: Connection,
    practice: int,
    measures: DatasetMeasures,
    aggregate: Distinct,
    months: set[int],
    by: ColumnElement[Any],
) -> Iterable[Row]:
    """A distinct count a group, and that of all groups together under ``WHOLE``."""
    table, month = measures.table, measures.month(aggregate.basis)
    where = and_(counted(table, practice), month.in_(months), aggregate.where, by.is_not(None))
    count = func.count(distinct(aggregate.thing))
    query = select(month, by, count).where(where).group_by(month, by)
    for code, group, found in connection.execute(query):
        yield code, group, aggregate.name, found
    whole = select(month, count).where(where).group_by(month)
    for code, found in connection.execute(whole):
        yield code, WHOLE, aggregate.name, found


def minutes_by(
    connection: Connection,
    practice: int,
    measures: DatasetMeasures,
    histograms: Sequence[Minutes],
    months: set[int],
    by: ColumnElement[Any],
) -> MinuteCounts:
    """Histograms of a dataset in one pass over the records, counted by all bins together."""
    table = measures.table
    inner = (
        select(
            table.c.record_month.label("month"),
            by.label("place"),
            *(
                case((each.where, (each.seconds + 59) // 60)).label(f"minutes{at}")
                for at, each in enumerate(histograms)
            ),
        )
        .where(counted(table, practice), table.c.record_month.in_(months))
        .where(or_(*(each.where for each in histograms)))
        .subquery()
    )
    query = select(*inner.c, func.count()).group_by(*inner.c)
    counts: MinuteCounts = Counter()
    for month, place, *bins, count in connection.execute(query):
        for each, minutes in zip(histograms, bins, strict=True):
            if minutes is not None:
                counts[month, each.name, place, minutes] += count
    return counts
