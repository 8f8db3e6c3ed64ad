"""Measures that a role file defines itself: records of a dataset counted or summed.

    count(appointments, appointment_type == 'flu shot')
    sum(charges.amount, payer == 'Aster')
    count(charges, filled(service_date))

One filter at most, over one column. Identifiers cannot be read; texts compare without regard to
the case of plain letters; a record whose cell is blank fulfils no comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast, get_args

from kpi.catalogue.measure import Measure, MeasureKind
from kpi.datasets import Column, Dataset, Kind

Compare = Literal["==", "!=", "<", "<=", ">", ">=", "filled"]
COMPARES = tuple(each for each in get_args(Compare) if each != "filled")

_SUMMED = (Kind.MONEY, Kind.DECIMAL, Kind.WHOLE)
ORDERED = (*_SUMMED, Kind.DATE)
"""Kinds of columns whose values can be smaller or larger than another."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on one column; ``value`` as stored (``kpi.datasets.stored``), a text for
    choices and free columns, None for ``filled``. ``written``: how the formula writes it."""

    column: str
    compare: Compare
    value: int | str | None
    written: str

    def __str__(self) -> str:
        if self.compare == "filled":
            return f"filled({self.column})"
        return f"{self.column} {self.compare} {self.written}"


@dataclass(frozen=True, slots=True)
class RecordMeasure:
    """Records of a dataset that fulfil a filter, counted, or one of their columns summed."""

    dataset: Dataset
    column: Column | None  # summed; None: the records are counted
    filter: Filter | None

    @property
    def name(self) -> str:
        """The measure as a formula writes it, always in the same way: it is its name."""
        what = self.dataset.name
        if self.column is not None:
            what += f".{self.column.name}"
        function = "count" if self.column is None else "sum"
        return f"{function}({what}{'' if self.filter is None else f', {self.filter}'})"

    @property
    def measure(self) -> Measure:
        """The same as the catalogue knows measures."""
        return Measure(
            name=self.name,
            dataset=self.dataset.name,
            kind=MeasureKind.FLOW,
            text=f"{self.dataset.name}: {self.name}",
            unit=self._unit,
        )

    @property
    def _unit(self) -> str:
        if self.column is None:
            return ""
        if self.column.kind is Kind.MONEY:
            return "dollars"
        return self.column.unit or ("hours" if self.column.name.endswith("_hours") else "")


def can_be_summed(column: Column) -> bool:
    """Whether adding up a column over records means anything."""
    return column.kind in _SUMMED


def why_not(dataset: Dataset) -> str | None:
    """Why records of a dataset cannot be counted by their month, or None where they can."""
    if dataset.spread:
        return (
            f"the records of {dataset.name} are spread over the days of their period, so they "
            "are not counted one by one; use the measures of the catalogue."
        )
    if dataset.snapshot:
        return (
            f"{dataset.name} holds balances on a day, which are never added up over months; use "
            "the measures of the catalogue, as in closing(…)."
        )
    return None


def compare_of(sign: str) -> Compare | None:
    """The comparison that a sign writes."""
    return cast(Compare, sign) if sign in COMPARES else None
