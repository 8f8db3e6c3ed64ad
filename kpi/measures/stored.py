"""The stored monthly figures, read for the whole practice or for named locations of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import fsum

from sqlalchemy import Connection, and_, func, select

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


def monthly_values(
    connection: Connection,
    practice: int,
    names: Iterable[str],
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
) -> Series:
    """Each measure's value by month; a month in which nothing entered is absent."""
    table, written = monthly_measures, {stored_name(name): name for name in names}
    whole = {kept for kept, name in written.items() if not adds_up(name)}
    plain = written.keys() - whole
    by_code = {month.code: month for month in months}
    codes = set(by_code)
    place = table.c.location.in_(locations) if locations else table.c.location != WHOLE
    parts = [(plain, place)]
    if not locations:
        parts.append((whole, table.c.location == WHOLE))
    elif len(locations) == 1:
        parts.append((whole, table.c.location == locations[0]))
    found: Series = defaultdict(dict)
    for each, where in parts:
        if not each:
            continue
        query = select(table.c.measure, table.c.month, table.c.value).where(
            and_(table.c.practice == practice, table.c.measure.in_(each)),
            table.c.month.in_(codes),
            where,
        )
        parts_of: dict[tuple[str, int], list[float]] = defaultdict(list)
        for name, code, value in connection.execute(query).all():
            parts_of[name, code].append(value)
        # Summed exactly, so that the order of locations never shows in the last digits.
        for (name, code), values in parts_of.items():
            found[written[name]][by_code[code]] = fsum(values)
    if len(locations) > 1:
        for name in whole:
            counts = distinct_over(connection, practice, name, codes, locations)
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
    table = monthly_histograms
    by_code = {month.code: month for month in months}
    query = (
        select(table.c.measure, table.c.month, table.c.bin, func.sum(table.c.count))
        .where(
            table.c.practice == practice,
            table.c.measure.in_(set(names)),
            table.c.month.in_(set(by_code)),
        )
        .group_by(table.c.measure, table.c.month, table.c.bin)
    )
    if locations:
        query = query.where(table.c.location.in_(locations))
    held: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for name, code, minutes, count in connection.execute(query).all():
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
