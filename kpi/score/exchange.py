"""What each group's histogram did to a quantile: exchanged one at a time, over every order.

A quantile of several groups is no mean of theirs, so no weights take it apart. Instead the groups'
histograms of the first period are exchanged for those of the second one after another; what the
quantile moves by when it is a group's turn is that group's part. Since the turn matters, the parts
are averaged over all orders (Shapley, "A value for n-person games", 1953). In each order they add
up to the whole change, and so do their means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from kpi.catalogue.evaluation import nearest_rank

Histogram = Mapping[int, int]
"""Counts of whole minutes."""

Exchange = tuple[Histogram, Histogram]
"""A group's histogram in the first period, and in the second."""

Group = str | None
"""A group's name; None for the smaller ones pooled."""

MOST = 8
"""Groups that stand by themselves: every subset of them, and of the rest, is a mixture to rank."""


def pooled(groups: Mapping[str, Exchange]) -> tuple[dict[Group, Exchange], int]:
    """The groups with the largest counts of both periods, the rest added up under None, and how
    many those are.

    Which of two groups of a size stands by itself is told by what they hold, never by their names.
    """
    ordered = sorted(groups, key=lambda name: _rank(groups[name]))
    kept: dict[Group, Exchange] = {name: groups[name] for name in ordered[:MOST]}
    rest = [groups[name] for name in ordered[MOST:]]
    if rest:
        kept[None] = _added(each[0] for each in rest), _added(each[1] for each in rest)
    return kept, len(rest)


def exchanged(groups: Mapping[Group, Exchange], q: float) -> dict[Group, float] | None:
    """Each group's part of the change of the quantile from the first histograms to the second.

    An order that would pass through a mixture without any count has no quantile there and is left
    out; there is always one that does not. None where either period counts nothing.
    """
    names = list(groups)
    everybody = (1 << len(names)) - 1
    ranks = [_quantile_of(groups, names, chosen, q) for chosen in range(everybody + 1)]
    if ranks[0] is None or ranks[everybody] is None:
        return None
    towards, onwards = _orders(ranks, len(names))
    found: dict[Group, float] = {}
    for at, name in enumerate(names):
        weighed = Fraction(0)
        for chosen, rank in enumerate(ranks):
            next_rank = ranks[chosen | 1 << at]
            if not chosen >> at & 1 and rank is not None and next_rank is not None:
                orders = towards[chosen] * onwards[chosen | 1 << at]
                weighed += orders * Fraction(next_rank - rank)
        found[name] = float(weighed / towards[everybody])
    return found


def _quantile_of(
    groups: Mapping[Group, Exchange], names: list[Group], chosen: int, q: float
) -> float | None:
    """The quantile with the groups of the chosen bits exchanged."""
    return nearest_rank(_added(groups[name][chosen >> at & 1] for at, name in enumerate(names)), q)


def _orders(ranks: list[float | None], size: int) -> tuple[list[int], list[int]]:
    """In how many orders each mixture is reached from none exchanged, and all from it."""
    towards, onwards = [0] * len(ranks), [0] * len(ranks)
    towards[0] = onwards[-1] = 1
    # A mixture comes after those that lack one of its bits, and those are smaller numbers.
    for chosen, rank in enumerate(ranks):
        if chosen and rank is not None:
            towards[chosen] = sum(
                towards[chosen ^ 1 << at] for at in range(size) if chosen >> at & 1
            )
    for chosen in reversed(range(len(ranks) - 1)):
        if ranks[chosen] is not None:
            onwards[chosen] = sum(
                onwards[chosen | 1 << at] for at in range(size) if not chosen >> at & 1
            )
    return towards, onwards


def _added(histograms: Iterator[Histogram]) -> dict[int, int]:
    total: dict[int, int] = {}
    for histogram in histograms:
        for minutes, count in histogram.items():
            total[minutes] = total.get(minutes, 0) + count
    return total


def _rank(held: Exchange) -> tuple[object, ...]:
    size = sum(sum(each.values()) for each in held)
    return -size, *(sorted(each.items()) for each in held)
