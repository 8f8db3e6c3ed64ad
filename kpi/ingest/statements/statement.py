"""Profit and loss statements, as accounting programs export them, become rows of the ledger.

Above the header stand titles (company, report, period; in any order), below it sections of
accounts, some with accounts under them, each closed by a total, and at the end a line that tells
the basis. Labels repeat, so an account is known by its path. Totals are not loaded: they are
compared with the sums of the rows, and a difference is said on the receipt. A column that is no
whole month is never loaded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.datasets import dataset
from kpi.errors import FileRefused
from kpi.ingest.clean.numbers import Unreadable, read_number
from kpi.ingest.clean.texts import clean_texts
from kpi.ingest.clean.values import ABSENT
from kpi.ingest.files.grid import Grid
from kpi.ingest.fold import fold_value
from kpi.ingest.layout.blocks import Block
from kpi.ingest.mapping.plan import ColumnPlan, FeedPlan
from kpi.ingest.mapping.profile import Profile
from kpi.ingest.reasons import FAULTS, reason_sentence
from kpi.ingest.statements.headings import is_heading, read_headings, read_title_period
from kpi.ingest.statements.periods import Heading, Span
from kpi.ingest.statements.structure import Line, Role, Structure, find_structure
from kpi.ingest.statements.totals import Comparison, compare, dollars
from kpi.months import Month

_PREAMBLE = 20  # lines among which the header is looked for
_LONGEST = 3_000
_BASIS = re.compile(
    r"\s*(?:(?P<stated>cash|accrual) basis\b|report type:\s*(?P<typed>cash|accrual)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, read whole: it is small. ``shares``: lines of percentages among its lines."""

    header_line: int
    headings: tuple[Heading, ...]
    period: Span | None
    basis: str | None
    structure: Structure
    comparison: Comparison
    shares: int = 0

    @property
    def months(self) -> tuple[tuple[int, Month], ...]:
        """Columns that are whole months: place among the figures, month."""
        return tuple(
            (place, month)
            for place, heading in enumerate(self.headings)
            if heading.span and (month := self._whole(heading.span))
        )

    def _whole(self, span: Span) -> Month | None:
        """Its month, unless the period of the whole report cuts it short."""
        month = span.month
        if month and self.period and len(self.headings) > 1:
            if month.first_day < self.period.first <= month.last_day:
                return None
            if month.first_day <= self.period.last < month.last_day:
                return None
        return month


def read_statement(profile: Profile, file: Grid) -> Statement:
    """Reads a statement. Raises FileRefused where a line cannot be understood, and, with its
    figures, where a column covers more or less than one month and no other is a month."""
    terms = profile.statement
    period, basis, (line, cells, labels), lines = _read_lines(file, terms)
    headings = read_headings(file.name, line, cells, labels, period, terms)
    figureless = {fold_value(label) for label in terms.get("leave_out", ())}
    shares = [each for each in lines if fold_value(each[1]) in figureless]
    lines = [each for each in lines if fold_value(each[1]) not in figureless]
    lines = [_with_width(line, headings, file.name) for line in lines]
    read = [_read(line, labels, file.name) for line in lines]
    structure = find_structure(read, terms, file.name)
    comparison = compare(structure, headings, terms)
    statement = Statement(line, headings, period, basis, structure, comparison, len(shares))
    _refuse_other_spans(file.name, statement, terms)
    _refuse_odd_accounts(file.name, structure)
    return statement


def ledger_block(statement: Statement) -> tuple[FeedPlan, Block]:
    """The rows of the ledger, as texts in canonical columns, and what was left out of it."""
    import pandas as pd

    ledger = dataset("ledger")
    names = ["month", "account", "kind", "amount"] + (["basis"] if statement.basis else [])
    months = statement.months
    whole = {place for place, _ in months}
    cells: list[list[str | None]] = []
    lines: list[int] = []
    left_out = Counter({"share of a total": statement.shares})
    for entry in statement.structure.entries:
        for place, heading in enumerate(statement.headings):
            figure = entry.line.figures[place]
            if heading.span is None:
                continue
            if entry.role in (Role.TOTAL, Role.RESULT):
                left_out["total row"] += figure is not None
            elif place not in whole:
                left_out["part of a month"] += figure is not None
        if entry.role is not Role.ACCOUNT:
            continue
        for place, month in months:
            amount = dollars(entry.line.figures[place] or 0, grouped=False)
            row = [str(month), entry.account, entry.kind, amount]
            cells.append([*row, statement.basis] if statement.basis else [*row])
            lines.append(entry.line.number)
    plan = FeedPlan(
        ledger,
        tuple(ColumnPlan(ledger.column(name), (names.index(name),), name)
              for name in ledger.names if name in names),
    )  # fmt: skip
    frame = pd.DataFrame(cells, columns=range(len(names)), dtype=object)
    return plan, Block(frame, lines, {}, +left_out)


