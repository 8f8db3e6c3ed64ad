"""Scores of several assignments side by side: the KPIs that they share, and which figures may be
said to differ. There are no ranks: what margins do not tell apart has no order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from kpi.catalogue.model import Kpi
from kpi.months import Month
from kpi.numbers import show, show_score
from kpi.score.distinguish import Ends, distinguishable
from kpi.score.model import KpiScore, Score, Status

Named = tuple[str, Score]
"""Whose score it is, in words, and the score."""


@dataclass(frozen=True, slots=True)
class Told:
    """What can be told apart of one figure, in sentences; together they name every pair."""

    subject: str
    pairs: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    """One of the figures that are compared."""

    whose: str
    value: float
    shown: str
    margin: Ends | None
    period: tuple[Month, Month]


def same_kpi(one: Kpi, other: Kpi) -> bool:
    """Whether two roles mean the same KPI: one that a role defines itself may share only the id."""
    return (one.id, one.unit, one.better, one.formula) == (
        other.id,
        other.unit,
        other.better,
        other.formula,
    )


def shared_kpis(scores: Sequence[Score]) -> list[Kpi]:
    """The KPIs that at least two of the scores have, as the first role that has each lists it."""
    found: list[Kpi] = []
    counts: list[int] = []
    for row in (row for score in scores for row in score.rows):
        at = next((at for at, kpi in enumerate(found) if same_kpi(kpi, row.kpi)), None)
        if at is None:
            found.append(row.kpi)
            counts.append(1)
        else:
            counts[at] += 1
    return [kpi for kpi, count in zip(found, counts, strict=True) if count > 1]


def row_of(score: Score, kpi: Kpi) -> KpiScore | None:
    """A KPI's row in a score; None where its role does not have it."""
    return next((row for row in score.rows if same_kpi(row.kpi, kpi)), None)


def told_apart(named: Sequence[Named]) -> list[Told]:
    """Which scores differ by more than chance, then which values of each KPI that is shared.

    Only figures of the same months are compared, and only those that have a margin or a usual
    variation; they differ where these have nothing in common (``kpi.score.distinguish``). What is
    left out cannot be told apart.
    """
    found = [_told("Score", _scores(named), "lies above")]
    for kpi in shared_kpis([score for _, score in named]):
        found.append(_told(kpi.name, _values(named, kpi), "is higher than"))
    return [each for each in found if each.pairs]


def different_targets(scores: Sequence[Score]) -> bool:
    """Whether the roles ask for different things: a score says how far its own targets are met."""
    asked = [tuple(version.terms for version in score.versions) for score in scores]
    return any(one != other for one, other in combinations(asked, 2))


def _scores(named: Sequence[Named]) -> list[_Figure]:
    return [
        _Figure(
            whose,
            score.score,
            show_score(score.score, score.versions[-1].ratings if score.versions else None),
            score.margin,
            (score.first, score.last),
        )
        for whose, score in named
        if score.score is not None
    ]


def _values(named: Sequence[Named], kpi: Kpi) -> list[_Figure]:
    rows = [(whose, score, row_of(score, kpi)) for whose, score in named]
    return [
        _Figure(
            whose,
            row.result.value,
            show(row.result.value, kpi.unit),
            row.margin,
            (score.first, score.last),
        )
        for whose, score, row in rows
        if row is not None and row.status is Status.SCORED and row.result.value is not None
    ]


def _told(subject: str, figures: Sequence[_Figure], verb: str) -> Told:
    """A sentence a figure that others are told to lie under, in the order of the figures."""
    sentences, pairs = [], 0
    for one in figures:
        under = [other for other in figures if other.value < one.value and _apart(one, other)]
        if under:
            pairs += len(under)
            named = _listed([f"{other.whose} ({other.shown})" for other in under])
            sentences.append(f"{one.whose} ({one.shown}) {verb} {named}.")
    return Told(subject, pairs, tuple(sentences))


def _apart(one: _Figure, other: _Figure) -> bool:
    return one.period == other.period and distinguishable(one.margin, other.margin) is True


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
