"""What a formula comes to over a period's months."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

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
from kpi.months import Month

MonthRole = Literal["period", "comparison", "opening"]


class Inputs(Protocol):
    """The monthly measures that a formula is computed from."""

    @property
    def values(self) -> Mapping[str, Mapping[Month, float]]:
        """Flows and stocks by measure and month; a flow that is absent is 0."""

    @property
    def histograms(self) -> Mapping[str, Mapping[Month, Mapping[int, int]]]:
        """Counts by measure, month and whole minutes."""


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """A measure's month that a formula reads, and as what."""

    measure: str
    month: Month
    role: MonthRole


def evaluate(formula: Formula, months: Sequence[Month], inputs: Inputs) -> float | None:
    """The formula's value over the months.

    None where there is none: a denominator or a base of growth that is not positive, a histogram
    without counts, a balance that is not known.
    """
    return _finite(_value(formula.root, months, inputs))


def quotient(
    formula: Formula, months: Sequence[Month], inputs: Inputs
) -> tuple[float | None, float | None]:
    """What the formula divides: numerator and denominator as a reader would check them.

    Of a ratio both sums, without a factor like 100 and without the ``1 -`` before it; of growth
    the value in the period and in the year before; of a count the count and None; of a quantile
    both None.
    """
    root = _bare(formula.root)
    match root:
        case Binary("/", top, bottom):
            return (
                _finite(_value(_unscaled(top), months, inputs)),
                _finite(_value(bottom, months, inputs)),
            )
        case Comparison(_, of):
            return (
                _finite(_value(of, months, inputs)),
                _finite(_value(of, year_before(months), inputs)),
            )
        case ShareWithin(measure, limit):
            counts = counts_over(measure, months, inputs)
            return _within(counts, limit), float(sum(counts.values()))
        case Quantile():
            return None, None
    return _finite(_value(root, months, inputs)), None


@dataclass(frozen=True, slots=True)
class Read:
    """Which months of a measure a formula reads: each of the period's, the last alone, or each and
    the one that opens them; ``compared``: of the year before."""

    measure: str
    which: Literal["each", "last", "opened"]
    compared: bool

    def months(self, period: Sequence[Month]) -> Iterator[tuple[Month, MonthRole]]:
        """Its months over a period, and as what they are read."""
        of = year_before(period) if self.compared else tuple(period)
        role: MonthRole = "comparison" if self.compared else "period"
        if self.which == "opened" and of:
            # A comparison's opening balance is a month to compare with like the rest.
            yield of[0] - 1, "comparison" if self.compared else "opening"
        yield from ((month, role) for month in (of[-1:] if self.which == "last" else of))


def reads(formula: Formula) -> tuple[Read, ...]:
    """What the formula reads of which measure, each once, in order."""
    return tuple(dict.fromkeys(_reads(formula.root, compared=False)))


def needs(formula: Formula, months: Sequence[Month]) -> tuple[Need, ...]:
    """Every measure and month that the formula reads over the months, each once, in order.

    A closing balance needs the last month only; a mean balance the month before as well.
    """
    return tuple(
        dict.fromkeys(
            Need(read.measure, month, role)
            for read in reads(formula)
            for month, role in read.months(months)
        )
    )


def compares(formula: Formula) -> bool:
    """Whether it holds the period against the same months a year before."""
    return any(isinstance(node, Comparison) for node in _walk(formula.root))


def is_count(formula: Formula) -> bool:
    """Whether it is nothing but sums of flow measures, so that it counts things."""
    return all(
        isinstance(node, Flow) or (isinstance(node, Binary) and node.operator in "+-")
        for node in _walk(formula.root)
    )


def year_before(months: Sequence[Month]) -> tuple[Month, ...]:
    """The same months a year before."""
    return tuple(month - 12 for month in months)


def _value(  # noqa: PLR0911 - one answer a kind of node
    node: Node, months: Sequence[Month], inputs: Inputs
) -> float | None:
    match node:
        case Number(value):
            return value
        case Calendar(name):
            return float(_calendar(name, months))
        case Flow(measure):
            known = inputs.values.get(measure, {})
            return math.fsum(known.get(month, 0.0) for month in months)
        case Stock():
            return _stock(node, months, inputs)
        case Quantile(q, measure):
            return nearest_rank(counts_over(measure, months, inputs), q)
        case ShareWithin(measure, limit):
            counts = counts_over(measure, months, inputs)
            total = sum(counts.values())
            return _within(counts, limit) / total if total else None
        case Count(measure):
            binned = inputs.histograms.get(measure, {})
            return float(sum(sum(binned[month].values()) for month in months if month in binned))
        case Negative(of):
            positive = _value(of, months, inputs)
            return None if positive is None else -positive
        case Binary():
            return _binary(node, months, inputs)
        case Comparison(function, of):
            now = _value(of, months, inputs)
            base = _value(of, year_before(months), inputs)
            if now is None or base is None or base <= 0:
                return None
            return now / base - 1 if function == "change" else 1 - now / base


