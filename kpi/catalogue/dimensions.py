"""What a formula is measured in, so that minutes are never added to dollars.

Counts, shares and plain numbers have no dimension; dollars, minutes, seconds, days and hours have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from kpi.catalogue.measure import Measure
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

Dimension = tuple[tuple[str, int], ...]
"""Units with their powers, in the order of their names: dollars a day is
``(("days", -1), ("dollars", 1))``. Empty: a plain number."""

PLAIN: Dimension = ()


def dimension(node: Node, known: Callable[[str], Measure]) -> Dimension:
    """What a node is measured in. ``known`` gives a measure by its name."""
    match node:
        case Number() | Count() | ShareWithin() | Comparison():
            return PLAIN
        case Calendar(name):
            return PLAIN if name == "months" else (("days", 1),)
        case Flow(measure) | Stock(_, measure) | Quantile(_, measure):
            unit = known(measure).unit
            return ((unit, 1),) if unit else PLAIN
        case Negative(of):
            return dimension(of, known)
        case Binary(operator, left, right):
            first = dimension(left, known)
            if operator in "+-":
                return first
            return _times(first, dimension(right, known), 1 if operator == "*" else -1)


def in_words(found: Dimension) -> str:
    """``dollars``, ``dollars per days``, ``a plain number``."""
    above = " × ".join(_power(unit, power) for unit, power in found if power > 0)
    below = " × ".join(_power(unit, -power) for unit, power in found if power < 0)
    if not below:
        return above or "a plain number"
    return f"{above or 'a number'} per {below}"


def _power(unit: str, power: int) -> str:
    return unit if power == 1 else f"{unit}^{power}"


def _times(left: Dimension, right: Dimension, sign: int) -> Dimension:
    powers = Counter(dict(left))
    for unit, power in right:
        powers[unit] += sign * power
    return tuple(sorted((unit, power) for unit, power in powers.items() if power))
