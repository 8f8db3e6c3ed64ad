"""The records behind a measure's figure."""

from sqlalchemy import Connection, and_, distinct, func, select

from kpi.measures.aggregates import Computed, Condition, Days, Distinct, basis_of, counted
from kpi.measures.registry import aggregate_of


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


def distinct_over(
    connection: Connection,
    practice: int,
    measure: str,
    months: set[int],
    locations: tuple[str, ...],
) -> dict[int, int]:
    """A distinct count by month over some locations together, which stored figures cannot give."""
    measures, aggregate = aggregate_of(measure)
    if not isinstance(aggregate, Days | Distinct):
        raise TypeError(f"{measure} adds up over locations")
    thing = measures.day if isinstance(aggregate, Days) else aggregate.thing
    table, month = measures.table, measures.month(basis_of(aggregate))
    query = (
        select(month, func.count(distinct(thing)))
        .where(
            counted(table, practice),
            month.in_(months),
            aggregate.where,
            table.c.location.in_(locations),
        )
        .group_by(month)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
