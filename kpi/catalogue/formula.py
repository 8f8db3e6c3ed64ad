"""The formula language: text over measures becomes a tree, never Python that runs.

    no_shows / (visits + no_shows)   sums over the period's months
    closing(ar_balance)              a balance; also mean_stock (opening and each month's end)
                                     and month_ends (added up over month-ends)
    quantile(0.9, waits)             of a histogram; also share_within(waits, 15), count(waits)
    change(revenue)                  growth over the same months a year before; reduction(...)
                                     is the same downwards
    count(charges, payer == 'Aster') records, counted or summed, with one filter at most; see
    sum(charges.amount)              ``kpi.catalogue.record_measure``

``days``, ``year_days`` and ``months`` are those of the period. What is added or subtracted must be
measured in the same unit (``kpi.catalogue.dimensions``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast, get_args

from kpi.catalogue.dimensions import PLAIN, Dimension, dimension, in_words
from kpi.catalogue.measure import Measure, MeasureKind
from kpi.catalogue.nodes import (
    Binary,
    Calendar,
    CalendarName,
    Comparison,
    ComparisonFunction,
    Count,
    Flow,
    Negative,
    Node,
    Number,
    Operator,
    Quantile,
    ShareWithin,
    Stock,
    StockFunction,
)
from kpi.catalogue.record_measure import RecordMeasure
from kpi.catalogue.record_reading import is_dataset, read_records
from kpi.catalogue.tokens import FormulaError, Token, tokens_of
from kpi.errors import nearest

DEEPEST = 30

_CALENDAR = get_args(CalendarName)
_STOCKS = get_args(StockFunction)
_COMPARISONS = get_args(ComparisonFunction)
_HISTOGRAMS = ("quantile", "share_within", "count")
_FUNCTIONS = (*_STOCKS, *_COMPARISONS, *_HISTOGRAMS, "sum")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written, its tree, the measures that it names, and what it is measured in.

    ``records``: of the measures those that it defines itself, by their names.
    """

    source: str
    root: Node
    measures: frozenset[str]
    dimension: Dimension = ()
    records: Mapping[str, RecordMeasure] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.source


def parse(source: str, measures: Mapping[str, Measure]) -> Formula:
    """The formula that a text writes. Raises FormulaError, and nothing else, for any other text."""
    reader = _Reader(tokens_of(source), measures)
    root = reader.sum(0)
    reader.end()
    return Formula(
        source, root, frozenset(reader.named), dimension(root, reader.known), reader.records
    )


def denominator_of(formula: Formula) -> Formula | None:
    """What a ratio divides by, as a formula of its own; None for formulas that are no ratio."""
    if not isinstance(formula.root, Binary) or formula.root.operator != "/":
        return None
    below = formula.root.right
    names = frozenset(measures_in(below))
    records = {name: each for name, each in formula.records.items() if name in names}
    return Formula(formula.source, below, names, records=records) if names else None


def measures_in(node: Node) -> Iterator[str]:
    """The measures that a part of a formula names, in its order."""
    match node:
        case Flow(name) | Stock(_, name) | Quantile(_, name) | ShareWithin(name) | Count(name):
            yield name
        case Negative(of) | Comparison(_, of):
            yield from measures_in(of)
        case Binary(_, left, right):
            yield from measures_in(left)
            yield from measures_in(right)


