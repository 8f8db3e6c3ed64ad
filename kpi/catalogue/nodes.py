"""The parts that a formula is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Operator = Literal["+", "-", "*", "/"]
CalendarName = Literal["days", "year_days", "months"]
StockFunction = Literal["closing", "mean_stock", "month_ends"]
ComparisonFunction = Literal["change", "reduction"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Calendar:
    """A fact of the calendar: the period's days, its year's days, or how many months it has."""

    name: CalendarName


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow measure, added up over the period's months."""

    measure: str


@dataclass(frozen=True, slots=True)
class Stock:
    """A balance at the closing, on the mean of its n+1 points, or added up over month-ends."""

    function: StockFunction
    measure: str


@dataclass(frozen=True, slots=True)
class Quantile:
    """The nearest-rank quantile of a histogram over the period."""

    q: float
    measure: str


@dataclass(frozen=True, slots=True)
class ShareWithin:
    """The share of a histogram's counts at or under a limit."""

    measure: str
    limit: float


@dataclass(frozen=True, slots=True)
class Count:
    """How many a histogram holds over the period."""

    measure: str


@dataclass(frozen=True, slots=True)
class Negative:
    """The same with the other sign."""

    of: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts and the sign between them."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    """A part in the period against the same part in the same months a year before."""

    function: ComparisonFunction
    of: Node


Node = (
    Number
    | Calendar
    | Flow
    | Stock
    | Quantile
    | ShareWithin
    | Count
    | Negative
    | Binary
    | Comparison
)
