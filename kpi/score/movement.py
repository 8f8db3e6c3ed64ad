"""Why a KPI moved between two periods: what each group of a practice added to the change.

The parts add up to the change, whatever the groups. Of a ratio each group has two: what its own
rate did, and what came of its having a larger or smaller share of all. Both are weighed by the mean
of the two periods, so that neither is the one to start from and nothing is left over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import NamedTuple

from kpi.catalogue import Formula
from kpi.catalogue.evaluation import Inputs, counts_over, nearest_rank
from kpi.catalogue.nodes import Quantile
from kpi.catalogue.shape import Kind, Shape, shape_of
from kpi.months import Month
from kpi.score.exchange import Group, exchanged, pooled

Sums = tuple[float, float]
"""Numerator and denominator."""


@dataclass(frozen=True, slots=True)
class Side:
    """A group in one period.

    ``value``: the KPI of the group alone, None where there is nothing to measure it against.
    ``weight``: its share of the denominator, of a quantile of what is counted; None of a sum.
    """

    value: float | None
    top: float | None
    bottom: float | None
    weight: float | None


@dataclass(frozen=True, slots=True)
class GroupMove:
    """What one group added to the change, in the KPI's unit. ``mix`` is None but for ratios.

    ``group`` is None for the smaller groups of a quantile, pooled.
    """

    group: Group
    before: Side
    after: Side
    own: float
    mix: float | None = None

    @property
    def part(self) -> float:
        """All that the group added."""
        return self.own + (self.mix or 0.0)


@dataclass(frozen=True, slots=True)
class Movement:
    """The groups' parts, the largest first. ``pooled``: how many groups stand as one."""

    kind: Kind
    groups: tuple[GroupMove, ...]
    pooled: int = 0


def movement(
    formula: Formula, before: Sequence[Month], after: Sequence[Month], groups: Mapping[str, Inputs]
) -> Movement | None:
    """How the groups' parts make up the change of a KPI that has a value in both periods.

    None where the formula is no sum, no ratio of sums and no quantile, or is made with the length
    of the period in a way that no group has a part in.
    """
    shape = shape_of(formula)
    if shape is None:
        return None
    periods = _period(shape, before), _period(shape, after)
    if periods[0] is None or periods[1] is None or periods[0].offset != periods[1].offset:
        return None
    made = {"sum": _of_sum, "ratio": _of_ratio, "quantile": _of_quantile}[shape.kind]
    found = made(shape, periods[0], periods[1], groups)
    if found is None:
        return None
    ordered = sorted(found.groups, key=lambda each: (-abs(each.part), each.group or ""))
    return replace(found, groups=tuple(ordered))


def rate_and_mix(
    before: Mapping[str, Sums], after: Mapping[str, Sums]
) -> dict[str, tuple[float, float]]:
    """What each group's rate, and what its share of the denominator, added to the change of
    Σ numerator / Σ denominator.

    With shares w, rates r and the whole's R, before (0) and after (1): the rate part is
    (r1 - r0)(w0 + w1)/2, the mix part (w1 - w0)((r0 + r1)/2 - (R0 + R1)/2). A group whose
    denominator is not positive has no rate in that period: its numerator over the whole denominator
    goes to the rate part, and the other period's rate stands for both in the mix part.
    """
    whole0, whole1 = (fsum(bottom for _, bottom in each.values()) for each in (before, after))
    middle = (
        fsum(top for top, _ in before.values()) / whole0
        + fsum(top for top, _ in after.values()) / whole1
    ) / 2
    found = {}
    for group in (*before, *(each for each in after if each not in before)):
        (top0, bottom0), (top1, bottom1) = before.get(group, (0, 0)), after.get(group, (0, 0))
        share0, share1 = bottom0 / whole0, bottom1 / whole1
        moved = share1 - share0
        if bottom0 > 0 and bottom1 > 0:
            rate0, rate1 = top0 / bottom0, top1 / bottom1
            own = (rate1 - rate0) * (share0 + share1) / 2
            mix = moved * ((rate0 + rate1) / 2 - middle)
        else:
            stays0 = top0 / whole0 if bottom0 > 0 else 0.0
            stays1 = top1 / whole1 if bottom1 > 0 else 0.0
            own = (top1 / whole1 - stays1) - (top0 / whole0 - stays0)
            mix = stays1 - stays0 - moved * middle
        found[group] = own, mix
    return found


class _Period(NamedTuple):
    """A period, and what its length makes of the formula's offset and factor."""

    months: Sequence[Month]
    offset: float
    factor: float


def _period(shape: Shape, months: Sequence[Month]) -> _Period | None:
    offset, factor = shape.offset_over(months), shape.factor_over(months)
    return None if offset is None or factor is None else _Period(months, offset, factor)


def _of_ratio(
    shape: Shape, before: _Period, after: _Period, groups: Mapping[str, Inputs]
) -> Movement | None:
    periods = before, after
    sums = [{name: shape.sums(each.months, inputs) for name, inputs in groups.items()}
            for each in periods]  # fmt: skip
    wholes = [fsum(bottom for _, bottom in each.values()) for each in sums]
    if min(wholes) <= 0:
        return None
    # The factor goes to the numerators, so that one which depends on the period's length is in.
    parts = rate_and_mix(
        *({name: (top * period.factor, bottom) for name, (top, bottom) in each.items()}
          for each, period in zip(sums, periods, strict=True))
    )  # fmt: skip

    def side(at: int, name: str) -> Side:
        top, bottom = sums[at][name]
        period = periods[at]
        value = period.offset + period.factor * top / bottom if bottom > 0 else None
        return Side(value, top, bottom, bottom / wholes[at])

    moves = (GroupMove(name, side(0, name), side(1, name), *parts[name]) for name in groups)
    return Movement("ratio", tuple(each for each in moves if _is_there(each)))


def _of_sum(
    shape: Shape, before: _Period, after: _Period, groups: Mapping[str, Inputs]
) -> Movement:
    found = []
    for name, inputs in groups.items():
        old, new = (each.factor * shape.sums(each.months, inputs)[0] for each in (before, after))
        sides = Side(old, old, None, None), Side(new, new, None, None)
        found.append(GroupMove(name, *sides, new - old))
    return Movement("sum", tuple(each for each in found if _is_there(each)))


def _of_quantile(
    shape: Shape, before: _Period, after: _Period, groups: Mapping[str, Inputs]
) -> Movement | None:
    core = shape.core
    if not isinstance(core, Quantile) or before.factor != after.factor:
        return None
    all_counts = {
        name: (
            counts_over(core.measure, before.months, each),
            counts_over(core.measure, after.months, each),
        )
        for name, each in groups.items()
    }
    counts, rest = pooled({name: each for name, each in all_counts.items() if any(each)})
    parts = exchanged(counts, core.q)
    if parts is None:
        return None
    wholes = [sum(sum(each[at].values()) for each in counts.values()) for at in (0, 1)]

    def side(at: int, name: Group) -> Side:
        held = counts[name][at]
        rank, size = nearest_rank(held, core.q), sum(held.values())
        value = None if rank is None else before.offset + before.factor * rank
        return Side(value, None, float(size), size / wholes[at])

    moves = (
        GroupMove(name, side(0, name), side(1, name), before.factor * part)
        for name, part in parts.items()
    )
    return Movement("quantile", tuple(moves), rest)


def _is_there(move: GroupMove) -> bool:
    """Whether a group has anything in either period."""
    return any(each for side in (move.before, move.after) for each in (side.top, side.bottom))