class _Reader:
    """Reads tokens from left to right; each method reads one level of the grammar."""

    def __init__(self, tokens: list[Token], measures: Mapping[str, Measure]) -> None:
        self.tokens = tokens
        self.measures = measures
        self.named: set[str] = set()
        self.records: dict[str, RecordMeasure] = {}
        self.at = 0
        self.compared = False

    def sum(self, depth: int) -> Node:
        """Products with + or - between them."""
        node = self.product(depth)
        left_in = dimension(node, self.known) if self.token.text in ("+", "-") else PLAIN
        while self.token.text in ("+", "-"):
            sign = self.take()
            right = self.product(depth)
            right_in = dimension(right, self.known)
            if left_in != right_in:
                joined = "added to" if sign.text == "+" else "subtracted from"
                raise FormulaError(
                    f"{in_words(right_in)} cannot be {joined} {in_words(left_in)}.", sign.column
                )
            node = Binary(cast(Operator, sign.text), node, right)
        return node

    def product(self, depth: int) -> Node:
        """Single parts with * or / between them."""
        node = self.part(depth)
        while self.token.text in ("*", "/"):
            sign = cast(Operator, self.take().text)
            node = Binary(sign, node, self.part(depth))
        return node

    def part(self, depth: int) -> Node:
        """A number, a name, a function, a bracket, or one of these with a minus."""
        token = self.take()
        if depth >= DEEPEST:
            raise FormulaError(
                f"it is nested deeper than {DEEPEST} levels; write it more simply.", token.column
            )
        if token.text == "-":
            return Negative(self.part(depth + 1))
        if token.text == "(":
            node = self.sum(depth + 1)
            self.expect(")")
            return node
        if token.kind == "number":
            return Number(_number(token))
        if token.kind == "name":
            if self.token.text == "(":
                return self.function(token, depth + 1)
            return self.name(token)
        raise FormulaError(
            f"found {token.shown} where a number or a measure should be.", token.column
        )

    def name(self, token: Token) -> Node:
        if token.text in _CALENDAR:
            return Calendar(cast(CalendarName, token.text))
        if token.text in _FUNCTIONS:
            raise FormulaError(
                f"'{token.text}' is a function; write what it is of in brackets.", token.column
            )
        return Flow(self.measure(token, "flow"))

    def function(self, token: Token, depth: int) -> Node:
        self.expect("(")
        node: Node
        if token.text in _COMPARISONS:
            node = self.comparison(token, depth)
        elif token.text in _STOCKS:
            function = cast(StockFunction, token.text)
            node = Stock(function, self.measure(self.take(), "stock"))
        elif token.text == "quantile":
            node = self.quantile()
        elif token.text == "share_within":
            measure = self.measure(self.take(), "histogram")
            self.expect(",")
            node = ShareWithin(measure, self.literal())
        elif token.text in ("count", "sum"):
            node = self.counted(token.text)
        else:
            raise FormulaError(
                f"there is no function '{token.text}'.{nearest(token.text, _FUNCTIONS)} "
                f"Known: {', '.join(_FUNCTIONS)}.",
                token.column,
            )
        self.expect(")")
        return node

    def comparison(self, token: Token, depth: int) -> Node:
        if self.compared:
            raise FormulaError("a comparison cannot stand inside of another.", token.column)
        self.compared = True
        node = Comparison(cast(ComparisonFunction, token.text), self.sum(depth))
        self.compared = False
        return node

    def counted(self, function: str) -> Node:
        """How many a histogram holds, or records of a dataset counted or summed."""
        named = self.token.text
        histogram = named in self.measures and self.measures[named].kind is MeasureKind.HISTOGRAM
        other = named in self.measures and not is_dataset(named)
        if function == "count" and (histogram or other):
            return Count(self.measure(self.take(), "histogram"))
        found = read_records(self, function)
        self.records[found.name] = found
        self.named.add(found.name)
        return Flow(found.name)

    def known(self, name: str) -> Measure:
        """A measure that the formula names, the catalogue's or its own."""
        return self.measures[name] if name in self.measures else self.records[name].measure

    def quantile(self) -> Node:
        column = self.token.column
        q = self.literal()
        if not 0 < q <= 1:
            raise FormulaError(
                "the share of a quantile is more than 0 and at most 1, for example 0.9.", column
            )
        self.expect(",")
        return Quantile(q, self.measure(self.take(), "histogram"))

    def measure(self, token: Token, kind: str) -> str:
        """The measure that a token names, which must be of that kind."""
        if token.kind != "name":
            raise FormulaError(f"found {token.shown} where a measure should be.", token.column)
        if token.text not in self.measures:
            raise FormulaError(
                f"there is no measure '{token.text}'."
                f"{nearest(token.text, (*self.measures, *_CALENDAR))}",
                token.column,
            )
        known = str(self.measures[token.text].kind)
        if known != kind:
            raise FormulaError(_wrong_kind(token.text, known, kind), token.column)
        self.named.add(token.text)
        return token.text

    def literal(self) -> float:
        token = self.take()
        if token.kind != "number":
            raise FormulaError("a plain number should be here.", token.column)
        return _number(token)

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def expect(self, sign: str) -> None:
        token = self.take()
        if token.text != sign:
            raise FormulaError(f"found {token.shown} where '{sign}' should be.", token.column)

    def end(self) -> None:
        if self.token.kind != "end":
            raise FormulaError(
                f"found '{self.token.text}' after the end of the formula; a sign is missing before "
                "it, or a bracket too many.",
                self.token.column,
            )


def _number(token: Token) -> float:
    value = float(token.text)
    if not math.isfinite(value):
        raise FormulaError("this number is too large.", token.column)
    return value


def _wrong_kind(name: str, known: str, wanted: str) -> str:
    if wanted == "flow" and known == "stock":
        return (
            f"'{name}' is a balance, which is never added over months; write closing({name}), "
            f"mean_stock({name}) or month_ends({name})."
        )
    if wanted == "flow":
        return (
            f"'{name}' is a histogram; write quantile(0.5, {name}), share_within({name}, 15) or "
            f"count({name})."
        )
    words = {"flow": "a monthly sum", "stock": "a balance", "histogram": "a histogram"}
    return f"'{name}' is {words[known]}; this function is of {words[wanted]}."
