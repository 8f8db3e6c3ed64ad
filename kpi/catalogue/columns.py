"""What a formula comes to in every month by itself, in one pass over columns of months.

``kpi.catalogue.evaluation`` gives one period's value. A chart needs each month's, and an overview
those of many practices: here the same tree is walked once, each part of it an array.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kpi.catalogue.evaluation import Inputs
from kpi.catalogue.formula import Formula
from kpi.catalogue.nodes import (
    Binary,
    Calendar,
    Comparison,
    Count,
    Flow,
    Negative,
    Node,
    Number,
    Quantile,
    ShareWithin,
    Stock,
)
from kpi.months import Month, span

Column = NDArray[np.float64]
"""A number a month, along the last axis; what has no value is NaN."""

BEFORE = 13
"""Months that columns hold before the first one asked for: the year to compare with, and the month
that opens it."""


@dataclass(frozen=True, slots=True)
class Bins:
    """A histogram's counts: the months along the last axis but one, the bins along the last."""

    minutes: Column  # ascending
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Columns:
    """Monthly measures as columns, of one practice or of many side by side in the axes before.

    ``months``: those asked for, in a row; each column begins ``BEFORE`` months earlier. A flow
    that is absent is 0, a balance that is not known NaN.
    """

    months: tuple[Month, ...]
    values: Mapping[str, Column]
    histograms: Mapping[str, Bins]


def columns_of(inputs: Inputs, formulas: Iterable[Formula], months: Sequence[Month]) -> Columns:
    """What the formulas read of one practice's measures. Raises ValueError for months that do not
    follow one another: a column has no place for what lies between."""
    asked = tuple(months)
    if asked and asked != span(asked[0], asked[-1]):
        raise ValueError("the months of a chart follow one another")
    reads = [part for formula in formulas for part in _leaves(formula.root)]
    every = span(asked[0] - BEFORE, asked[-1]) if asked else ()
    values, histograms = {}, {}
    for part in dict.fromkeys(reads):
        known = inputs.values.get(part.measure, {})
        match part:
            case Flow(name):
                values[name] = np.array([known.get(month, 0.0) for month in every])
            case Stock(_, name):
                values[name] = np.array([known.get(month, np.nan) for month in every])
            case Quantile(_, name) | ShareWithin(name) | Count(name):
                histograms[name] = _bins(inputs.histograms.get(name, {}), every)
    return Columns(asked, values, histograms)


def evaluate_monthly(formula: Formula, columns: Columns) -> Column:
    """The formula's value of each month alone, NaN where ``evaluate`` gives None.

    One number a month asked for, along the last axis; the axes before are those of the columns.
    """
    with np.errstate(all="ignore"):
        found = _finite(_value(formula.root, columns, 0))
    return found if found.ndim else np.full(len(columns.months), found)  # a number alone


def _value(node: Node, columns: Columns, back: int) -> Column:  # noqa: PLR0911 - as `evaluate`
    """A part's value in the months that lie so many months before those asked for."""
    match node:
        case Number(value):
            return np.array(value)
        case Calendar(name):
            return np.array([_CALENDAR[name](month - back) for month in columns.months])
        case Flow(name):
            return _window(columns.values[name], columns, back)
        case Stock(function, name):
            balance = _window(columns.values[name], columns, back)
            if function == "mean_stock":
                return (_window(columns.values[name], columns, back + 1) + balance) / 2
            return balance
        case Quantile(q, name):
            return _quantile(columns.histograms[name], columns, back, q)
        case ShareWithin(name, limit):
            bins = columns.histograms[name]
            counts = _window_of_bins(bins, columns, back)
            total = counts.sum(axis=-1)
            share = counts[..., bins.minutes <= limit].sum(axis=-1) / total
            return np.where(total > 0, share, np.nan)
        case Count(name):
            counts = _window_of_bins(columns.histograms[name], columns, back)
            every: Column = counts.sum(axis=-1, dtype=np.float64)
            return every
        case Negative(of):
            return -_value(of, columns, back)
        case Binary():
            return _binary(node, columns, back)
        case Comparison(function, of):
            now, base = _value(of, columns, back), _value(of, columns, back + 12)
            change = now / base - 1 if function == "change" else 1 - now / base
            return np.where(base > 0, change, np.nan)


_CALENDAR: Mapping[str, Callable[[Month], float]] = {
    "days": lambda month: float(month.days),
    "months": lambda _month: 1.0,
    "year_days": lambda month: 366.0 if month.number == 2 and month.days == 29 else 365.0,
}


def _binary(node: Binary, columns: Columns, back: int) -> Column:
    left, right = _value(node.left, columns, back), _value(node.right, columns, back)
    match node.operator:
        case "+":
            return _finite(left + right)
        case "-":
            # As in `evaluate`: a difference of equals is a real zero, whatever dust cents leave.
            difference = left - right
            near = np.abs(difference) <= 1e-13 * np.maximum(np.abs(left), np.abs(right))
            return _finite(np.where(near, 0.0, difference))
        case "*":
            return _finite(left * right)
        case "/":
            return _finite(np.where(right > 0, left / right, np.nan))


def _quantile(bins: Bins, columns: Columns, back: int, q: float) -> Column:
    reached = np.cumsum(_window_of_bins(bins, columns, back), axis=-1)
    if not bins.minutes.size:
        return np.full(reached.shape[:-1], np.nan)
    total = reached[..., -1]
    top, bottom = Fraction(repr(q)).as_integer_ratio()  # the number written, as in `evaluate`
    exact = total.astype(object) if top * int(total.max(initial=0)) >= 2**63 else total
    rank = -(-top * exact // bottom)
    at = (reached >= rank[..., np.newaxis]).argmax(axis=-1)
    return np.where(total > 0, bins.minutes[at], np.nan)


def _window(column: Column, columns: Columns, back: int) -> Column:
    start = BEFORE - back
    return column[..., start : start + len(columns.months)]


def _window_of_bins(bins: Bins, columns: Columns, back: int) -> NDArray[np.int64]:
    start = BEFORE - back
    return bins.counts[..., start : start + len(columns.months), :]


def _bins(known: Mapping[Month, Mapping[int, int]], every: Sequence[Month]) -> Bins:
    minutes = sorted({each for month in every for each in known.get(month, ())})
    place = {each: at for at, each in enumerate(minutes)}
    counts = np.zeros((len(every), len(minutes)), dtype=np.int64)
    for at, month in enumerate(every):
        held = known.get(month, {})
        counts[at, [place[each] for each in held]] = list(held.values())
    return Bins(np.array(minutes, dtype=np.float64), counts)


def _leaves(node: Node) -> Iterable[Flow | Stock | Quantile | ShareWithin | Count]:
    match node:
        case Flow() | Stock() | Quantile() | ShareWithin() | Count():
            yield node
        case Negative(of) | Comparison(_, of):
            yield from _leaves(of)
        case Binary(_, left, right):
            yield from _leaves(left)
            yield from _leaves(right)


def _finite(values: Column) -> Column:
    return np.where(np.isfinite(values), values, np.nan)
