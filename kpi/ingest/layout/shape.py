"""Which lines of a block are records, and the columns that are made from others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kpi.ingest.clean.numbers import Unreadable, read_number
from kpi.ingest.fold import fold_answer, fold_firm
from kpi.ingest.formulas import without_apostrophe
from kpi.ingest.layout.blocks import COMMENT, COMMENT_MARKS, Block, TotalRow
from kpi.ingest.layout.checks import Agreement
from kpi.ingest.mapping.plan import Aging, LeaveOut, Melt, Plan, Shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOTAL_ROW, FOOTER, GROUP_ROW = "total row", "footer", "group heading"
TEST_PATIENT = "test patient"

_TOTAL = re.compile(
    r"(?:grand|report|overall|sub|page|final)?[ -]*(?:totals?)(?: (?:for|of)\b.*)?:?|% of total|"
    r"(?:overall|report) summary|summary",
    re.IGNORECASE,
)
_SUBTOTAL = re.compile(r".*\b(?:sub-?)?totals?:?", re.IGNORECASE)
_FOOTER = re.compile(
    r"page \d+(?: of \d+)?|(?:report )?(?:printed|generated|exported|created|run)\b.*\d.*|"
    r"(?:accrual|cash) basis\b.*|(?:total )?(?:number|count) of .*\d|end of report|"
    r"\d+ (?:rows?|records?|results?)\b.*",
    re.IGNORECASE,
)
# A test patient's name holds TEST or ZZTEST as a whole word; Testa and Contest are surnames.
_TEST = re.compile(r"\b(?:zz+)?test(?:ing)?\b|\bzz+test\w*", re.IGNORECASE)
_TEST_NUMBERS = frozenset({"99999", "999999"})


class Shaping:
    """How the blocks of one table are shaped, one after the other."""

    def __init__(self, plan: Plan, header_width: int) -> None:
        self.shape: Shape = plan.shape
        self.anchors = plan.anchors
        self.named = plan.named
        self.width = header_width
        # Where a row is known by its period only, a total fills all that a record does.
        self.anyhow = all(not feed.dataset.by_key for feed in plan.feeds)
        self._above = [""] * len(self.shape.fill_down)
        self._group = ""

    def __call__(self, block: Block, agreement: Agreement | None = None) -> Block:
        """The block with totals, footers and other rows that are no records taken out, blanks
        filled from above, and made columns behind the others. ``agreement`` sees the rows as the
        file has them."""
        shape = self.shape
        if shape.given_back:
            block.frame = block.frame.map(without_apostrophe)
        block = self._without_totals(block)
        if shape.lone_cell:
            block = without(block, _lone(block), shape.lone_cell)
        block.stated = len(block.lines)
        block.totals = [replace(each, stated=each.before) for each in block.totals]
        if shape.group:
            block = self._grouped(block)
        for number, place in enumerate(shape.fill_down):
            self._fill_down(block, number, place)
        for rule in shape.leave_out:
            block = without(block, _matching(block, rule), rule.reason)
        if shape.test_patients is not None:
            block = without(
                block, _rows_where(block, shape.test_patients, is_test_patient), TEST_PATIENT
            )
        if agreement is not None:
            agreement.take(block)
        if shape.melt is not None:
            block = melted(block, shape.melt)
        if shape.aging is not None:
            _age(block, shape.aging)
        return block

    def _without_totals(self, block: Block) -> Block:
        found: dict[int, str] = {}
        for row in self._candidates(block):
            cells = block.frame.iloc[row].tolist()
            filled = [(place, cell.strip()) for place, cell in enumerate(cells) if cell.strip()]
            if not filled:
                continue
            if len(filled) == 1 and _FOOTER.fullmatch(filled[0][1]):
                found[row] = FOOTER
            elif len(filled) == 1 and filled[0][1].startswith(COMMENT_MARKS):
                found[row] = COMMENT
            elif self._is_total(filled):
                found[row] = TOTAL_ROW
        if not found:
            return block
        gone = np.zeros(len(block.lines), dtype=bool)
        gone[list(found)] = True
        before = np.cumsum(~gone)
        totals = [
            TotalRow(block.lines[row], int(before[row]), tuple(block.frame.iloc[row]))
            for row in sorted(found)
        ]
        for reason in (TOTAL_ROW, FOOTER, COMMENT):
            block.left_out[reason] += sum(each == reason for each in found.values())
        kept = keep_rows(block, ~gone)
        kept.totals = totals
        kept.left_out = +kept.left_out
        return kept

    def _candidates(self, block: Block) -> list[int]:
        """Rows that lack something every record has; every row, where that cannot be told."""
        if self.anyhow or not self.anchors:
            return list(range(len(block.lines)))
        blank: set[int] = set()
        for place in self.anchors:
            cells = list(map(str.strip, block.frame[place]))
            if "" in cells:
                blank.update(row for row, cell in enumerate(cells) if not cell)
        return sorted(blank)

    def _is_total(self, filled: Sequence[tuple[int, str]]) -> bool:
        """Whether a row adds up others: by its first words, which stand in no cell of a record. A
        name before or behind the word is a person's where the row has an id or a date as well."""
        place, first = filled[0]
        if _TOTAL.fullmatch(first):
            return True
        named = any(where in self.named and where != place for where, _ in filled)
        return not self.anyhow and not named and _SUBTOTAL.fullmatch(first) is not None

    def _grouped(self, block: Block) -> Block:
        headings = np.zeros(len(block.lines), dtype=bool)
        groups = np.empty(len(block.lines), dtype=object)
        for row, cells in enumerate(block.frame.itertuples(index=False, name=None)):
            if cells[0].strip() and not any(map(str.strip, cells[1:])):
                self._group = cells[0].strip()
                headings[row] = True
            groups[row] = self._group
        block.frame[self.width] = groups
        return without(block, headings, GROUP_ROW)

    def _fill_down(self, block: Block, number: int, place: int) -> None:
        above, cells = self._above[number], block.frame[place].tolist()
        for row, cell in enumerate(cells):
            if cell.strip():
                above = cell
            else:
                cells[row] = above
        self._above[number] = above
        block.frame[place] = pd.Series(cells, dtype=object)


