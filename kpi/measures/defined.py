"""Measures that role files define over records: kept for the practices whose roles name them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, true

from kpi.catalogue import record_measure
from kpi.catalogue.record_measure import Filter
from kpi.datasets import Dataset, Kind
from kpi.datasets.stored import DECIMAL_SCALE
from kpi.measures.aggregates import Total
from kpi.store.tables import defined_measures, records

_COMPARE = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_SCALES = {Kind.MONEY: 100, Kind.DECIMAL: DECIMAL_SCALE}


def stored_name(name: str) -> str:
    """The name under which a measure's figures are kept: a formula may be longer than a name."""
    if "(" not in name:
        return name
    return f"defined-{sha256(name.encode()).hexdigest()[:32]}"


@cache
def total_of(name: str) -> Total:
    """How a defined measure is computed: one condition, what it is compared with bound."""
    found = record_measure(name)
    table = records[found.dataset.name]
    value, scale = None, 1
    if found.column is not None:
        value = func.coalesce(table.c[found.column.name], 0)
        scale = _SCALES.get(found.column.kind, 1)
    where = true() if found.filter is None else _condition(found.dataset, found.filter)
    return Total(stored_name(name), where, value, scale)


def _condition(dataset: Dataset, chosen: Filter) -> ColumnElement[bool]:
    column: ColumnElement[Any] = records[dataset.name].c[chosen.column]
    if chosen.compare == "filled":
        return column.is_not(None)
    value: Any = chosen.value
    if dataset.column(chosen.column).kind is Kind.TEXT:
        column, value = func.lower(column), str(value).lower()
    found: ColumnElement[bool] = _COMPARE[chosen.compare](column, bindparam(None, value))
    return found


def defined_totals(connection: Connection, practice: int, dataset: str) -> list[Total]:
    """How the measures are computed that a practice's roles define over a dataset's records."""
    query = select(defined_measures.c.formula).where(
        defined_measures.c.practice == practice, defined_measures.c.dataset == dataset
    )
    return [total_of(name) for name in sorted(connection.execute(query).scalars())]


def known_formulas(connection: Connection, practice: int) -> set[str]:
    """The measures over records that a practice's roles use, as they are written."""
    query = select(defined_measures.c.formula).where(defined_measures.c.practice == practice)
    return set(connection.execute(query).scalars())


def define(connection: Connection, practice: int, names: Iterable[str]) -> list[str]:
    """Notes that a practice's roles use measures; gives those that were not used so far."""
    new = sorted(set(names) - known_formulas(connection, practice))
    if new:
        connection.execute(
            insert(defined_measures),
            [
                {"practice": practice, "measure": stored_name(name), "formula": name,
                 "dataset": record_measure(name).dataset.name}
                for name in new
            ],
        )  # fmt: skip
    return new
