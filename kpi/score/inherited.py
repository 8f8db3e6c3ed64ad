"""Balances that a manager took over: a KPI of money owed, held against where it stood then.

What was owed when an assignment began is a predecessor's doing, and it takes months to work off.
The score does not change by it; beside it stands what there was to begin with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpi.catalogue import Kpi, measure
from kpi.catalogue.evaluation import evaluate
from kpi.catalogue.nodes import Binary, Comparison, Negative, Node, Stock
from kpi.months import Month
from kpi.numbers import show
from kpi.score.facts import Facts, State
from kpi.score.lacking import lacking

SHORTLY = 3
"""Months before a period in which an assignment has begun shortly before it."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """A balance at the end of the month before an assignment, and at the end of the period, in
    dollars; ``value``: the KPI of that month alone, in its unit, None where it has none."""

    kpi: str
    measure: str
    month: Month
    balance: float
    value: float | None
    last: Month
    balance_now: float | None
    value_now: float | None
    words: str


def inherited(
    kpi: Kpi, begins: Month, first: Month, last: Month, facts: Facts, value_now: float | None
) -> Inherited | None:
    """The balance that a KPI's formula reads, as it was when an assignment ``begins`` and as it is
    at the end of the period ``first`` to ``last``.

    None where the formula reads no balance of money, the assignment began more than three months
    before the period, or no balance is known from before it.
    """
    names = [node.measure for node in _stocks(kpi.formula.root) if measure(node.measure).money]
    before = begins - 1
    if not names or begins < first - SHORTLY or begins > last:
        return None
    name = names[0]
    then = _balance(name, before, facts)
    if then is None:
        return None
    value = None if lacking(kpi, [before], facts) else evaluate(kpi.formula, [before], facts)
    now = _balance(name, last, facts)
    return Inherited(
        kpi.id, name, before, then, value, last, now, value_now,
        _words(kpi, before, then, value, last, now, value_now),
    )  # fmt: skip


def _balance(name: str, month: Month, facts: Facts) -> float | None:
    if facts.state(measure(name).dataset, month).state is not State.COMPLETE:
        return None
    return facts.values.get(name, {}).get(month)


def _words(
    kpi: Kpi,
    before: Month,
    then: float,
    value: float | None,
    last: Month,
    now: float | None,
    value_now: float | None,
) -> str:
    at_start = f"{show(then, 'dollars')}{_in_unit(kpi, value)}"
    said = f"When the assignment began, at the end of {before.words}, it was {at_start}."
    if now is None:
        return f"{said} What it is at the end of {last.words} is not known."
    change = now - then
    moved = (
        "the same"
        if not change
        else (f"{show(abs(change), 'dollars')} {'more' if change > 0 else 'less'}")
    )
    return (
        f"{said} At the end of {last.words} it is {show(now, 'dollars')}, {moved}"
        f"{_in_unit(kpi, value_now, ' over the period')}."
    )


def _in_unit(kpi: Kpi, value: float | None, over: str = "") -> str:
    return "" if value is None else f" ({kpi.name} {show(value, kpi.unit)}{over})"


def _stocks(node: Node) -> Iterator[Stock]:
    match node:
        case Stock():
            yield node
        case Negative(of) | Comparison(_, of):
            yield from _stocks(of)
        case Binary(_, left, right):
            yield from _stocks(left)
            yield from _stocks(right)