def without(block: Block, gone: NDArray[np.bool_], reason: str) -> Block:
    """The block without some rows, which are counted under a reason."""
    count = int(gone.sum())
    if not count:
        return block
    kept = keep_rows(block, ~gone)
    kept.left_out[reason] += count
    return kept


def keep_rows(block: Block, kept: NDArray[np.bool_]) -> Block:
    """Some rows of a block."""
    places = np.flatnonzero(kept)
    new_place = np.cumsum(kept) - 1
    before = np.concatenate(([0], np.cumsum(kept)))
    return Block(
        block.frame.iloc[places].reset_index(drop=True),
        [block.lines[place] for place in places],
        {int(new_place[row]): code for row, code in block.ragged.items() if kept[row]},
        block.left_out,
        [replace(each, before=int(before[each.before])) for each in block.totals],
        block.stated,
    )


def melted(block: Block, melt: Melt) -> Block:
    """A row for each of the melted cells that is filled, with the cell and its constants behind
    the row's own cells."""
    rows, width = len(block.lines), block.frame.shape[1]
    many = len(melt.places)
    cells = block.frame[list(melt.places)].to_numpy(dtype=object, copy=True)
    for place, words in enumerate(melt.words):
        cells[:, place] = [words.get(fold_answer(text), text) for text in cells[:, place]]
    values = cells.reshape(-1)
    source = np.repeat(np.arange(rows), many)
    which = np.tile(np.arange(many), rows)
    filled = np.array([bool(cell.strip()) for cell in values], dtype=bool)
    # A row that cannot be trusted is refused once, not once a cell.
    for row in block.ragged:
        filled[row * many : (row + 1) * many] = False
        filled[row * many] = True
    source, which = source[filled], which[filled]
    frame = block.frame.iloc[source].reset_index(drop=True)
    frame[width] = values[filled]
    for place in range(len(melt.constants[0]) if melt.constants else 0):
        texts = np.array([each[place] for each in melt.constants], dtype=object)
        frame[width + 1 + place] = texts[which]
    trusted = many * (rows - len(block.ragged))
    block.left_out[melt.blank] += trusted - (len(source) - len(block.ragged))
    ragged = {
        place: block.ragged[row] for place, row in enumerate(source.tolist()) if row in block.ragged
    }
    first = np.searchsorted(source, np.arange(rows + 1))
    totals = [replace(each, before=int(first[each.before])) for each in block.totals]
    lines = [block.lines[row] for row in source]
    return Block(frame, lines, ragged, +block.left_out, totals, block.stated)


def _lone(block: Block) -> NDArray[np.bool_]:
    """Rows with one filled cell."""
    filled = [sum(map(bool, map(str.strip, cells))) == 1
              for cells in block.frame.itertuples(index=False, name=None)]  # fmt: skip
    return np.array(filled, dtype=bool)


def _matching(block: Block, rule: LeaveOut) -> NDArray[np.bool_]:
    def matches(text: str) -> bool:
        if rule.other_than is not None:
            return fold_firm(text) != rule.other_than
        return text.strip().casefold() in rule.words

    return _rows_where(block, rule.place, matches)


def is_test_patient(text: str) -> bool:
    """Whether a patient's name or number is one that tests are made with."""
    return _TEST.search(text) is not None or text.strip() in _TEST_NUMBERS


def adds_up_others(text: str) -> bool:
    """Whether the first words of a row, where they stand in no cell of a record, are a total's."""
    return _TOTAL.fullmatch(text) is not None or _SUBTOTAL.fullmatch(text) is not None


def _rows_where(block: Block, place: int, holds: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Rows whose cell has a property, asked once a text. Rows that are refused anyway stay."""
    codes, texts = pd.factorize(block.frame[place].to_numpy())
    found = np.array([holds(text) for text in texts], dtype=bool)
    if not len(texts):
        return np.zeros(len(block.lines), dtype=bool)
    rows: NDArray[np.bool_] = found[codes]
    rows[list(block.ragged)] = False
    return rows


_LIMITS = (30, 60, 90, 120)


def _age(block: Block, aging: Aging) -> None:
    """Behind the other columns: the amount in the bucket of its age, or among the credits."""
    width = block.frame.shape[1]
    made: list[list[Any]] = [[] for _ in range(len(_LIMITS) + 2)]
    for amount, days in zip(block.frame[aging.amount], block.frame[aging.days], strict=True):
        bucket, text = _bucket(amount, days)
        for place, cells in enumerate(made):
            cells.append(text if place == bucket else "0")
    for place, cells in enumerate(made):
        block.frame[width + place] = pd.Series(cells, dtype=object)


def _bucket(amount: str, days: str) -> tuple[int, str]:
    """The bucket of an amount, and what to write there: what cannot be read, where it cannot."""
    try:
        cents = read_number(amount, 2)
    except Unreadable:
        return 0, amount
    if cents < 0:
        return len(_LIMITS) + 1, amount
    try:
        age = read_number(days, 0)
    except Unreadable:
        return 0, f"aged {days}"
    return sum(age > limit for limit in _LIMITS), amount
