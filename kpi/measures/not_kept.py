"""Measures that no published role of a practice uses yet, computed and not kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import fsum

from sqlalchemy import Connection

from kpi.catalogue import record_measure
from kpi.measures.defined import known_formulas, total_of
from kpi.measures.grouped import location_of, totals_by
from kpi.measures.registry import all_measures
from kpi.measures.sealed import sealed_before
from kpi.measures.stored import Series
from kpi.months import Month


def not_kept(connection: Connection, practice: int, names: Iterable[str]) -> list[str]:
    """Which of the measures that a role defines over records have no stored figures."""
    return sorted(set(names) - known_formulas(connection, practice))


def from_records(
    connection: Connection,
    practice: int,
    names: Iterable[str],
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
) -> Series:
    """Each measure's value by month, as it would be stored; a month with none is absent, and
    so are sealed ones, of which ``kpi.measures.sealed.not_countable`` says why."""
    by_code = {month.code: month for month in months}
    parts: dict[tuple[str, int], list[float]] = defaultdict(list)
    for name in names:
        measures, total = all_measures()[record_measure(name).dataset.name], total_of(name)
        place = location_of(measures.table)
        sealed = sealed_before(connection, practice, measures.dataset)
        codes = {code for code in by_code if code >= sealed}
        for code, at, _kept, value in totals_by(
            connection, practice, measures, [total], codes, place
        ):
            if not locations or at in locations:
                parts[name, code].append(value)
    found: Series = defaultdict(dict)
    for (name, code), values in parts.items():
        found[name][by_code[code]] = fsum(values)
    return dict(found)
