"""Measures by provider, location, payer or weekday: from the live records, on request, never kept.

The groups of a measure, with the one of records that do not say, make up what is kept of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, case, cast, func

from kpi.catalogue import MeasureKind, measure
from kpi.catalogue.splits import Split
from kpi.datasets import Kind
from kpi.datasets import dataset as dataset_named
from kpi.errors import RolecardError
from kpi.measures.aggregates import (
    RECORD,
    Computed,
    DatasetMeasures,
    Days,
    Distinct,
    Minutes,
    Row,
    Total,
    basis_of,
)
from kpi.measures.grouped import MinuteCounts, distinct_by, minutes_by, totals_by
from kpi.measures.registry import aggregate_of, all_measures
from kpi.measures.sealed import not_kept_words, seal_of
from kpi.months import Month
from kpi.store.calendar import days_of_seconds, weekday_of_days
from kpi.store.tables import WHOLE

NOT_GIVEN = ""
"""The group of records that do not say to which they belong."""


class CannotSplit(RolecardError):
    """A measure has no groups of that kind. The message ends the sentence "cannot be split"."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group's measures, in the form that formulas are computed from."""

    values: dict[str, dict[Month, float]] = field(default_factory=lambda: defaultdict(dict))
    histograms: dict[str, dict[Month, dict[int, int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )


def breakdown(
    connection: Connection,
    practice: int,
    months: Mapping[str, set[int]],
    split: Split,
    locations: tuple[str, ...] = (),
) -> dict[str, Group]:
    """Measures, each over its months, by group; weekdays are ``0`` (Monday) to ``6``.

    Of the practice, or of named locations of it. Raises CannotSplit where a dataset has no such
    column, its files leave it blank in all of the months, something counted once for all groups
    would be counted in several, or records of a month are no longer kept.
    """
    for name in months:
        if (why := why_not(name, split)) is not None:
            raise CannotSplit(f"by {split}: {why}.")
    seal = seal_of(connection, practice)
    for name, codes in months.items():
        if any(code < seal.of(measure(name).dataset) for code in codes):
            raise CannotSplit(f"by {split}: {not_kept_words(seal.before)}.")
    asked = _Asked(connection, practice, split, locations)
    found: dict[str, Group] = defaultdict(Group)
    said: dict[str, set[str]] = defaultdict(set)
    for name, (code, group, _name, value) in _values(asked, months):
        # No group at all: a record of a location that was not asked for.
        if group is not None:
            found[group].values[name][Month.from_code(code)] = float(value)
            said[measure(name).dataset].add(group)
    for name, counts in _counts(asked, months):
        for (code, _name, group, minutes), count in counts.items():
            if group is not None:
                found[group].histograms[name][Month.from_code(code)][minutes] = count
                said[measure(name).dataset].add(group)
    for dataset, groups in said.items():
        if groups == {NOT_GIVEN}:
            raise CannotSplit(
                f"by {split}: the files of {dataset} leave it blank in all of these months."
            )
    _fill_balances(months, found)
    return dict(found)


def why_not(name: str, split: Split) -> str | None:
    """Why a measure never has groups of that kind, whatever the files say; None where it may."""
    dataset = dataset_named(measure(name).dataset)
    if split != "weekday":
        return None if dataset.has(split) else f"the export of {dataset.name} has none"
    if dataset.spread:
        return f"{dataset.name} are spread over the days of each pay period"
    if dataset.snapshot:
        return f"{dataset.name} says how things stood on one day of the month"
    if dataset.column(dataset.month[0]).kind is Kind.MONTH:
        return f"the export of {dataset.name} says the month only"
    return None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose records are split, and by what."""

    connection: Connection
    practice: int
    split: Split
    locations: tuple[str, ...]

    def group(self, measures: DatasetMeasures, basis: str) -> ColumnElement[Any]:
        """To which group a record belongs; NULL for one of a location that was not asked for."""
        table = measures.table
        group: ColumnElement[Any]
        if self.split == "weekday":
            group = cast(weekday_of_days(_day(measures, basis)), String)
        else:
            group = func.coalesce(table.c[self.split], NOT_GIVEN)
        if not self.locations:
            return group
        return case((table.c.location.in_(self.locations), group))


def _values(asked: _Asked, months: Mapping[str, set[int]]) -> Iterator[tuple[str, Row]]:
    """Flows and balances with the measure's name: totals of the same months in one pass."""
    totals: dict[tuple[str, str, frozenset[int]], dict[str, Total]] = defaultdict(dict)
    at = asked.connection, asked.practice
    for name, codes in months.items():
        measures, aggregate = aggregate_of(name)
        by = asked.group(measures, basis_of(aggregate))
        if isinstance(aggregate, Total):
            totals[measures.dataset, aggregate.basis, frozenset(codes)][name] = aggregate
        elif isinstance(aggregate, Computed):
            computed = aggregate.rows(*at, codes, by)
            yield from ((name, row) for row in computed if row[2] == name)
        elif isinstance(aggregate, Days | Distinct):
            if isinstance(aggregate, Days):
                aggregate = Distinct(name, aggregate.where, measures.day)
            rows = distinct_by(*at, measures, aggregate, codes, by)
            yield from ((name, row) for row in _added_up(name, asked.split, rows))
    for (dataset, basis, shared), named in totals.items():
        measures = all_measures()[dataset]
        # A measure that a role defines is kept under another name than its formula.
        kept = {total.name: name for name, total in named.items()}
        by = asked.group(measures, basis)
        for row in totals_by(*at, measures, list(named.values()), set(shared), by):
            yield kept[row[2]], row


def _counts(asked: _Asked, months: Mapping[str, set[int]]) -> Iterator[tuple[str, MinuteCounts]]:
    """Histograms with the measure's name."""
    for name, codes in months.items():
        measures, aggregate = aggregate_of(name)
        if isinstance(aggregate, Minutes):
            by = asked.group(measures, basis_of(aggregate))
            yield (
                name,
                minutes_by(asked.connection, asked.practice, measures, [aggregate], codes, by),
            )


def _added_up(name: str, split: Split, rows: Iterable[Row]) -> list[Row]:
    """The groups of a distinct count, if they make up the whole. Raises CannotSplit."""
    groups, whole = [], {}
    parts: dict[int, float] = defaultdict(float)
    for row in rows:
        if row[1] == WHOLE:
            whole[row[0]] = row[3]
        else:
            groups.append(row)
            parts[row[0]] += row[3]
    if whole != parts:
        raise CannotSplit(
            f"by {split}: of {measure(name).text} some belong to more than one {split}, so the "
            "parts do not add up."
        )
    return groups


def _fill_balances(months: Mapping[str, set[int]], found: Mapping[str, Group]) -> None:
    """A group that the list of a day does not name has a balance of 0 on it."""
    for name in months:
        if measure(name).kind is not MeasureKind.STOCK:
            continue
        listed = {month for group in found.values() for month in group.values.get(name, ())}
        for group in found.values():
            for month in listed:
                group.values[name].setdefault(month, 0.0)


def _day(measures: DatasetMeasures, basis: str) -> ColumnElement[Any]:
    """The date, as stored, that gives a record its month."""
    if basis != RECORD:
        return next(each.days for each in measures.bases if each.name == basis)
    definition = dataset_named(measures.dataset)
    days = [
        days_of_seconds(measures.table.c[name])
        if definition.column(name).kind is Kind.TIME
        else measures.table.c[name]
        for name in definition.month
    ]
    return func.coalesce(*days) if len(days) > 1 else days[0]
