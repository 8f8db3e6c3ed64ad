"""Months that were complete, and whose figures a file changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from kpi.measures.completeness import presence
from kpi.measures.registry import all_measures, names_of
from kpi.months import Month
from kpi.store.tables import attestations, dataset_months, monthly_histograms, monthly_measures

Figures = Mapping[Month, frozenset[tuple[object, ...]]]
"""All that is computed of a month, in a form that can be compared."""


def complete_figures(connection: Connection, practice: int, dataset: str) -> Figures:
    """The figures of the dataset's months that are complete, or declared to have none."""
    codes: set[int] = set()
    for table in (dataset_months, attestations):
        query = select(table.c.month).where(
            table.c.practice == practice, table.c.dataset == dataset
        )
        codes.update(connection.execute(query.distinct()).scalars())
    months = sorted(map(Month.from_code, codes))
    states = presence(connection, practice, dataset, months) if months else {}
    return figures_of(
        connection, practice, dataset, [m for m in months if states[m].state == "complete"]
    )


def figures_of(connection: Connection, practice: int, dataset: str, months: list[Month]) -> Figures:
    """The dataset's figures of the months as they stand."""
    if not months:
        return {}
    names = [name for each in all_measures()[dataset].aggregates for name in names_of(each)]
    found: dict[Month, set[tuple[object, ...]]] = defaultdict(set)
    for table in (monthly_measures, monthly_histograms):
        columns = [each for each in table.c if each.name not in ("practice", "month")]
        query = select(table.c.month, *columns).where(
            table.c.practice == practice,
            table.c.measure.in_(names),
            table.c.month.in_([month.code for month in months]),
        )
        for code, *values in connection.execute(query):
            found[Month.from_code(code)].add((table.name, *values))
    return {month: frozenset(found[month]) for month in months}


def restated_months(
    connection: Connection, practice: int, dataset: str, before: Figures
) -> list[Month]:
    """Which of the months that were complete have other figures now."""
    after = figures_of(connection, practice, dataset, list(before))
    return [month for month, figures in before.items() if after[month] != figures]


def restated_notes(months: Sequence[Month]) -> list[str]:
    """A sentence for the receipt, or none."""
    if not months:
        return []
    listed = ", ".join(map(str, months[:-1]))
    named = f"{listed} and {months[-1]}" if listed else str(months[-1])
    return [f"Changes figures of {named}, which {'was' if len(months) == 1 else 'were'} complete."]
