"""A block of text cells becomes one dataset's records, left out rows and quarantined rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kpi.datasets import Kind
from kpi.ingest.clean.column import clean_column
from kpi.ingest.clean.form import Form
from kpi.ingest.clean.values import Cleaned
from kpi.ingest.clean.written import written
from kpi.ingest.keys import key_parts, months_of, record_keys
from kpi.ingest.layout.blocks import Block
from kpi.ingest.layout.totals import Reconciliation, is_summed
from kpi.ingest.mapping.plan import ColumnPlan, FeedPlan, Routing
from kpi.ingest.model import Chunk, Protect, Quarantined
from kpi.ingest.reasons import BLANK, FAULTS, NUMBER_OF
from kpi.ingest.row_rules import broken_rules
from kpi.ingest.showing import showable
from kpi.ingest.taking import texts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_IDENTIFIER = NUMBER_OF["looks_like_identifier"]
_PATIENT_NAME = NUMBER_OF["patient_name"]


@dataclass(slots=True)
class FeedState:
    """What is decided once for a file and dataset, and remembered from block to block.

    ``forms``: how each canonical column is written. ``give_back``: whether the cells of refused
    rows are wanted. ``names``: places of columns with patients' names.
    """

    protect: Protect
    forms: Mapping[str, Form]
    give_back: bool = False
    names: tuple[int, ...] = ()
    occurrences: Counter[str] = field(default_factory=Counter)
    reconciliation: Reconciliation = field(default_factory=Reconciliation)


def forms_of(plan: FeedPlan, zone: str, decimal_comma: bool) -> dict[str, Form]:
    """A form for each column of a feed, nothing learnt yet."""
    return {
        each.column.name: Form(
            each.column,
            each.heading,
            decimal_comma=decimal_comma,
            month_first=each.month_first,
            unit=each.unit,
            zone=zone,
        )
        for each in plan.columns
    }


def learn(plan: FeedPlan, block: Block, forms: Mapping[str, Form]) -> None:
    """Shows a block to the forms that are not settled yet."""
    for each in plan.columns:
        form = forms[each.column.name]
        if not form.settled:
            form.learn(_translated(each, pd.unique(texts_of(each, block, None)).tolist()))


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
    """What one dataset takes from a block: every row is in the frame, left out or quarantined."""
    chosen, left_out, unknown = _route(plan, block, routing)
    left_out += block.left_out
    lines = np.array(block.lines, dtype=np.int64)[chosen]
    columns = {each.column.name: _clean(each, block, chosen, state) for each in plan.columns}
    _turn_scales(plan, block, chosen, columns)
    _hide_names(block, chosen, columns, state.names)
    cleaned = {name: column.cleaned for name, column in columns.items()}
    hashes = {name: column.hashes for name, column in columns.items() if column.hashes is not None}
    dataset = plan.dataset
    keys = record_keys(dataset, cleaned, hashes, len(chosen), state.protect, state.occurrences)
    months = months_of(dataset, cleaned, len(chosen))
    _reconcile(columns, chosen, block, state)

    faults: dict[int, tuple[str, str]] = {}
    if block.ragged:
        for place, row in enumerate(chosen.tolist()):
            if row in block.ragged:
                faults[place] = ("", block.ragged[row])
    for place in unknown:
        faults.setdefault(int(place), ("", "unknown_row_type"))
    _note_cell_faults(columns, key_parts(dataset), faults)
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
    given_back = (
        [_given_back(place, columns) for place in sorted(faults)] if state.give_back else []
    )
    return Chunk(
        dataset,
        frame,
        months[good],
        len(frame) + left_out.total() + len(quarantined),
        left_out,
        blanked,
        quarantined,
        given_back,
    )


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
    raw = texts_of(plan, block, chosen)
    codes, uniques = pd.factorize(raw)
    texts = _translated(plan, uniques.tolist())
    cleaned = clean_column(texts, state.forms[plan.column.name])
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


def _translated(plan: ColumnPlan, texts: Sequence[str]) -> Sequence[str]:
    """The file's own words in the dataset's, where the profile knows them."""
    if not plan.values:
        return texts
    return [plan.values.get(text.strip().casefold(), text) for text in texts]


def _turn_scales(
    plan: FeedPlan, block: Block, chosen: NDArray[np.intp], columns: dict[str, _Column]
) -> None:
    """Answers on a scale whose best end is the lower one, in the other direction."""
    score = next((each for each in plan.columns if each.turned is not None), None)
    if score is None or score.turned is None or not {"scale_min", "scale_max"} <= set(columns):
        return
    turned = np.array(
        [cell == "true" for cell in block.frame[score.turned].to_numpy().take(chosen)], dtype=bool
    )
    found = columns[score.column.name]
    ends = columns["scale_min"].cleaned.values + columns["scale_max"].cleaned.values
    values = np.where(turned, ends - found.cleaned.values, found.cleaned.values)
    found.cleaned = Cleaned(values, found.cleaned.faults)


def _hide_names(
    block: Block, chosen: NDArray[np.intp], columns: dict[str, _Column], names: Sequence[int]
) -> None:
    """Leaves blank what says in a free text who the row's patient is, like a payer's column that
    names whoever pays for themselves. A name is more than one word: a number may be anybody's."""
    for place in names:
        patients = block.frame[place].to_numpy().take(chosen)
        for column in columns.values():
            if column.plan.column.kind is not Kind.TEXT or place in column.plan.places:
                continue
            same = np.flatnonzero((column.raw == patients) & (column.cleaned.faults == 0))
            named = [row for row in same if len(column.raw[row].split()) > 1]
            column.cleaned.values[named] = None
            column.cleaned.faults[named] = _PATIENT_NAME


def _reconcile(
    columns: Mapping[str, _Column], chosen: NDArray[np.intp], block: Block, state: FeedState
) -> None:
    """Adds the block's numbers to the running sums, by the place that they stand in."""
    summed = {}
    for found in columns.values():
        if len(found.plan.places) == 1 and is_summed(found.plan.column):
            values = np.zeros(len(block.lines), dtype=np.int64)
            signed = -found.cleaned.values if found.plan.negate else found.cleaned.values
            values[chosen] = np.where(found.cleaned.faults == 0, signed, 0)
            summed[found.plan.places[0]] = (found.plan.column, values)
    state.reconciliation.take(summed, block.stated, block.totals)


def _given_back(place: int, columns: Mapping[str, _Column]) -> dict[str, str]:
    """A refused row's cells in canonical columns: as stored where they could be read."""
    return {
        name: (
            written(column.plan.column.kind, column.cleaned.values[place])
            if column.cleaned.faults[place] == 0 and column.plan.column.kind is not Kind.ID
            else str(column.raw[place])
        )
        for name, column in columns.items()
    }


def _note_cell_faults(
    columns: dict[str, _Column], key: Sequence[str], faults: dict[int, tuple[str, str]]
) -> None:
    """Rows that a cell condemns: a required one that is blank or unreadable, one of the key that is
    unreadable, or an identifier."""
    for name, column in columns.items():
        codes = column.cleaned.faults
        if column.plan.column.required:
            wrong = codes != 0
        else:
            wrong = codes > BLANK if name in key else codes == _IDENTIFIER
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
        raw = columns[column].raw
        same = int((raw == raw[place]).sum()) if code == "unknown_value" else 1
        found = showable(columns[column].plan.column, str(raw[place]), code, same)
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
