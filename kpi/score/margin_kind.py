"""What kind of margin a KPI has: read off the shape of its formula, never off its id."""

from __future__ import annotations

from typing import Literal

from kpi.catalogue import Kpi, MeasureKind, Unit, measure
from kpi.catalogue.dimensions import PLAIN, dimension
from kpi.catalogue.formula import measures_in
from kpi.catalogue.nodes import Binary, Negative, Node, Quantile, ShareWithin, Stock
from kpi.catalogue.shape import shape_of

MarginKind = Literal["share", "difference", "count", "rate", "quantile", "usual"]
"""A share of what was counted; the difference of two such shares; a count of events; events for
what they could happen in; a quantile; or none of these, where only the usual variation is known."""

_EVENTS_FOR = (Unit.PER_1000_VISITS, Unit.PER_200000_HOURS)


def margin_kind(kpi: Kpi) -> MarginKind:
    """The kind of a KPI's margin; ``usual`` where no margin can be computed from its sums."""
    shape = shape_of(kpi.formula)
    if shape is None:
        return "usual"
    match shape.core:
        case Quantile():
            return "quantile"
        case ShareWithin():
            return "share"
        case Binary("/", top, bottom) if shape.kind == "ratio":
            return _of_ratio(top, bottom, kpi.unit)
        case core if shape.kind == "sum" and kpi.unit is Unit.COUNT and _counted(core):
            return "count"
    return "usual"


def months_make_up(kpi: Kpi) -> Literal["mean", "sum", "balance"]:
    """How months make up a period's value: as a kind of mean of them (ratios), as their sum, or
    as balances, which carry over, so that a period's is no steadier than a month's."""
    if any(measure(name).kind is MeasureKind.STOCK for name in kpi.formula.measures):
        return "balance"
    shape = shape_of(kpi.formula)
    return "sum" if shape is not None and shape.kind == "sum" else "mean"


def _of_ratio(top: Node, bottom: Node, unit: Unit) -> MarginKind:
    if not _counted(top):
        return "usual"
    if unit in _EVENTS_FOR:
        return "rate"
    if unit is Unit.PERCENT and _counted(bottom):
        return "difference" if _takes_away(top) else "share"
    if unit is Unit.PERCENT and isinstance(bottom, Stock) and dimension(bottom, measure) == PLAIN:
        return "rate"  # people who left, for the people who could
    if unit is Unit.POINTS and _counted(bottom) and _takes_away(top):
        return "difference"
    return "usual"


def _counted(node: Node) -> bool:
    """Whether a node counts things over the period that happen each on its own."""
    names = measures_in(node)
    return dimension(node, measure) == PLAIN and all(
        measure(name).kind is not MeasureKind.STOCK and not measure(name).bunched for name in names
    )


def _takes_away(node: Node) -> bool:
    match node:
        case Negative():
            return True
        case Binary("-", _, _):
            return True
        case Binary(_, left, right):
            return _takes_away(left) or _takes_away(right)
    return False
