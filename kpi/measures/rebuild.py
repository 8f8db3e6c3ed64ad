"""Measures computed anew from all live records, and figures that nothing gives any more."""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, select

from kpi.measures.aggregates import RECORD, counted
from kpi.measures.defined import known_formulas, stored_name
from kpi.measures.figures import Figure, FigureKind, FigureMove, stored_figures
from kpi.measures.refresh import Moved, months_of, refresh
from kpi.measures.registry import all_measures, measure_names
from kpi.measures.sealed import seal_of
from kpi.store.tables import monthly_histograms, monthly_measures


def rebuild(connection: Connection, practice: int, dataset: str) -> list[FigureMove]:
    """Recomputes all figures of a dataset, and gives those that were other ones before.

    Also of months that have figures and no record: what stands there is removed.
    """
    measures = all_measures()[dataset]
    moved = months_of(connection, practice, dataset, counted(measures.table, practice))
    held = {each.month for each in stored_figures(connection, practice, dataset)}
    every = set().union(held, *moved.months.values())
    bases = (RECORD, *(basis.name for basis in measures.bases))
    return refresh(connection, practice, dataset, Moved({basis: set(every) for basis in bases}))


def remove_unknown(connection: Connection, practice: int) -> list[FigureMove]:
    """Removes figures of measures that this version and the practice's roles do not have, but in
    sealed months, which stay as they are."""
    sealed = seal_of(connection, practice).before
    known = measure_names().union(map(stored_name, known_formulas(connection, practice)))
    found = []
    for kind, table, value in (
        (FigureKind.MEASURE, monthly_measures, monthly_measures.c.value),
        (FigureKind.HISTOGRAM, monthly_histograms, monthly_histograms.c.count),
    ):
        mine = (table.c.practice == practice) & (table.c.month >= sealed)
        names = select(table.c.measure).where(mine).distinct()
        strange = set(connection.execute(names).scalars()) - known
        if not strange:
            continue
        where = and_(mine, table.c.measure.in_(strange))
        for row in connection.execute(select(table).where(where)):
            minutes = row.bin if kind is FigureKind.HISTOGRAM else 0
            figure = Figure(kind, row.measure, row.month, row.location, minutes)
            found.append(FigureMove(figure, float(row._mapping[value.name]), None))
        connection.execute(delete(table).where(where))
    return found
