"""A block of text cells becomes one dataset's records, left out rows and quarantined rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kpi.datasets import Column, Kind
from kpi.errors import FileRefused
from kpi.ingest.clean.numbers import clean_booleans, clean_numbers
from kpi.ingest.clean.texts import clean_choices, clean_ids, clean_texts
from kpi.ingest.clean.times import DateOrder, UndecidedDates, clean_months, clean_times
from kpi.ingest.clean.values import Cleaned
from kpi.ingest.files.table import Block
from kpi.ingest.keys import months_of, record_keys
from kpi.ingest.mapping.plan import ColumnPlan, FeedPlan, Routing
from kpi.ingest.model import Chunk, Protect, Quarantined
from kpi.ingest.reasons import BLANK, FAULTS, NUMBER_OF
from kpi.ingest.row_rules import broken_rules
from kpi.ingest.showing import showable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_POINT = re.compile(r"\.\d{1,2}\D*$", re.ASCII)
_IDENTIFIER = NUMBER_OF["looks_like_identifier"]


@dataclass(slots=True)
class FeedState:
    """What is decided once for a file and dataset, and remembered from block to block."""

    file: str
    zone: str
    protect: Protect
    decimal_comma: bool
    orders: dict[str, DateOrder] = field(default_factory=dict)
    commas: dict[str, bool] = field(default_factory=dict)
    occurrences: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Column:
    """One cleaned column of the chosen rows; ``hashes`` for identifiers."""

    plan: ColumnPlan
    cleaned: Cleaned
    raw: NDArray[Any]
    hashes: NDArray[Any] | None = None

    @property
    def stored(self) -> Any:
        """The values as stored, None where there is none."""
        if self.hashes is not None:
            return self.hashes
        if self.cleaned.values.dtype == object:
            return self.cleaned.values
        return pd.arrays.IntegerArray(self.cleaned.values, self.cleaned.faults != 0)


def take_rows(plan: FeedPlan, block: Block, routing: Routing | None, state: FeedState) -> Chunk:
    """What one dataset takes from a block.

    Every row is in the frame, left out or quarantined. Raises FileRefused for a column of dates
    in which nothing tells the day from the month.
    """
    chosen, left_out, unknown = _route(plan, block, routing)
    left_out += block.left_out
    lines = np.array(block.lines, dtype=np.int64)[chosen]
    columns = {each.column.name: _clean(each, block, chosen, state) for each in plan.columns}
    cleaned = {name: column.cleaned for name, column in columns.items()}
    hashes = {name: column.hashes for name, column in columns.items() if column.hashes is not None}
    dataset = plan.dataset
    keys = record_keys(dataset, cleaned, hashes, len(chosen), state.protect, state.occurrences)
    months = months_of(dataset, cleaned, len(chosen))

    faults: dict[int, tuple[str, str]] = {}
    if block.ragged:
        for place, row in enumerate(chosen.tolist()):
            if row in block.ragged:
                faults[place] = ("", block.ragged[row])
    for place in unknown:
        faults.setdefault(int(place), ("", "unknown_row_type"))
    _note_cell_faults(columns, faults)
    for place, column, code in broken_rules(dataset, cleaned, len(chosen)):
        faults.setdefault(place, (column, code))

    good = np.ones(len(chosen), dtype=bool)
    good[list(faults)] = False
    unreadable = np.zeros(len(chosen), dtype=np.int64)
    blanked: Counter[str] = Counter()
    for bit, name in enumerate(dataset.names):
        if name not in cleaned:
            continue
        wrong = (cleaned[name].faults > BLANK) & good
        if wrong.any():
            unreadable[wrong] |= 1 << bit
            for number, count in Counter(cleaned[name].faults[wrong].tolist()).items():
                blanked[f"{name}: {FAULTS[number]}"] += count
    frame = pd.DataFrame(
        {"key": _series(keys[good]), "line": lines[good], "unreadable": unreadable[good]}
        | {
            column.name: _series(columns[column.name].stored[good])
            for column in dataset.stored
            if column.name in columns
        }
    )
    quarantined = [
        _quarantined(place, *faults[place], columns, lines, keys, months)
        for place in sorted(faults)
    ]
    return Chunk(
        dataset, frame, len(frame) + left_out.total() + len(quarantined), left_out, blanked,
        quarantined,
    )  # fmt: skip


def _series(values: Any) -> pd.Series[Any]:
    """A column of a frame; texts stay Python objects, so that None stays None."""
    column: pd.Series[Any] = pd.Series(values, dtype=values.dtype)
    return column


def _route(
    plan: FeedPlan, block: Block, routing: Routing | None
) -> tuple[NDArray[np.intp], Counter[str], NDArray[np.intp]]:
    """(rows of this dataset or of nobody known, rows left out by reason, places of the latter)."""
    everything = np.arange(len(block.lines))
    if routing is None:
        return everything, Counter(), np.array([], dtype=np.intp)
    codes, uniques = pd.factorize(block.frame[routing.place].to_numpy())
    words = [str(word).strip().casefold() for word in uniques]
    mine = np.array([routing.datasets.get(word) == plan.dataset.name for word in words], dtype=bool)
    known = np.array(
        [word in routing.datasets or word in routing.left_out for word in words], dtype=bool
    )
    left_out: Counter[str] = Counter()
    counts = np.bincount(codes, minlength=len(words))
    for word, count in zip(words, counts, strict=True):
        if word in routing.left_out:
            left_out[routing.left_out[word]] += int(count)
        elif word in routing.datasets and routing.datasets[word] != plan.dataset.name:
            left_out["another dataset's row"] += int(count)
    chosen = np.flatnonzero((mine | ~known)[codes]) if words else everything
    unknown = np.flatnonzero(~known[codes[chosen]]) if words else chosen
    return chosen, left_out, unknown


def _clean(plan: ColumnPlan, block: Block, chosen: NDArray[np.intp], state: FeedState) -> _Column:
    """Cleans a column over its unique texts and spreads the result over its rows."""
    if plan.place is None:
        raw = np.full(len(chosen), plan.constant, dtype=object)
    else:
        raw = block.frame[plan.place].to_numpy().take(chosen)
    codes, uniques = pd.factorize(raw)
    texts: Sequence[str] = uniques.tolist()
    if plan.values:
        texts = [plan.values.get(text.strip().casefold(), text) for text in texts]
    cleaned = _clean_texts(plan, texts, state)
    if plan.negate:
        cleaned = Cleaned(-cleaned.values, cleaned.faults)
    hashes = None
    if plan.column.kind is Kind.ID:
        there = np.flatnonzero(cleaned.faults == 0)
        hashes = np.empty(len(texts), dtype=object)
        if len(there):
            hashes[there] = np.array(
                state.protect(
                    plan.column.space or plan.column.name, cleaned.values[there].tolist()
                ),
                dtype=object,
            )
        hashes = hashes.take(codes)
    return _Column(plan, cleaned.spread(codes), raw, hashes)


def _clean_texts(plan: ColumnPlan, texts: Sequence[str], state: FeedState) -> Cleaned:
    column = plan.column
    if column.kind in (Kind.DATE, Kind.TIME):
        order = state.orders.setdefault(column.name, DateOrder(plan.month_first))
        try:
            return clean_times(texts, column.kind, state.zone, order)
        except UndecidedDates:
            raise FileRefused(
                f"{state.file}: in column '{plan.heading}' nothing tells the day from the month "
                "(03/04/2026 may be March 4 or April 3). Write the dates as YYYY-MM-DD, or name "
                "with --profile a vendor's export that settles it."
            ) from None
    if column.kind in (Kind.MONEY, Kind.DECIMAL, Kind.WHOLE):
        return clean_numbers(texts, column, _comma(column, texts, state))
    return _CLEANERS[column.kind](texts, column)


_CLEANERS: Mapping[Kind, Callable[[Sequence[str], Column], Cleaned]] = {
    Kind.ID: lambda texts, _: clean_ids(texts),
    Kind.TEXT: clean_texts,
    Kind.CHOICE: clean_choices,
    Kind.BOOLEAN: lambda texts, _: clean_booleans(texts),
    Kind.MONTH: lambda texts, _: clean_months(texts),
}


def _comma(column: Column, texts: Sequence[str], state: FeedState) -> bool:
    """Whether a number column of a semicolon-separated file writes ``1.234,50``."""
    if not state.decimal_comma:
        return False
    if column.name not in state.commas:
        state.commas[column.name] = not any(_POINT.search(text.strip()) for text in texts)
    return state.commas[column.name]


def _note_cell_faults(columns: dict[str, _Column], faults: dict[int, tuple[str, str]]) -> None:
    """Rows that a cell condemns: a required one that is blank or unreadable, or an identifier."""
    for name, column in columns.items():
        codes = column.cleaned.faults
        wrong = codes != 0 if column.plan.column.required else codes == _IDENTIFIER
        for place in np.flatnonzero(wrong):
            faults.setdefault(int(place), (name, FAULTS[codes[place]]))


def _quarantined(
    place: int,
    column: str,
    code: str,
    columns: dict[str, _Column],
    lines: NDArray[np.int64],
    keys: NDArray[Any],
    months: NDArray[np.int64],
) -> Quarantined:
    found = None
    if column in columns and code != "blank":
        found = showable(columns[column].plan.column, str(columns[column].raw[place]), code)
    shifted = code == "too_many_cells"  # which cell is which cannot be told, so key and month too
    month = int(months[place])
    return Quarantined(
        line=int(lines[place]),
        column=column,
        reason=code,
        found=found,
        key=None if shifted else keys[place],
        month=None if shifted or not month else month,
    )
