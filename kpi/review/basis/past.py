"""A practice's figures as they stood before events that have moved them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import fsum
from typing import TypeVar

from sqlalchemy import Connection

from kpi.access.practices import Practice
from kpi.datasets import dataset as dataset_named
from kpi.measures.completeness import judged
from kpi.measures.conditions import conditions
from kpi.measures.defined import known_formulas, stored_name
from kpi.measures.figure_log import Recorded
from kpi.measures.figures import (
    Figure,
    FigureKind,
    FigureMove,
    rows_and_days,
    stored_figures,
)
from kpi.measures.registry import adds_up, measure_names
from kpi.measures.stored import counts_for
from kpi.months import Month
from kpi.review.basis.facts import NEED_CATEGORIES, month_state, obstacles
from kpi.score.facts import Facts, MonthState

_OF_MONTHS = frozenset(
    {
        FigureKind.ROWS,
        FigureKind.DAYS,
        FigureKind.COVERED,
        FigureKind.DECLARED,
        FigureKind.REFUSED,
        FigureKind.UNCONFIRMED,
    }
)
"""What the state of a dataset's month is judged by."""

_MEASURED = (FigureKind.MEASURE, FigureKind.HISTOGRAM)

_Key = TypeVar("_Key")
_Held = TypeVar("_Held")
_Cell = tuple[str, str, int]
"""What is read as one: a measure's or a histogram's month, a dataset's month, a column."""


class Past:
    """The figures that some events moved, taken back one event after the other.

    Holds the moved cells, with all their locations, and which months have records; the rest is
    as it stands.
    """

    def __init__(
        self, connection: Connection, practice: Practice, events: Sequence[Recorded]
    ) -> None:
        """The figures as they stand. ``events``: those that may be taken back, all of the
        datasets they speak of."""
        number = practice.number
        self._written = {stored_name(each): each for each in known_formulas(connection, number)}
        known = measure_names() | self._written.keys()
        self._touched = {
            _cell(figure)
            for each in events
            for figure, _before, _after in each.moves
            # What an older version measured is no part of any figure now.
            if figure.kind not in _MEASURED or figure.name in known
        }
        self._cells: dict[_Cell, dict[Figure, float]] = defaultdict(dict)
        for name in {each.event.dataset for each in events if each.event.dataset is not None}:
            for held in (
                stored_figures(connection, number, name),
                conditions(connection, number, name),
            ):
                for figure, value in held.items():
                    if (cell := _cell(figure)) in self._touched:
                        self._cells[cell][figure] = value

        self._there = rows_and_days(connection, number)

    def take_back(self, moves: Iterable[FigureMove]) -> None:
        """Puts the figures back that the latest event which is not taken back yet has moved."""
        for figure, before, _after in moves:
            _put(self._cells[_cell(figure)], figure, before)
            if figure.kind in (FigureKind.ROWS, FigureKind.DAYS):
                _put(self._there, figure, before)

    @property
    def span(self) -> tuple[Month, Month] | None:
        """The first and the last month with a record, as ``periods.data_span`` says."""
        codes = [
            figure.month
            for figure, value in self._there.items()
            if figure.kind is FigureKind.ROWS
            and value
            and (
                not dataset_named(figure.name).daily
                or self._there.get(figure._replace(kind=FigureKind.DAYS))
            )
        ]
        return (Month.from_code(min(codes)), Month.from_code(max(codes))) if codes else None

    def not_followed(self, names: Collection[str], locations: tuple[str, ...]) -> list[str]:
        """The measures among ``names`` that moved and are counted from the records for several
        locations together, so that what they were cannot be told."""
        if len(locations) < 2:
            return []
        moved = {
            self._written.get(name, name)
            for kind, name, _month in self._touched
            if kind == FigureKind.MEASURE
        }
        return sorted(name for name in moved.intersection(names) if not adds_up(name))

    def facts(self, now: Facts, locations: tuple[str, ...]) -> Facts:
        """What was known of the practice, or of named locations of it; ``now`` is what is."""
        values = {name: dict(months) for name, months in now.values.items()}
        histograms = {name: dict(months) for name, months in now.histograms.items()}
        states = {name: dict(months) for name, months in now.states.items()}
        bases, first_filled = dict(now.bases), dict(now.first_filled)
        for cell in self._touched:
            kind, name, code = cell
            held = self._cells.get(cell, {})
            if kind == FigureKind.MEASURE:
                measure = self._written.get(name, name)
                if len(locations) < 2 or adds_up(measure):
                    value = _value(measure, held, locations)
                    _put(values.setdefault(measure, {}), Month.from_code(code), value)
            elif kind == FigureKind.HISTOGRAM:
                counts = _counts(held, locations)
                _put(histograms.setdefault(name, {}), Month.from_code(code), counts or None)
            elif kind == FigureKind.ROWS:
                month = Month.from_code(code)
                if month in states.get(name, {}):
                    states[name][month] = _state(name, month, held, locations)
            elif kind == FigureKind.BASIS:
                said = sorted(figure.name for figure in held)
                basis = "mixed" if len(said) > 1 else said[0] if said else None
                _put(bases, Month.from_code(code), basis)
            elif kind == FigureKind.FILLED:
                first = min((figure.month for figure in held), default=None)
                _put(first_filled, name, None if first is None else Month.from_code(first))
        return replace(
            now,
            values=values,
            histograms=histograms,
            states=states,
            obstacles={
                **{name: why for name, why in now.obstacles.items() if name not in NEED_CATEGORIES},
                **obstacles(values),
            },
            bases=bases,
            first_filled=first_filled,
        )


def _cell(figure: Figure) -> _Cell:
    if figure.kind in _OF_MONTHS:
        return FigureKind.ROWS, figure.name, figure.month
    if figure.kind is FigureKind.BASIS:
        return FigureKind.BASIS, "", figure.month
    # Whether a column is in use yet is asked of all months together.
    month = 0 if figure.kind is FigureKind.FILLED else figure.month
    return figure.kind, figure.name, month


def _put(held: dict[_Key, _Held], key: _Key, value: _Held | None) -> None:
    if value is None:
        held.pop(key, None)
    else:
        held[key] = value


def _value(measure: str, held: Mapping[Figure, float], locations: tuple[str, ...]) -> float | None:
    parts = [
        value for figure, value in held.items() if counts_for(measure, figure.location, locations)
    ]
    return fsum(parts) if parts else None


def _counts(held: Mapping[Figure, float], locations: tuple[str, ...]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for figure, value in held.items():
        if not locations or figure.location in locations:
            found[figure.minutes] += int(value)
    return dict(found)


def _state(
    dataset: str, month: Month, held: Mapping[Figure, float], locations: tuple[str, ...]
) -> MonthState:
    kinds = FigureKind

    def one(kind: FigureKind) -> float:
        return held.get(Figure(kind, dataset, month.code), 0.0)

    there = {
        figure.location: (int(value), int(held.get(figure._replace(kind=kinds.DAYS), 0.0)))
        for figure, value in held.items()
        if figure.kind is kinds.ROWS
    }
    declared = one(kinds.DECLARED)
    return month_state(
        judged(
            dataset_named(dataset),
            month,
            there,
            locations,
            covered=bool(one(kinds.COVERED)),
            declared=declared == 1 if declared else None,
            refused=int(one(kinds.REFUSED)),
            unconfirmed=frozenset(
                figure.location for figure in held if figure.kind is kinds.UNCONFIRMED
            ),
        )
    )
