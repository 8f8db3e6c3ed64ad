"""The formula language: text over measures becomes a tree, never Python that runs.

    no_shows / (visits + no_shows)   sums over the period's months
    closing(ar_balance)              a balance; also mean_stock (opening and each month's end)
                                     and month_ends (added up over month-ends)
    quantile(0.9, waits)             of a histogram; also share_within(waits, 15), count(waits)
    change(revenue)                  growth over the same months a year before; reduction(...)
                                     is the same downwards

``days``, ``year_days`` and ``months`` are those of the period.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, cast, get_args

from kpi.catalogue.measure import Measure
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
from kpi.errors import InputError, nearest

LONGEST = 500
DEEPEST = 30

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>[-+*/(),]))"
)
_CALENDAR = get_args(CalendarName)
_STOCKS = get_args(StockFunction)
_COMPARISONS = get_args(ComparisonFunction)
_HISTOGRAMS = ("quantile", "share_within", "count")
_FUNCTIONS = (*_STOCKS, *_COMPARISONS, *_HISTOGRAMS)


class FormulaError(InputError):
    """A formula that cannot be read. ``column`` counts from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(f"Formula, column {column}: {message}")
        self.column = column


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written, its tree, and the measures that it names."""

    source: str
    root: Node
    measures: frozenset[str]

    def __str__(self) -> str:
        return self.source


def parse(source: str, measures: Mapping[str, Measure]) -> Formula:
    """The formula that a text writes. Raises FormulaError, and nothing else, for any other text."""
    if len(source) > LONGEST:
        raise FormulaError(
            f"it has {len(source)} characters; write it with at most {LONGEST}.", LONGEST + 1
        )
    reader = _Reader(_tokens(source), measures)
    root = reader.sum(0)
    reader.end()
    return Formula(source, root, frozenset(reader.named))


class _Token(NamedTuple):
    kind: str  # number, name, sign, end
    text: str
    column: int


def _tokens(source: str) -> list[_Token]:
    found: list[_Token] = []
    end = len(source.rstrip())
    at = 0
    while at < end:
        match = _TOKEN.match(source, at)
        if match is None:
            start = at + len(source[at:]) - len(source[at:].lstrip())
            raise FormulaError(
                f"'{source[start]}' has no meaning here; a formula is made of numbers, measures, "
                "+ - * / and brackets.",
                start + 1,
            )
        kind = str(match.lastgroup)
        found.append(_Token(kind, match[kind], match.start(kind) + 1))
        at = match.end()
    found.append(_Token("end", "", end + 1))
    return found


class _Reader:
    """Reads tokens from left to right; each method reads one level of the grammar."""

    def __init__(self, tokens: list[_Token], measures: Mapping[str, Measure]) -> None:
        self.tokens = tokens
        self.measures = measures
        self.named: set[str] = set()
        self.at = 0
        self.compared = False

    def sum(self, depth: int) -> Node:
        """Products with + or - between them."""
        node = self.product(depth)
        while self.token.text in ("+", "-"):
            sign = cast(Operator, self.take().text)
            node = Binary(sign, node, self.product(depth))
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
        found = f"'{token.text}'" if token.text else "the end"
        raise FormulaError(f"found {found} where a number or a measure should be.", token.column)

    def name(self, token: _Token) -> Node:
        if token.text in _CALENDAR:
            return Calendar(cast(CalendarName, token.text))
        if token.text in _FUNCTIONS:
            raise FormulaError(
                f"'{token.text}' is a function; write what it is of in brackets.", token.column
            )
        return Flow(self.measure(token, "flow"))

    def function(self, token: _Token, depth: int) -> Node:
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
        elif token.text == "count":
            node = Count(self.measure(self.take(), "histogram"))
        else:
            raise FormulaError(
                f"there is no function '{token.text}'.{nearest(token.text, _FUNCTIONS)} "
                f"Known: {', '.join(_FUNCTIONS)}.",
                token.column,
            )
        self.expect(")")
        return node

    def comparison(self, token: _Token, depth: int) -> Node:
        if self.compared:
            raise FormulaError("a comparison cannot stand inside of another.", token.column)
        self.compared = True
        node = Comparison(cast(ComparisonFunction, token.text), self.sum(depth))
        self.compared = False
        return node

    def quantile(self) -> Node:
        column = self.token.column
        q = self.literal()
        if not 0 < q <= 1:
            raise FormulaError(
                "the share of a quantile is more than 0 and at most 1, for example 0.9.", column
            )
        self.expect(",")
        return Quantile(q, self.measure(self.take(), "histogram"))

    def measure(self, token: _Token, kind: str) -> str:
        """The measure that a token names, which must be of that kind."""
        if token.kind != "name":
            found = f"'{token.text}'" if token.text else "the end"
            raise FormulaError(f"found {found} where a measure should be.", token.column)
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
    def token(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def expect(self, sign: str) -> None:
        token = self.take()
        if token.text != sign:
            found = f"'{token.text}'" if token.text else "the end"
            raise FormulaError(f"found {found} where '{sign}' should be.", token.column)

    def end(self) -> None:
        if self.token.kind != "end":
            raise FormulaError(
                f"found '{self.token.text}' after the end of the formula; a sign is missing before "
                "it, or a bracket too many.",
                self.token.column,
            )


def _number(token: _Token) -> float:
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
