"""One pass over a dataset's records: totals, days with a record, and which columns are filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, literal, select

from kpi.datasets import dataset as dataset_named
from kpi.datasets.stored import date_of
from kpi.measures.aggregates import (
    RECORD,
    Condition,
    DatasetMeasures,
    Days,
    Row,
    Total,
    counted,
)
from kpi.store.tables import WHOLE


@dataclass(slots=True)
class Scanned:
    """What a pass found. ``present``: rows, and a bit for each day with a record, by month and
    location. ``filled``: columns with the months that fill them."""

    values: list[Row] = field(default_factory=list)
    present: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)
    filled: set[tuple[str, int]] = field(default_factory=set)


def scan(
    connection: Connection, practice: int, measures: DatasetMeasures, months: set[int]
) -> Scanned:
    """Everything that one grouped query gives of the months: by day where the dataset is daily."""
    table = measures.table
    totals = [each for each in measures.aggregates
              if isinstance(each, Total) and each.basis == RECORD]  # fmt: skip
    days = [each for each in measures.aggregates if isinstance(each, Days)]
    definition = dataset_named(measures.dataset)
    location = func.coalesce(table.c.location, "")
    day: ColumnElement[Any] = measures.day if definition.daily else literal(0)
    # Grouped by names of an inner query: no database then has to match expressions.
    inner = (
        select(
            table.c.record_month.label("month"),
            location.label("place"),
            day.label("day"),
            _is_record(measures).label("is_record"),
            *(summed(each).label(f"t{at}") for at, each in enumerate(totals)),
            *(_one(each.where).label(f"d{at}") for at, each in enumerate(days)),
            *(table.c[name].label(f"f{at}") for at, name in enumerate(measures.filled)),
        )
        .where(counted(table, practice), table.c.record_month.in_(months))
        .subquery()
    )
    query = select(
        inner.c.month,
        inner.c.place,
        inner.c.day,
        func.count(),
        func.sum(inner.c.is_record),
        *(func.sum(inner.c[f"t{at}"]) for at in range(len(totals))),
        *(func.sum(inner.c[f"d{at}"]) for at in range(len(days))),
        *(func.count(inner.c[f"f{at}"]) for at in range(len(measures.filled))),
    ).group_by(inner.c.month, inner.c.place, inner.c.day)
    found = _Pass(totals, days, measures.filled)
    for row in connection.execute(query):
        found.take(tuple(row), definition.daily)
    return found.scanned()


class _Pass:
    """The grouped rows added up to months and locations."""

    def __init__(self, totals: list[Total], days: list[Days], filled: tuple[str, ...]) -> None:
        self.totals, self.days, self.filled = totals, days, filled
        self.sums: dict[tuple[int, str], list[int]] = {}
        self.dates: dict[tuple[int, str, str], set[int]] = {}
        self.out = Scanned()

    def take(self, row: Sequence[Any], daily: bool) -> None:
        month, place, day, rows, are_records, *counts = row
        place = str(place)
        held, bits = self.out.present.get((month, place), (0, 0))
        if daily and are_records:
            bits |= 1 << (date_of(day).day - 1)
        self.out.present[month, place] = held + rows, bits
        sums = self.sums.setdefault((month, place), [0] * len(self.totals))
        for at in range(len(self.totals)):
            sums[at] += int(counts[at])
        at_days = len(self.totals)
        for each, found in zip(self.days, counts[at_days:], strict=False):
            if found:
                for where in (place, WHOLE):
                    self.dates.setdefault((month, where, each.name), set()).add(day)
        for name, found in zip(self.filled, counts[at_days + len(self.days) :], strict=True):
            if found:
                self.out.filled.add((name, month))

    def scanned(self) -> Scanned:
        for (month, place), sums in self.sums.items():
            for each, found in zip(self.totals, sums, strict=True):
                if found:
                    self.out.values.append((month, place, each.name, found / each.scale))
        for (month, place, name), dates in self.dates.items():
            self.out.values.append((month, place, name, float(len(dates))))
        return self.out


def summed(total: Total) -> ColumnElement[Any]:
    """What one record adds to a total."""
    return case((total.where, total.value if total.value is not None else 1), else_=0)


def _one(where: Condition) -> ColumnElement[int]:
    return case((where, 1), else_=0)


def _is_record(measures: DatasetMeasures) -> ColumnElement[int]:
    """Rows that are no records yet (still scheduled) count as rows, but make no day a day."""
    quiet = dataset_named(measures.dataset).quiet
    return literal(1) if quiet is None else _one(measures.table.c[quiet[0]] != quiet[1])
