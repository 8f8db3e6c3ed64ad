"""The figures that a score is computed from, as the tables hold them, and how two states differ.

One form for all of them, so that they can be compared, written down and put back alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, literal, select

from kpi.measures.defined import defined_totals
from kpi.measures.registry import all_measures, names_of
from kpi.store.tables import dataset_months, filled_columns, monthly_histograms, monthly_measures


class FigureKind(StrEnum):
    """What a figure is: of a measure, or of what is there of a dataset's month."""

    MEASURE = "measure"
    HISTOGRAM = "histogram"  # how many lasted so many whole minutes
    ROWS = "rows"
    DAYS = "days"  # a bit for each day with a record
    FILLED = "filled"  # 1: some record fills the column
    COVERED = "covered"  # 1: a standing file says that it covers the month
    DECLARED = "declared"  # 1: declared empty and not countersigned, 2: declared empty
    UNCONFIRMED = "unconfirmed"  # 1: a deed about what the location names is not countersigned
    REFUSED = "refused"  # rows in quarantine that still stand against the month
    BASIS = "basis"  # 1: the ledger's records say this accounting basis
    DEFINED = "defined"  # 1: a role's own measure is computed from here on


class Figure(NamedTuple):
    """Which figure: of a measure, a dataset or ``dataset.column``, in a month and at a location."""

    kind: FigureKind
    name: str
    month: int
    location: str = ""
    minutes: int = 0  # of a histogram


Figures = Mapping[Figure, float]
"""Figures with their values; what is not there is absent, and never 0."""


class FigureMove(NamedTuple):
    """A figure that is another one now; None: not there."""

    figure: Figure
    before: float | None
    after: float | None


def stored_figures(
    connection: Connection, practice: int, dataset: str, months: Iterable[int] | None = None
) -> dict[Figure, float]:
    """A dataset's figures as its records gave them, in some months or in all."""
    names = [name for each in all_measures()[dataset].aggregates for name in names_of(each)]
    names += [each.name for each in defined_totals(connection, practice, dataset)]
    codes = None if months is None else set(months)
    found: dict[Figure, float] = {}
    for query in _queries(practice, dataset, names):
        month = query.selected_columns.month
        wanted = query if codes is None else query.where(month.in_(codes))
        for kind, name, code, place, minutes, value in connection.execute(wanted):
            found[Figure(FigureKind(kind), name, code, place, minutes)] = float(value)
    return found


def rows_and_days(connection: Connection, practice: int) -> dict[Figure, float]:
    """How many rows each month of each dataset has, and on which days, by location."""
    table, found = dataset_months, dict[Figure, float]()
    for row in connection.execute(select(table).where(table.c.practice == practice)):
        for kind, value in ((FigureKind.ROWS, row.rows), (FigureKind.DAYS, row.days)):
            found[Figure(kind, row.dataset, row.month, row.location)] = float(value)
    return found


def _queries(practice: int, dataset: str, names: list[str]) -> Iterator[Select[Any]]:
    """What gives kind, name, month, location, minutes and value of each kind of figure."""
    table, nowhere, none = monthly_measures, literal("").label("location"), literal(0)
    yield select(
        literal(FigureKind.MEASURE), table.c.measure, table.c.month, table.c.location, none,
        table.c.value,
    ).where(table.c.practice == practice, table.c.measure.in_(names))  # fmt: skip
    table = monthly_histograms
    yield select(
        literal(FigureKind.HISTOGRAM), table.c.measure, table.c.month, table.c.location,
        table.c.bin, table.c.count,
    ).where(table.c.practice == practice, table.c.measure.in_(names))  # fmt: skip
    table = dataset_months
    for kind, column in ((FigureKind.ROWS, table.c.rows), (FigureKind.DAYS, table.c.days)):
        yield select(
            literal(kind), table.c.dataset, table.c.month, table.c.location, none, column
        ).where(table.c.practice == practice, table.c.dataset == dataset)
    table = filled_columns
    yield select(
        literal(FigureKind.FILLED), table.c.dataset + "." + table.c.column, table.c.month, nowhere,
        none, literal(1),
    ).where(table.c.practice == practice, table.c.dataset == dataset)  # fmt: skip


def differences(before: Figures, after: Figures) -> list[FigureMove]:
    """The figures that two states do not share, in no order."""
    return [
        FigureMove(each, before.get(each), after.get(each))
        for each in {**before, **after}
        if before.get(each) != after.get(each)
    ]
