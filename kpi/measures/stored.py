"""The stored monthly figures, read for the whole practice or for named locations of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import fsum
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    func,
    select,
    true,
)

from kpi.measures.defined import stored_name
from kpi.measures.entering import distinct_over
from kpi.measures.registry import adds_up
from kpi.months import Month
from kpi.store.tables import WHOLE, filled_columns, monthly_histograms, monthly_measures, records

Series = dict[str, dict[Month, float]]
Histograms = dict[str, dict[Month, dict[int, int]]]


def counts_for(measure: str, location: str, locations: tuple[str, ...]) -> bool:
    """Whether the figure kept under a location is part of a measure's value for the whole
    practice, or for named locations of it. Several locations of a measure that does not add up
    over them have no such part: they are counted from the records."""
    if locations:
        return location in locations
    return (location == WHOLE) is not adds_up(measure)


def _some(name: str) -> BindParameter[Any]:
    """Values to be given when the statement is executed; statements are made once."""
    return bindparam(name, expanding=True)


def _values_of(placed: ColumnElement[bool]) -> Select[Any]:
    """Stored figures by measure and month: those that add up, of the locations that ``placed``
    says, and those that do not, which are kept for one place."""
    table = monthly_measures.c
    alone = table.measure.in_(_some("whole")) & (table.location == bindparam("place"))
    return select(table.measure, table.month, table.value).where(
        table.practice == bindparam("practice"),
        table.month.in_(_some("months")),
        (table.measure.in_(_some("plain")) & placed) | alone,
    )


def _counts_of(placed: ColumnElement[bool]) -> Select[Any]:
    table = monthly_histograms.c
    return (
        select(table.measure, table.month, table.bin, func.sum(table.count))
        .where(
            table.practice == bindparam("practice"),
            table.measure.in_(_some("measures")),
            table.month.in_(_some("months")),
            placed,
        )
        .group_by(table.measure, table.month, table.bin)
    )


_VALUES = _values_of(monthly_measures.c.location != WHOLE)
_VALUES_AT = _values_of(monthly_measures.c.location.in_(_some("locations")))
_COUNTS = _counts_of(true())
_COUNTS_AT = _counts_of(monthly_histograms.c.location.in_(_some("locations")))


def monthly_values(
    connection: Connection,
    practice: int,
    names: Iterable[str],
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
) -> Series:
    """Each measure's value by month; a month in which nothing entered is absent."""
    written = {stored_name(name): name for name in names}
    whole = [kept for kept, name in written.items() if not adds_up(name)]
    by_code = {month.code: month for month in months}
    asked = {
        "practice": practice,
        "months": list(by_code),
        "locations": locations,
        "plain": [kept for kept in written if kept not in whole],
        # Of several locations together they are counted anew, below.
        "whole": whole if len(locations) <= 1 else [],
        "place": locations[0] if locations else WHOLE,
    }
    rows = connection.execute(_VALUES_AT if locations else _VALUES, asked).all()
    parts: dict[tuple[str, int], list[float]] = defaultdict(list)
    for name, code, value in rows:
        parts[name, code].append(value)
    found: Series = defaultdict(dict)
    # Summed exactly, so that the order of locations never shows in the last digits.
    for (name, code), values in parts.items():
        found[written[name]][by_code[code]] = fsum(values)
    if len(locations) > 1:
        for name in whole:
            counts = distinct_over(connection, practice, name, set(by_code), locations)
            found[name] = {by_code[code]: float(count) for code, count in counts.items()}
    return dict(found)


def monthly_counts(
    connection: Connection,
    practice: int,
    names: Iterable[str],
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
) -> Histograms:
    """Each histogram's counts by month and whole minutes."""
    by_code = {month.code: month for month in months}
    asked = {
        "practice": practice,
        "measures": list(names),
        "months": list(by_code),
        "locations": locations,
    }
    rows = connection.execute(_COUNTS_AT if locations else _COUNTS, asked).all()
    held: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for name, code, minutes, count in rows:
        held[name, code][minutes] = int(count)
    found: Histograms = defaultdict(dict)
    for (name, code), counts in held.items():
        found[name][by_code[code]] = counts
    return dict(found)


def first_filled(connection: Connection, practice: int) -> dict[str, Month]:
    """The first month in which a column whose blank is naturally zero was filled."""
    table = filled_columns
    query = (
        select(table.c.dataset, table.c.column, func.min(table.c.month))
        .where(table.c.practice == practice)
        .group_by(table.c.dataset, table.c.column)
    )
    return {
        f"{dataset}.{column}": Month.from_code(code)
        for dataset, column, code in connection.execute(query)
    }


def ledger_bases(
    connection: Connection, practice: int, months: Sequence[Month]
) -> dict[Month, str]:
    """The ledger's accounting basis by month; a month that says none is absent, both: 'mixed'."""
    found: dict[Month, str] = {}
    for code, basis in said_bases(connection, practice, months):
        month = Month.from_code(code)
        found[month] = "mixed" if month in found else basis
    return found


def said_bases(
    connection: Connection, practice: int, months: Sequence[Month] | None = None
) -> list[tuple[int, str]]:
    """Each month with each accounting basis that its records say; of all months without any."""
    table = records["ledger"]
    query = select(table.c.record_month, table.c.basis).where(
        table.c.practice == practice,
        table.c.live == 1,
        table.c.basis.is_not(None),
        table.c.record_month.is_not(None),
    )
    if months is not None:
        query = query.where(table.c.record_month.in_({month.code for month in months}))
    return [(row[0], row[1]) for row in connection.execute(query.distinct())]
