"""What a backtest's figures suggest looking at, each with its arithmetic and never a verdict.

Percentiles are counted from the best month: the 75th is the value that at least 75% of the months
reach or better, and always one that a month had (of 12 months, the ninth best).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kpi.catalogue import Better
from kpi.numbers import show, show_threshold
from kpi.score.backtest import Backtest, ReplayedKpi

Kind = Literal[
    "few_values", "mostly_met", "mostly_missed", "often_below_floor", "often_at_stretch",
    "never_at_stretch", "chance",
]  # fmt: skip

LEAST = 12
"""Months with a value below which nothing is said of a target: a year, so that no season is missed
out."""
RECENT = 12
_MOSTLY = 0.9  # of the months with a value
_SELDOM = 0.1
_HALF = 0.5
_QUARTER = 0.25
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to look at. ``figures``: what the sentence counts, unrounded."""

    kpi: str
    kind: Kind
    words: str
    figures: Mapping[str, float | int]


def suggestions(found: Backtest) -> tuple[Suggestion, ...]:
    """What is worth a look, in the role's order of KPIs."""
    return tuple(each for kpi in found.kpis for each in _of(kpi))


def percentile(values: Sequence[float], share: float, better: Better) -> float:
    """The value that at least that share of the values reach or better, one of them (the inverse of
    their distribution function, type 1 of Hyndman and Fan 1996, counted from the best)."""
    ordered = sorted(values, reverse=better is Better.HIGHER)
    return ordered[max(0, math.ceil(share * len(ordered) - _EPSILON) - 1)]


def _of(found: ReplayedKpi) -> Iterator[Suggestion]:
    valued = len(found.values)
    if found.no_value >= _QUARTER * len(found.months):
        rest = (
            f"what is said of its target rests on the other {valued}"
            if valued >= LEAST
            else f"nothing is said of its target on the other {valued}, fewer than {LEAST}"
        )
        yield _said(
            found, "few_values",
            f"{found.no_value} of {len(found.months)} months have no value; {rest}.",
            no_value=found.no_value, months=len(found.months),
        )  # fmt: skip
    if valued >= LEAST:
        yield from _of_target(found, valued)
        yield from _of_floor_and_stretch(found, valued)
    if found.judged >= LEAST and found.by_chance >= _HALF * found.judged - _EPSILON:
        yield _of_chance(found)


def _of_target(found: ReplayedKpi, valued: int) -> Iterator[Suggestion]:
    target = show_threshold(found.terms.target, found.kpi.unit)
    if found.met >= _MOSTLY * valued - _EPSILON:
        words, figures = _recent(found, 0.75)
        if figures.get("value") == found.terms.target:  # as of violations: none can be bettered
            return
        yield _said(
            found, "mostly_met",
            f"the target of {target} was met in {found.met} of {valued} months; {words}.",
            met=found.met, months=valued, **figures,
        )  # fmt: skip
    elif found.met <= _SELDOM * valued + _EPSILON:
        words, figures = _recent(found, 0.5)
        yield _said(
            found, "mostly_missed",
            f"the target of {target} was met in {found.met} of {valued} months; {words}.",
            met=found.met, months=valued, **figures,
        )  # fmt: skip


def _of_floor_and_stretch(found: ReplayedKpi, valued: int) -> Iterator[Suggestion]:
    below, at_stretch = found.counts["below_floor"], found.counts["at_stretch"]
    if found.terms.floor is not None and below >= _HALF * valued - _EPSILON:
        floor = show_threshold(found.terms.floor, found.kpi.unit)
        words, figures = _recent(found, 0.75)
        yield _said(
            found, "often_below_floor",
            f"{below} of {valued} months stood at the floor of {floor} or worse and would all have "
            f"earned 0; {words}.",
            below_floor=below, months=valued, **figures,
        )  # fmt: skip
    if found.terms.stretch is None:
        return
    stretch = show_threshold(found.terms.stretch, found.kpi.unit)
    if at_stretch >= _HALF * valued - _EPSILON:
        words, figures = _recent(found, 0.25)
        yield _said(
            found, "often_at_stretch",
            f"the stretch of {stretch} was reached in {at_stretch} of {valued} months; {words}.",
            at_stretch=at_stretch, months=valued, **figures,
        )  # fmt: skip
    elif not at_stretch and found.met >= _HALF * valued - _EPSILON:
        best = percentile(found.values, 0, found.kpi.better)
        yield _said(
            found, "never_at_stretch",
            f"the stretch of {stretch} was reached in none of {valued} months, the target in "
            f"{found.met}; the best month was {show(best, found.kpi.unit)}.",
            at_stretch=0, met=found.met, months=valued, best=best,
        )  # fmt: skip


def _of_chance(found: ReplayedKpi) -> Suggestion:
    reading, unit = found.reading, found.kpi.unit
    lower, upper = reading.lower or 0.0, reading.upper or 0.0
    thresholds = [
        f"the {name} of {show_threshold(value, unit)}"
        for name, value in (
            ("floor", found.terms.floor), ("target", found.terms.target),
            ("stretch", found.terms.stretch),
        )
        if value is not None
    ]  # fmt: skip
    return _said(
        found, "chance",
        f"{found.by_chance} of {found.judged} months crossed {_either(thresholds)} though their "
        f"chart shows nothing but chance; its usual range is {show(lower, unit)} to "
        f"{show(upper, unit)}.",
        by_chance=found.by_chance, judged=found.judged, lower=lower, upper=upper,
    )  # fmt: skip


def _either(named: Sequence[str]) -> str:
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def _recent(found: ReplayedKpi, share: float) -> tuple[str, dict[str, float]]:
    """What a share of the last twelve months with a value reached; of a band, where they lay."""
    last, unit = found.values[-RECENT:], found.kpi.unit
    if found.kpi.better is Better.BAND:
        low = percentile(last, 0.25, Better.LOWER)
        high = percentile(last, 0.75, Better.LOWER)
        words = f"the middle half of the last {len(last)} lay between {show(low, unit)} and "
        return words + show(high, unit), {"low": low, "high": high, "recent": len(last)}
    value = percentile(last, share, found.kpi.better)
    named = "median" if share == _HALF else f"{share * 100:.0f}th percentile"
    return (
        f"the {named} of the last {len(last)} is {show(value, unit)}",
        {"percentile": share, "value": value, "recent": len(last)},
    )


def _said(found: ReplayedKpi, kind: Kind, words: str, **figures: float) -> Suggestion:
    return Suggestion(found.kpi.id, kind, f"{found.kpi.name}: {words}", figures)
