"""Monthly measures brought up to date, only for the months that moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Connection,
    Table,
    delete,
    insert,
    select,
)

from kpi.catalogue import record_measure
from kpi.measures.aggregates import (
    RECORD,
    Computed,
    Condition,
    DatasetMeasures,
    Days,
    Distinct,
    Minutes,
    Present,
    Row,
    Total,
    basis_of,
    counted,
)
from kpi.measures.defined import define, defined_totals, total_of
from kpi.measures.figures import (
    Figure,
    FigureKind,
    FigureMove,
    differences,
    stored_figures,
)
from kpi.measures.grouped import distinct_by, location_of, minutes_by, totals_by
from kpi.measures.registry import all_measures, names_of
from kpi.measures.scan import Scanned, scan
from kpi.measures.sealed import sealed_before
from kpi.months import Month
from kpi.store.tables import (
    dataset_months,
    filled_columns,
    monthly_histograms,
    monthly_measures,
)


@dataclass(slots=True)
class Moved:
    """Months whose records changed, by what gives a measure its month."""

    months: dict[str, set[int]] = field(default_factory=dict)

    def add(self, other: Moved) -> None:
        for basis, months in other.months.items():
            self.months.setdefault(basis, set()).update(months)

    def of(self, basis: str) -> set[int]:
        return self.months.get(basis, set())


def months_of(connection: Connection, practice: int, dataset: str, where: Condition) -> Moved:
    """The months that live records under a condition count in; asked before and after a change."""
    measures = all_measures()[dataset]
    table = measures.table
    moved = Moved()
    for name in (RECORD, *(basis.name for basis in measures.bases)):
        query = select(measures.month(name)).where(counted(table, practice), where).distinct()
        moved.months[name] = {
            found for found in connection.execute(query).scalars() if found is not None
        }
    return moved


def refresh(connection: Connection, practice: int, dataset: str, moved: Moved) -> list[FigureMove]:
    """Recomputes a dataset's measures for the months that moved, from its live records; gives
    the figures that are other ones now. Those of sealed months stay as they are."""
    sealed = sealed_before(connection, practice, dataset)
    months = _open(_touched(dataset, moved), sealed)
    before = stored_figures(connection, practice, dataset, months)
    _recompute(connection, practice, dataset, moved, sealed)
    return differences(before, stored_figures(connection, practice, dataset, months))


def _touched(dataset: str, moved: Moved) -> set[int]:
    """Every month that a figure of the dataset may move in."""
    return _around(set().union(*moved.months.values()), all_measures()[dataset].furthest)


def _open(months: set[int], sealed: int) -> set[int]:
    """Those of the months that are not sealed."""
    return {month for month in months if month >= sealed}


def _recompute(
    connection: Connection, practice: int, dataset: str, moved: Moved, sealed: int
) -> None:
    measures = all_measures()[dataset]
    place = location_of(measures.table)
    values: list[Row] = []
    stale: list[tuple[str, set[int]]] = []
    months = _open(moved.of(RECORD), sealed)
    if months:
        found = scan(connection, practice, measures, months)
        values += found.values
        stale += [(each.name, months) for each in measures.aggregates
                  if isinstance(each, Days | Total) and basis_of(each) == RECORD]  # fmt: skip
        if measures.present is None:
            _replace_presence(connection, practice, measures, months, found.present)
        _replace_filled(connection, practice, measures, months, found)
        _refresh_histograms(connection, practice, measures, months)
    if measures.present is not None:
        months = _around(set().union(*moved.months.values()), measures.reach)
        months = _open(months, sealed)
        present = measures.present(connection, practice, months) if months else {}
        _replace_presence(connection, practice, measures, months, present)
    for aggregate in measures.aggregates:
        months = moved.of(basis_of(aggregate))
        if isinstance(aggregate, Computed):
            months = _around(months, aggregate.reach)
        months = _open(months, sealed)
        scanned = isinstance(aggregate, Days | Total) and basis_of(aggregate) == RECORD
        if not months or scanned or isinstance(aggregate, Minutes):
            continue
        if isinstance(aggregate, Total):
            values += totals_by(connection, practice, measures, [aggregate], months, place)
        elif isinstance(aggregate, Distinct):
            values += distinct_by(connection, practice, measures, aggregate, months, place)
        elif isinstance(aggregate, Computed):
            values += aggregate.rows(connection, practice, months, place)
        stale += [(name, months) for name in names_of(aggregate)]
    if months := _open(moved.of(RECORD), sealed):
        defined = defined_totals(connection, practice, dataset)
        values += totals_by(connection, practice, measures, defined, months, place)
        stale += [(total.name, months) for total in defined]
    _replace(connection, practice, stale, values)


def use_defined(
    connection: Connection, practice: int, names: Iterable[str]
) -> dict[str, list[FigureMove]]:
    """Computes measures that a role defines over records, where the practice has not used them
    before; from then on loading and undoing keep them up to date. Others are left alone. Gives
    by dataset what is there now."""
    found: dict[str, list[FigureMove]] = {}
    for name in define(connection, practice, names):
        dataset, total = record_measure(name).dataset.name, total_of(name)
        measures = all_measures()[dataset]
        held = months_of(connection, practice, dataset, counted(measures.table, practice))
        # Of sealed months some records may be left, which are not all that there were.
        months = _open(held.of(RECORD), sealed_before(connection, practice, dataset))
        place = location_of(measures.table)
        rows = totals_by(connection, practice, measures, [total], months, place) if months else ()
        values = list(rows)
        _replace(connection, practice, [(total.name, months)], values)
        moves = found.setdefault(dataset, [])
        moves.append(FigureMove(Figure(FigureKind.DEFINED, total.name, 0), None, 1.0))
        moves += [
            FigureMove(Figure(FigureKind.MEASURE, total.name, month, at), None, float(value))
            for month, at, _name, value in values
        ]
    return found


def _around(months: set[int], reach: int) -> set[int]:
    """The months, and so many on either side of each."""
    steps = range(-reach, reach + 1)
    return {(Month.from_code(code) + step).code for code in months for step in steps}


def _refresh_histograms(
    connection: Connection, practice: int, measures: DatasetMeasures, months: set[int]
) -> None:
    """All histograms of a dataset replaced for the months."""
    found = [each for each in measures.aggregates if isinstance(each, Minutes)]
    if not found:
        return
    by = location_of(measures.table)
    counts = minutes_by(connection, practice, measures, found, months, by)
    target = monthly_histograms
    connection.execute(
        delete(target).where(
            target.c.practice == practice,
            target.c.month.in_(months),
            target.c.measure.in_([each.name for each in found]),
        )
    )
    rows = [
        {"practice": practice, "month": month, "measure": name, "location": place,
         "bin": minutes, "count": count}
        for (month, name, place, minutes), count in counts.items()
    ]  # fmt: skip
    if rows:
        connection.execute(insert(target), rows)


def _replace(
    connection: Connection, practice: int, stale: list[tuple[str, set[int]]], values: list[Row]
) -> None:
    for measure, months in stale:
        connection.execute(
            delete(monthly_measures).where(
                monthly_measures.c.practice == practice,
                monthly_measures.c.month.in_(months),
                monthly_measures.c.measure == measure,
            )
        )
    rows = [
        {"practice": practice, "month": month, "measure": measure, "location": place,
         "value": float(value)}
        for month, place, measure, value in values
    ]  # fmt: skip
    if rows:
        connection.execute(insert(monthly_measures), rows)


def _replace_presence(
    connection: Connection,
    practice: int,
    measures: DatasetMeasures,
    months: set[int],
    present: Present,
) -> None:
    """Notes how many records each month has, and on which days."""
    rows = [
        {"practice": practice, "dataset": measures.dataset, "month": month, "location": place,
         "rows": count, "days": days}
        for (month, place), (count, days) in present.items()
    ]  # fmt: skip
    _replace_months(connection, dataset_months, practice, measures, months, rows)


def _replace_filled(
    connection: Connection,
    practice: int,
    measures: DatasetMeasures,
    months: set[int],
    found: Scanned,
) -> None:
    """Notes which columns each month fills, of those whose blank is naturally zero."""
    rows = [
        {"practice": practice, "dataset": measures.dataset, "column": name, "month": month}
        for name, month in sorted(found.filled)
    ]
    _replace_months(connection, filled_columns, practice, measures, months, rows)


def _replace_months(
    connection: Connection,
    table: Table,
    practice: int,
    measures: DatasetMeasures,
    months: set[int],
    rows: list[dict[str, Any]],
) -> None:
    connection.execute(
        delete(table).where(
            table.c.practice == practice,
            table.c.dataset == measures.dataset,
            table.c.month.in_(months),
        )
    )
    if rows:
        connection.execute(insert(table), rows)