def _binary(node: Binary, months: Sequence[Month], inputs: Inputs) -> float | None:
    left = _value(node.left, months, inputs)
    right = _value(node.right, months, inputs)
    if left is None or right is None:
        return None
    match node.operator:
        case "+":
            return _finite(left + right)
        case "-":
            # Cents as binary fractions leave dust: a difference of equals must be a real zero,
            # or a ratio over it would be a huge number instead of none.
            near = math.isclose(left, right, rel_tol=1e-13)
            return 0.0 if near else _finite(left - right)
        case "*":
            return _finite(left * right)
        case "/":
            return _finite(left / right) if right > 0 else None


def _calendar(name: str, months: Sequence[Month]) -> int:
    if name == "days":
        return sum(month.days for month in months)
    if name == "months":
        return len(months)
    return 366 if any(month.number == 2 and month.days == 29 for month in months) else 365


def _stock(node: Stock, months: Sequence[Month], inputs: Inputs) -> float | None:
    known = inputs.values.get(node.measure, {})
    points = [known.get(month) for month in _stock_months(node, months)]
    found = [point for point in points if point is not None]
    if not found or len(found) < len(points):
        return None
    total = math.fsum(found)
    return total / len(found) if node.function == "mean_stock" else total


def _stock_months(node: Stock, months: Sequence[Month]) -> tuple[Month, ...]:
    if not months:
        return ()
    if node.function == "closing":
        return (months[-1],)
    if node.function == "mean_stock":
        return (months[0] - 1, *months)
    return tuple(months)


def counts_over(measure: str, months: Sequence[Month], inputs: Inputs) -> dict[int, int]:
    """A histogram's counts of whole minutes, added up over the months."""
    known = inputs.histograms.get(measure, {})
    total: dict[int, int] = {}
    for month in months:
        for minutes, count in known.get(month, {}).items():
            total[minutes] = total.get(minutes, 0) + count
    return total


def _within(counts: Mapping[int, int], limit: float) -> float:
    return float(sum(count for minutes, count in counts.items() if minutes <= limit))


def nearest_rank(counts: Mapping[int, int], q: float) -> float | None:
    """The smallest value whose counts up to it reach q of all; None where nothing is counted."""
    total = sum(counts.values())
    if total <= 0:
        return None
    # As a fraction of the number written: 0.7 of 10 is 7, not the 7.000000000000001 of floats.
    rank = math.ceil(Fraction(repr(q)) * total)
    reached = 0
    for minutes in sorted(counts):
        reached += counts[minutes]
        if reached >= rank:
            return float(minutes)
    return None


def _bare(node: Node) -> Node:
    """The node without a ``1 -`` before it and without a factor that holds no measure."""
    match node:
        case Binary("-", Number(1.0), of):
            return _bare(of)
        case Binary("*", factor, of) if _plain(factor):
            return _bare(of)
        case Binary("*", of, factor) if _plain(factor):
            return _bare(of)
    return node


def _plain(node: Node) -> bool:
    return all(isinstance(each, Number | Calendar | Negative | Binary) for each in _walk(node))


def _unscaled(node: Node) -> Node:
    match node:
        case Binary("*", Number(), of) | Binary("*", of, Number()):
            return _unscaled(of)
    return node


def _reads(node: Node, *, compared: bool) -> Iterator[Read]:
    match node:
        case Flow(measure) | Quantile(_, measure) | ShareWithin(measure, _) | Count(measure):
            yield Read(measure, "each", compared)
        case Stock(function, measure):
            which: Literal["each", "last", "opened"] = "each"
            if function == "closing":
                which = "last"
            elif function == "mean_stock":
                which = "opened"
            yield Read(measure, which, compared)
        case Negative(of):
            yield from _reads(of, compared=compared)
        case Binary(_, left, right):
            yield from _reads(left, compared=compared)
            yield from _reads(right, compared=compared)
        case Comparison(_, of):
            yield from _reads(of, compared=False)
            yield from _reads(of, compared=True)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Negative(of) | Comparison(_, of):
            yield from _walk(of)
        case Binary(_, left, right):
            yield from _walk(left)
            yield from _walk(right)


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
