"""Facts and role versions made by hand, for the tests of scoring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kpi.catalogue import measures
from kpi.months import Month, span
from kpi.role.model import Terms
from kpi.score.facts import Facts, MonthState, State
from kpi.score.model import VersionInForce

T = TypeVar("T")

JAN, FEB, MAR = span(Month(2026, 1), Month(2026, 3))
QUARTER = (JAN, FEB, MAR)
RATINGS = {"outstanding": 112.0, "exceeds": 103.0, "meets": 90.0, "developing": 70.0}
COMPLETE = MonthState(State.COMPLETE, rows=1)
DATASETS = sorted({measure.dataset for measure in measures().values()})


def facts(
    values: Mapping[str, Sequence[float]] | None = None,
    *,
    first: Month = JAN,
    histograms: Mapping[str, Sequence[Mapping[int, int]]] | None = None,
    complete: Iterable[Month] | None = None,
) -> Facts:
    """Facts whose lists start in ``first``; all datasets complete for years before and after."""
    months = complete if complete is not None else span(first - 24, first + 36)
    states = dict.fromkeys(months, COMPLETE)
    return Facts(
        values={name: _monthly(each, first) for name, each in (values or {}).items()},
        histograms={name: _monthly(each, first) for name, each in (histograms or {}).items()},
        states=dict.fromkeys(DATASETS, states),
    )


def without(known: Facts, dataset: str, *months: Month, note: str = "") -> Facts:
    """The same facts with months of a dataset missing, and their figures gone."""
    states = {
        **known.states[dataset],
        **dict.fromkeys(months, MonthState(State.MISSING, note)),
    }
    gone = {name for name, measure in measures().items() if measure.dataset == dataset}
    return replace(
        known,
        states={**known.states, dataset: states},
        values=_withheld(known.values, gone, months),
        histograms=_withheld(known.histograms, gone, months),
    )


def with_state(known: Facts, dataset: str, month: Month, state: MonthState) -> Facts:
    """The same facts with one month of a dataset in another state."""
    return replace(known, states={**known.states, dataset: {**known.states[dataset], month: state}})


def version(
    *terms: Terms,
    name: str = "2026.1",
    months: Sequence[Month] = QUARTER,
    minimum_coverage: float = 0.8,
) -> VersionInForce:
    """A role version that judges the months."""
    return VersionInForce(name, tuple(months), terms, minimum_coverage, RATINGS)


def _monthly(values: Sequence[T], first: Month) -> dict[Month, T]:
    return {first + at: value for at, value in enumerate(values)}


def _withheld(
    values: Mapping[str, Mapping[Month, T]], gone: set[str], months: Sequence[Month]
) -> dict[str, dict[Month, T]]:
    return {
        name: {
            month: value for month, value in each.items() if name not in gone or month not in months
        }
        for name, each in values.items()
    }