def notes_on(statement: Statement) -> list[str]:
    """What the receipt says: totals that differ, months that were left out."""
    notes = list(statement.comparison.sentences)
    whole = {place for place, _ in statement.months}
    for place, heading in enumerate(statement.headings):
        if heading.span and place not in whole:
            notes.append(f"{heading.span.words} is left out: the column is no whole month.")
    if not statement.basis:
        notes.append("The file does not say whether it is on cash or accrual basis.")
    return notes


RawLine = tuple[int, str, list[str]]
"""(physical line, label, cells behind it)"""


def _read_lines(
    file: Grid, terms: Mapping[str, Any]
) -> tuple[Span | None, str | None, tuple[int, list[str], int], list[RawLine]]:
    """The period, the basis, the header (its line, cells, and how many of them are over names of
    accounts), and the lines under it."""
    accounts = {fold_value(text) for text in terms["account"]}
    period: Span | None = None
    basis: str | None = None
    header: tuple[int, list[str], int] | None = None
    lines: list[RawLine] = []
    with file.records() as records:
        for number, (line, cells) in enumerate(records):
            filled = [cell for cell in cells if cell.strip()]
            if not filled:
                continue
            if len(filled) == 1 and (found := _BASIS.match(filled[0])):
                basis = (found["stated"] or found["typed"]).casefold()
            elif header is not None:
                lines.append((line, _label(cells[: header[2]]), cells[header[2] :]))
            elif labels := _over_accounts(cells, accounts):
                header = (line, cells, labels)
            elif len(filled) == 1:
                period = period or read_title_period(filled[0])
            if (header is None and number > _PREAMBLE) or len(lines) > _LONGEST:
                break
    if header is None or len(lines) > _LONGEST:
        raise FileRefused(
            f"{file.name} calls itself a profit and loss statement, but "
            + ("it is far longer than one" if header else "no line of it names months")
            + f". {terms['instead']}"
        )
    return period, basis, header, lines


def _over_accounts(cells: Sequence[str], accounts: set[str]) -> int:
    """How many leading cells of a header are over the names of accounts; 0 for another line."""
    others = (place for place, cell in enumerate(cells) if fold_value(cell) not in accounts)
    labels = next(others, 0)
    headed = any(is_heading(cell) for cell in cells[labels:])
    return labels if headed or any(cell.strip() for cell in cells[:labels]) else 0


def _label(cells: Sequence[str]) -> str:
    """The name of an account: the last that is filled, where a number or nothing is before it."""
    return next((" ".join(cell.split()) for cell in reversed(cells) if cell.strip()), "")


def _with_width(line: RawLine, headings: Sequence[Heading], name: str) -> RawLine:
    number, label, cells = line
    if any(cell.strip() for cell in cells[len(headings) :]):
        raise FileRefused(f"{name}, line {number}: there are more figures than column headings.")
    cells = cells[: len(headings)]
    return number, label, cells + [""] * (len(headings) - len(cells))


def _read(line: RawLine, labels: int, name: str) -> Line:
    number, label, cells = line
    figures: list[int | None] = []
    for place, cell in enumerate(cells, start=labels + 1):
        try:
            absent = cell.strip().casefold() in ABSENT
            figures.append(None if absent else read_number(cell, 2))
        except Unreadable as fault:
            raise FileRefused(
                f"{name}, line {number}, column {place}: "
                + reason_sentence(dataset("ledger"), "amount", fault.args[0])
            ) from None
    return Line(number, label, tuple(figures))


def _refuse_other_spans(name: str, statement: Statement, terms: Mapping[str, Any]) -> None:
    """Raises FileRefused, with the figures as reconciled, if a column covers several months, or
    if none is a whole month."""
    for place, heading in enumerate(statement.headings):
        span = heading.span
        if span is None or (Month.of(span.first) == Month.of(span.last) and statement.months):
            continue
        if span.month is not None and statement.months:
            continue
        raise FileRefused(
            f"{name} has a column that covers {span.words}, not one whole month. "
            f"{statement.comparison.figures(place)} "
            "Such a column cannot be spread over months, so nothing was loaded. "
            f"{terms['instead']}"
        )


def _refuse_odd_accounts(name: str, structure: Structure) -> None:
    account = dataset("ledger").column("account")
    entries = [entry for entry in structure.entries if entry.role is Role.ACCOUNT]
    if not entries:
        raise FileRefused(f"{name} has no line with an account and figures.")
    faults = clean_texts([entry.account for entry in entries], account).faults
    for entry, fault in zip(entries, faults, strict=True):
        if fault:
            raise FileRefused(
                f"{name}, line {entry.line.number}: "
                + reason_sentence(dataset("ledger"), "account", FAULTS[fault])
            )


def months_covered(statement: Statement) -> tuple[Month, ...]:
    """The months that are loaded, if the report has a period line of its own."""
    return tuple(sorted({month for _, month in statement.months})) if statement.period else ()
