"""How a measure is computed from its dataset's live records.

Each dataset's module lists its measures in these forms; ``kpi.measures.refresh`` computes them
for the months that moved and ``kpi.measures.entering`` finds the records behind a figure, both
from the same condition, so that the records explained are the records counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table

from kpi.datasets import Kind
from kpi.datasets import dataset as dataset_named
from kpi.store.calendar import days_of_seconds, month_of_days
from kpi.store.tables import records

RECORD = "record"
"""The basis of most measures: the month of the record."""

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Basis:
    """What gives a measure its month, where that is not the record's month."""

    name: str
    days: ColumnElement[Any]  # a stored date

    @property
    def month(self) -> ColumnElement[int]:
        return month_of_days(self.days)


@dataclass(frozen=True, slots=True)
class Total:
    """A count of records, or a sum over them, divided by ``scale`` at the end."""

    name: str
    where: Condition
    value: ColumnElement[Any] | None = None
    scale: int = 1
    basis: str = RECORD


@dataclass(frozen=True, slots=True)
class Minutes:
    """A histogram of whole minutes, part-minutes rounded up."""

    name: str
    where: Condition
    seconds: ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Days:
    """A count of the dates that have such a record, of a daily dataset; kept for the whole too."""

    name: str
    where: Condition


@dataclass(frozen=True, slots=True)
class Distinct:
    """A count of distinct things; kept for the whole practice too, since it does not add up."""

    name: str
    where: Condition
    thing: ColumnElement[Any]
    basis: str = RECORD


Present = dict[tuple[int, str], tuple[int, int]]
"""Rows, and a bit for each day that counts as there, by month and location."""

Row = tuple[int, str, str, float]
"""Month, location or other group ('' where none), measure, value."""


@dataclass(frozen=True, slots=True)
class Computed:
    """Measures that need more than one pass; ``entering`` still says which records enter each.

    ``rows`` takes the practice, the months and what the records are grouped by.
    """

    names: tuple[str, ...]
    rows: Callable[[Connection, int, set[int], ColumnElement[Any]], Iterable[Row]]
    entering: Callable[[Connection, str, int, set[int]], Condition]
    reach: int = 0  # months on either side that a changed record can move


Aggregate = Total | Minutes | Days | Distinct | Computed


@dataclass(frozen=True, slots=True)
class DatasetMeasures:
    """All measures of one dataset.

    ``present``: what is there of each month, where that is not said by the records' own month;
    ``reach``: months on either side that a changed record can then move.
    """

    dataset: str
    aggregates: tuple[Aggregate, ...]
    bases: tuple[Basis, ...] = ()
    present: Callable[[Connection, int, set[int]], Present] | None = None
    reach: int = 0

    @property
    def table(self) -> Table:
        return records[self.dataset]

    @property
    def furthest(self) -> int:
        """Months on either side of those that a record counts in which it can move as well."""
        computed = (each.reach for each in self.aggregates if isinstance(each, Computed))
        return max(self.reach, *computed, 0)

    @property
    def filled(self) -> tuple[str, ...]:
        """Columns whose blank is naturally zero, once they have ever been filled."""
        columns = dataset_named(self.dataset).columns
        return tuple(column.name for column in columns if column.blank_is_zero)

    @property
    def day(self) -> ColumnElement[Any]:
        """The date of a daily dataset's record, as stored."""
        definition = dataset_named(self.dataset)
        column = definition.column(definition.month[0])
        stored = self.table.c[column.name]
        return days_of_seconds(stored) if column.kind is Kind.TIME else stored

    def month(self, basis: str) -> ColumnElement[Any]:
        """The month (``202601``) that a basis gives a record."""
        if basis == RECORD:
            return self.table.c.record_month
        return next(each.month for each in self.bases if each.name == basis)


def basis_of(aggregate: Aggregate) -> str:
    """What gives an aggregate its month."""
    return aggregate.basis if isinstance(aggregate, Total | Distinct) else RECORD


def counted(table: Table, practice: int) -> Condition:
    """The records that count at all: live, of the practice, with nothing required lacking."""
    return (table.c.practice == practice) & (table.c.live == 1) & table.c.record_month.is_not(None)
