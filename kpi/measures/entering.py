"""The records behind a measure's figure."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, distinct, func, select

from kpi.measures.aggregates import Computed, Condition, Days, Distinct, basis_of, counted
from kpi.measures.registry import aggregate_of
from kpi.measures.sealed import sealed_before


def entering(
    connection: Connection,
    practice: int,
    measure: str,
    months: set[int],
    locations: tuple[str, ...] = (),
) -> tuple[str, Condition]:
    """The dataset of a measure, and the condition under which its records enter those months.

    The condition reads the dataset's table; only live records of the practice fulfil it.
    """
    measures, aggregate = aggregate_of(measure)
    table = measures.table
    parts: list[Condition] = [counted(table, practice)]
    if isinstance(aggregate, Computed):
        parts.append(aggregate.entering(connection, measure, practice, months))
    else:
        month = measures.month(basis_of(aggregate))
        parts += [month.in_(months), aggregate.where]
    if locations:
        parts.append(table.c.location.in_(locations))
    return measures.dataset, and_(*parts)


def counted_once(measure: str) -> tuple[ColumnElement[Any], ColumnElement[Any]] | None:
    """What of a record a distinct count counts once a month: the month, and the thing; None of a
    measure to which each of its records adds."""
    measures, aggregate = aggregate_of(measure)
    if not isinstance(aggregate, Days | Distinct):
        return None
    thing = measures.day if isinstance(aggregate, Days) else aggregate.thing
    return measures.month(basis_of(aggregate)), thing


def distinct_over(
    connection: Connection,
    practice: int,
    measure: str,
    months: set[int],
    locations: tuple[str, ...],
) -> dict[int, int]:
    """A distinct count by month over some locations together, which stored figures cannot give."""
    measures, aggregate = aggregate_of(measure)
    once = counted_once(measure)
    if once is None or isinstance(aggregate, Computed):
        raise TypeError(f"{measure} adds up over locations")
    (month, thing), table = once, measures.table
    sealed = sealed_before(connection, practice, measures.dataset)
    query = (
        select(month, func.count(distinct(thing)))
        .where(
            counted(table, practice),
            # Of sealed months some records may be left, which are not all that there were.
            month.in_([code for code in months if code >= sealed]),
            aggregate.where,
            table.c.location.in_(locations),
        )
        .group_by(month)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
