"""What it takes, in the months left of a period, for a KPI to reach its target.

Of a ratio of sums it is plain arithmetic: the sum above the line that the target asks for over the
whole period, less what it comes to at the pace, with the sum below the line as it goes at the pace.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from kpi.catalogue import Better, Kpi, Unit, measure
from kpi.catalogue.nodes import Binary, Comparison, Count, Flow, Negative, Node, ShareWithin, Stock
from kpi.catalogue.shape import Shape, shape_of
from kpi.months import Month
from kpi.numbers import show
from kpi.role.model import Terms, Threshold
from kpi.score.continued import Continued
from kpi.score.facts import Facts
from kpi.score.talk import counted_words

Kind = Literal["a_month", "each_month_end", "at_the_end", "rest_at", "gap", "at_most", "never"]


_NEVER = "out of reach in this period, whatever comes"
_MOST_POINTS = 100.0  # of a score of answers, whose scales all end there


@dataclass(frozen=True, slots=True)
class Reaching:
    """What a target takes. ``amount``: how much more (below 0: less) of what the KPI counts.

    ``kind``: each month left; at each month-end left; at the period's end, less than now; or
    ``rest_at``, the value of the months left; ``gap``, by how much the value has to be another than
    at the pace; ``at_most`` that many in the months left; ``never``, out of reach in this period.
    """

    kind: Kind
    target: float
    amount: float | None
    words: str


def reaching(
    kpi: Kpi,
    terms: Terms,
    done: Sequence[Month],
    rest: Sequence[Month],
    facts: Facts,
    ways: Sequence[Continued],
    middle: float,
) -> Reaching:
    """What the target takes where the pace, ``middle``, misses it. ``ways``: how the rest may go
    on; ``done`` and ``rest``: the months so far, and those left."""
    target = nearest(terms.target, middle)
    shape = shape_of(kpi.formula)
    found = None
    if shape is not None and shape.kind == "sum":
        found = _of_sum(kpi, target, shape, done, rest, facts)
    elif shape is not None and shape.kind == "ratio":
        found = _of_ratio(kpi, target, shape, done, rest, facts, ways)
    return found or _gap(kpi, target, middle)


def _of_ratio(
    kpi: Kpi,
    target: float,
    shape: Shape,
    done: Sequence[Month],
    rest: Sequence[Month],
    facts: Facts,
    ways: Sequence[Continued],
) -> Reaching | None:
    """What the sum above the line has to be another by; None where it is no such sum."""
    months = (*done, *rest)
    offset, factor = shape.offset_over(months), shape.factor_over(months)
    over, words = _over(shape), counted_words(kpi.id)
    if offset is None or not factor or over is None or (over == "closing" and words is None):
        return None
    sums = [shape.sums(months, way) for way in ways]
    top, bottom = (fmean(each[at] for each in sums) for at in (0, 1))
    before_top, before_bottom = shape.sums(done, facts)
    needed = (target - offset) / factor * bottom
    if over == "closing" and words is not None:
        return _closing(target, needed, before_top, rest[-1], words[1])
    # What the months left come to, if the target is reached: above the line and below it.
    rest_top, rest_bottom = needed - before_top, bottom - before_bottom
    least = 0.0 if _counts_only(shape) else -math.inf
    most = rest_bottom if _is_part(kpi, shape) else math.inf
    if not least - 1e-9 <= rest_top <= most + 1e-9:
        return Reaching("never", target, None, _NEVER)
    if words is not None:
        return _difference(shape, target, needed - top, rest, words, month_ends=over != "months")
    if rest_bottom <= 0 or isinstance(shape.core, Comparison):
        return None
    return _rest_at(kpi, target, offset + factor * rest_top / rest_bottom, rest)


def _rest_at(kpi: Kpi, target: float, value: float, rest: Sequence[Month]) -> Reaching:
    """The value that the months left have to come to."""
    if kpi.unit is Unit.POINTS and abs(value) > _MOST_POINTS * (1 + 1e-9):
        return Reaching("never", target, None, _NEVER)
    return Reaching("rest_at", target, value, f"{show(value, kpi.unit)} in {_when(rest)}")


def nearest(target: Threshold, value: float) -> float:
    """The target, of a band the end that lies nearest."""
    if not isinstance(target, tuple):
        return target
    return target[0] if value < target[0] else target[1]


def _gap(kpi: Kpi, target: float, middle: float) -> Reaching:
    gap = target - middle
    longer = {Unit.MINUTES: ("shorter", "longer"), Unit.SECONDS: ("shorter", "longer")}
    less, more = longer.get(kpi.unit, ("lower", "higher"))
    amount = (
        f"{show(abs(gap) * 100, Unit.POINTS)} pp"
        if kpi.unit is Unit.PERCENT
        else show(abs(gap), kpi.unit)
    )
    return Reaching("gap", target, gap, f"{amount} {more if gap > 0 else less} than at this pace")


def _of_sum(
    kpi: Kpi,
    target: float,
    shape: Shape,
    done: Sequence[Month],
    rest: Sequence[Month],
    facts: Facts,
) -> Reaching | None:
    """Of what is only counted, no more may come than the target leaves, or so many have to."""
    months = (*done, *rest)
    offset, factor = shape.offset_over(months), shape.factor_over(months)
    if offset is None or not factor:
        return None
    left = (target - offset) / factor - shape.sums(done, facts)[0]
    if kpi.better is Better.HIGHER:
        said = f"{show(left * factor, kpi.unit)} more in {_when(rest)}"
        return Reaching("rest_at", target, left, said)
    if left < -1e-9:
        return Reaching("never", target, None, _NEVER)
    many = show(math.floor(left + 1e-9), kpi.unit)
    said = f"none in {_when(rest)}" if many == "0" else f"at most {many} in {_when(rest)}"
    return Reaching("at_most", target, left, said)


def _closing(target: float, needed: float, now: float, last: Month, words: str) -> Reaching:
    change = needed - now
    more = "more" if change > 0 else "less"
    return Reaching(
        "at_the_end", target, change,
        f"{show(abs(_whole(change)), Unit.DOLLARS)} {more} {words} at the end of {last.words} than "
        "now",
    )  # fmt: skip


def _difference(
    shape: Shape,
    target: float,
    change: float,
    rest: Sequence[Month],
    words: tuple[str, str],
    *,
    month_ends: bool,
) -> Reaching:
    """So many more or fewer of what is counted, each month left."""
    unit = _unit(shape)
    each, kind = len(rest), ("each_month_end" if month_ends else "a_month")
    a_month = change / each
    if unit is Unit.DOLLARS:
        amount, less = show(abs(_whole(a_month)), Unit.DOLLARS), "less"
        noun = words[1]
    else:
        total = abs(_whole(change))
        spread = abs(_whole(a_month)) if total >= each else total
        amount, less = show(spread, Unit.COUNT), "fewer"
        noun = words[0] if spread == 1 else words[1]
        if total < each:
            said = f"{amount} {'more' if change > 0 else less} {noun} in {_when(rest)}"
            return Reaching("a_month", target, a_month, said)
    when = "at each month-end left" if month_ends else "a month"
    when = f"in {rest[0].words}" if each == 1 and not month_ends else when
    return Reaching(
        "each_month_end" if kind == "each_month_end" else "a_month",
        target,
        a_month,
        f"{amount} {'more' if change > 0 else less} {noun} {when}",
    )


def _whole(change: float) -> int:
    """The next whole number away from 0, so that it is enough."""
    rounded = math.ceil(abs(change) - 1e-9)
    return rounded if change > 0 else -rounded


def _when(rest: Sequence[Month]) -> str:
    return rest[0].words if len(rest) == 1 else "the months left"


def _over(shape: Shape) -> Literal["months", "month_ends", "closing"] | None:
    """Whether what stands above the line adds up over months, over month-ends, or is the closing
    balance; None where it is none of these."""
    kinds = {_kind(node) for node in _leaves(_top(shape))}
    below = {_kind(node) for node in _leaves(shape.bottom)}
    if kinds == {"months"} or (kinds == {"month_ends"} and below == {"month_ends"}):
        return "months" if kinds == {"months"} else "month_ends"
    return "closing" if kinds == {"closing"} else None


def _top(shape: Shape) -> Node | None:
    match shape.core:
        case Binary("/", top, _):
            return top
        case ShareWithin(measure_name, _):
            return Count(measure_name)
        case Comparison(_, of):
            return of
    return None


def _leaves(node: Node | None) -> list[Node]:
    match node:
        case None:
            return []
        case Binary("+" | "-", left, right):
            return _leaves(left) + _leaves(right)
        case Negative(of):
            return _leaves(of)
    return [node]


def _kind(node: Node) -> str:
    match node:
        case Flow() | Count():
            return "months"
        case Stock(function, _):
            return function
    return "other"


def _unit(shape: Shape) -> Unit:
    leaves = [node for node in _leaves(_top(shape)) if isinstance(node, Flow | Stock)]
    money = any(measure(node.measure).money for node in leaves)
    return Unit.DOLLARS if money else Unit.COUNT


def _counts_only(shape: Shape) -> bool:
    """Whether what stands above the line cannot be under 0: it is only added up, and no money."""
    top = _top(shape)
    subtracts = isinstance(top, Negative) or (isinstance(top, Binary) and top.operator == "-")
    return _unit(shape) is Unit.COUNT and not subtracts


def _is_part(kpi: Kpi, shape: Shape) -> bool:
    """Whether what is counted above the line is a part of what is counted below it."""
    if isinstance(shape.core, Comparison) or _unit(shape) is not Unit.COUNT:
        return False
    return kpi.unit is Unit.PERCENT and kpi.better is Better.HIGHER
