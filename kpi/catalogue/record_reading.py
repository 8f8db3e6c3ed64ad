"""Reading ``count(DATASET, FILTER)`` and ``sum(DATASET.COLUMN, FILTER)`` out of a formula."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol

from kpi.catalogue.record_measure import (
    COMPARES,
    ORDERED,
    Compare,
    Filter,
    RecordMeasure,
    can_be_summed,
    compare_of,
    why_not,
)
from kpi.catalogue.tokens import FormulaError, Token
from kpi.datasets import Column, Dataset, Kind, all_datasets
from kpi.datasets.stored import DECIMAL_SCALE, days_of
from kpi.errors import nearest


class Source(Protocol):
    """Where tokens are taken from, one after the other."""

    @property
    def token(self) -> Token: ...
    def take(self) -> Token: ...
    def expect(self, sign: str) -> None: ...


def is_dataset(name: str) -> bool:
    """Whether there is a dataset of that name."""
    return any(each.name == name for each in all_datasets())


def read_records(source: Source, function: str) -> RecordMeasure:
    """What stands in the brackets of ``count`` or ``sum``, up to the closing one.

    Raises FormulaError with the column and the nearest name.
    """
    dataset = _dataset(source.take())
    column = None
    if function == "sum":
        source.expect(".")
        column = _summed(dataset, source.take())
    chosen = None
    if source.token.text == ",":
        source.take()
        chosen = _filter(dataset, source)
        if source.token.kind == "name" and source.token.text in ("and", "or"):
            raise FormulaError(
                "one filter is all that a measure may have; define two measures instead.",
                source.token.column,
            )
    return RecordMeasure(dataset, column, chosen)


def _dataset(token: Token) -> Dataset:
    known = {each.name: each for each in all_datasets()}
    if token.kind != "name" or token.text not in known:
        raise FormulaError(
            f"there is no dataset {token.shown}.{nearest(token.text, known)}", token.column
        )
    found = known[token.text]
    why = why_not(found)
    if why is not None:
        raise FormulaError(why, token.column)
    return found


def _summed(dataset: Dataset, token: Token) -> Column:
    column = _column(dataset, token)
    if not can_be_summed(column):
        names = [each.name for each in dataset.columns if can_be_summed(each)]
        raise FormulaError(
            f"'{column.name}' is no number, so it cannot be summed. "
            f"Columns of {dataset.name} that can: {_listed(names)}.",
            token.column,
        )
    return column


def _column(dataset: Dataset, token: Token) -> Column:
    readable = [each.name for each in dataset.columns if each.kind is not Kind.ID]
    if token.kind != "name" or not dataset.has(token.text):
        raise FormulaError(
            f"{dataset.name} has no column {token.shown}.{nearest(token.text, readable)}",
            token.column,
        )
    column = dataset.column(token.text)
    if column.kind is Kind.ID:
        raise FormulaError(
            f"'{column.name}' identifies somebody or something, and a formula cannot read it.",
            token.column,
        )
    return column


def _filter(dataset: Dataset, source: Source) -> Filter:
    token = source.take()
    if token.text == "filled" and source.token.text == "(":
        source.take()
        column = _column(dataset, source.take())
        source.expect(")")
        return Filter(column.name, "filled", None, "")
    column = _column(dataset, token)
    sign = source.take()
    compare = compare_of(sign.text)
    if compare is None:
        raise FormulaError(
            f"found {sign.shown} where a comparison should be: one of {' '.join(COMPARES)}.",
            sign.column,
        )
    return _compared(column, compare, sign, source)


def _compared(column: Column, compare: Compare, sign: Token, source: Source) -> Filter:
    if column.kind is Kind.TIME:
        raise FormulaError(
            f"'{column.name}' is a time, which a filter cannot compare.", sign.column
        )
    if compare not in ("==", "!=") and column.kind not in ORDERED:
        raise FormulaError(f"'{column.name}' has no order; compare it with == or !=.", sign.column)
    negative = source.token.text == "-"
    if negative:
        source.take()
    token = source.take()
    value = _value(column, token, negative)
    written = token.text
    if token.kind == "text" and "'" not in token.text[1:-1]:
        written = f"'{token.text[1:-1]}'"
    return Filter(column.name, compare, value, f"-{written}" if negative else written)


def _value(column: Column, token: Token, negative: bool) -> int | str:
    """A literal as the column stores it."""
    if column.kind in (Kind.TEXT, Kind.CHOICE, Kind.DATE, Kind.MONTH):
        if token.kind != "text" or negative:
            raise FormulaError(
                f"found {token.shown} where a text in quotes should be, as in "
                f"{column.name} == '{column.example or 'value'}'.",
                token.column,
            )
        return _of_text(column, token)
    if column.kind is Kind.BOOLEAN:
        if token.text not in ("true", "false"):
            raise FormulaError(
                f"'{column.name}' is true or false; found {token.shown}.", token.column
            )
        return int(token.text == "true")
    if token.kind != "number":
        raise FormulaError(
            f"found {token.shown} where a number should be: '{column.name}' holds numbers.",
            token.column,
        )
    scale = {Kind.MONEY: 100, Kind.DECIMAL: DECIMAL_SCALE}.get(column.kind, 1)
    exact = Decimal(token.text) * scale
    if exact != int(exact):
        raise FormulaError(f"'{column.name}' never has that many decimals.", token.column)
    return -int(exact) if negative else int(exact)


def _of_text(column: Column, token: Token) -> int | str:
    text = token.text[1:-1]
    if column.kind is Kind.CHOICE and text not in column.choices:
        raise FormulaError(
            f"'{column.name}' is never '{text}'.{nearest(text, column.choices)} "
            f"Known: {_listed(column.choices)}.",
            token.column,
        )
    if column.kind is Kind.DATE:
        try:
            return days_of(date.fromisoformat(text))
        except ValueError:
            raise FormulaError(
                f"'{text}' is no date; write it as '2026-01-31'.", token.column
            ) from None
    if column.kind is Kind.MONTH:
        raise FormulaError(
            f"'{column.name}' is the record's month, which the period decides.", token.column
        )
    return text


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
