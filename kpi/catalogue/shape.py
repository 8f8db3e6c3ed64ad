"""What kind of figure a formula is: a sum, a ratio of two sums, or a quantile.

These can be put together from the figures of groups, since sums add up over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kpi.catalogue.evaluation import Inputs, evaluate, quotient
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

Kind = Literal["sum", "ratio", "quantile"]

_ZERO, _ONE, _MINUS = Number(0.0), Number(1.0), Number(-1.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """A formula written as ``offset + factor * core``, the core being of that kind.

    Offset and factor hold no measure, though they may depend on how long the period is.
    """

    kind: Kind
    core: Node
    offset: Node = _ZERO
    factor: Node = _ONE

    def offset_over(self, months: Sequence[Month]) -> float | None:
        """What is added to the core in a period."""
        return _plain_value(self.offset, months)

    def factor_over(self, months: Sequence[Month]) -> float | None:
        """What the core is multiplied by in a period."""
        return _plain_value(self.factor, months)

    @property
    def bottom(self) -> Node | None:
        """What a ratio divides by, or what a quantile ranks; None of a sum."""
        match self.core:
            case Binary("/", _, bottom) if self.kind == "ratio":
                return bottom
            case ShareWithin(measure, _) | Quantile(_, measure):
                return Count(measure)
            case Comparison(_, of):
                return of
        return None

    def sums(self, months: Sequence[Month], inputs: Inputs) -> tuple[float, float]:
        """Of a ratio its two sums; of a sum itself over 1. What is not known is 0."""
        match self.core:
            case Binary("/", top, bottom) if self.kind == "ratio":
                above = evaluate(_formula(top), months, inputs)
                below = evaluate(_formula(bottom), months, inputs)
            case ShareWithin() | Comparison():
                above, below = quotient(_formula(self.core), months, inputs)
            case _:
                above, below = evaluate(_formula(self.core), months, inputs), 1.0
        return above or 0.0, below or 0.0


def shape_of(formula: Formula) -> Shape | None:
    """The shape of a formula; None where it cannot be put together from the figures of groups."""
    return _shape(formula.root)


def _shape(node: Node) -> Shape | None:  # noqa: PLR0911 - one answer a kind of node
    if _is_sum(node):
        return Shape("sum", node)
    match node:
        case Binary("/", top, bottom) if _is_sum(top) and _is_sum(bottom):
            return Shape("ratio", node)
        case ShareWithin():
            return Shape("ratio", node)
        case Quantile():
            return Shape("quantile", node)
        case Comparison("change", of) if _is_sum(of):
            return Shape("ratio", node, _MINUS)
        case Comparison("reduction", of) if _is_sum(of):
            return Shape("ratio", node, _ONE, _MINUS)
        case Negative(of):
            return _times(_MINUS, _shape(of))
        case Binary("*", plain, of) | Binary("*", of, plain) if _is_plain(plain):
            return _times(plain, _shape(of))
        case Binary("/", of, plain) if _is_plain(plain):
            return _times(Binary("/", _ONE, plain), _shape(of))
        case Binary("+", plain, of) | Binary("+", of, plain) if _is_plain(plain):
            return _plus(plain, _shape(of))
        case Binary("-", of, plain) if _is_plain(plain):
            return _plus(Negative(plain), _shape(of))
        case Binary("-", plain, of) if _is_plain(plain):
            return _plus(plain, _times(_MINUS, _shape(of)))
    return None


def _times(factor: Node, shape: Shape | None) -> Shape | None:
    if shape is None:
        return None
    return Shape(
        shape.kind,
        shape.core,
        Binary("*", factor, shape.offset),
        Binary("*", factor, shape.factor),
    )


def _plus(offset: Node, shape: Shape | None) -> Shape | None:
    if shape is None:
        return None
    return Shape(shape.kind, shape.core, Binary("+", offset, shape.offset), shape.factor)


def _is_sum(node: Node) -> bool:
    """Whether the figures of groups, added up, give the node's figure."""
    match node:
        case Flow() | Stock() | Count():
            return True
        case Negative(of):
            return _is_sum(of)
        case Binary("+" | "-", left, right):
            return _is_sum(left) and _is_sum(right)
        case Binary("*", left, right):
            return (_is_plain(left) and _is_sum(right)) or (_is_sum(left) and _is_plain(right))
        case Binary("/", left, right):
            return _is_sum(left) and _is_plain(right)
    return False


def _is_plain(node: Node) -> bool:
    """Whether a node holds no measure."""
    match node:
        case Number() | Calendar():
            return True
        case Negative(of):
            return _is_plain(of)
        case Binary(_, left, right):
            return _is_plain(left) and _is_plain(right)
    return False


@dataclass(frozen=True, slots=True)
class _Nothing:
    """Inputs of what reads no measure."""

    @property
    def values(self) -> dict[str, dict[Month, float]]:
        return {}

    @property
    def histograms(self) -> dict[str, dict[Month, dict[int, int]]]:
        return {}


def _plain_value(node: Node, months: Sequence[Month]) -> float | None:
    return evaluate(_formula(node), months, _Nothing())


def _formula(node: Node) -> Formula:
    return Formula("", node, frozenset())
