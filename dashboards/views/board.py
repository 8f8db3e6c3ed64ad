"""The month-end board: which month of which dataset is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.views.words import MONTH, count_of, listed, name_of
from kpi.months import Month, span
from kpi.report.changes import day_words
from kpi.report.signs import month_sign
from kpi.report.svg import Figure
from kpi.report.theme import Palette
from kpi.store.clock import moment

Entry = Mapping[str, Any]

SETTLED = ("complete", "attested")


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of one dataset: a sign, its word, and what there is to know of it."""

    month: str
    state: str
    sign: Figure
    word: str
    detail: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One dataset over the months."""

    dataset: str
    name: str
    needed: str
    loaded: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The board, and the sentence above it that says what is still to do."""

    headings: tuple[str, ...]
    rows: tuple[BoardRow, ...]
    summary: str


def board_view(
    entries: Iterable[Entry],
    months: Sequence[Month],
    needed: Mapping[str, Sequence[str]],
    palette: Palette,
    loaded: Mapping[str, tuple[str, str]] | None = None,
) -> Board:
    """The board of the datasets in ``needed``, which gives the names of the KPIs they serve.

    ``loaded``: who last loaded each dataset, and when (UTC).
    """
    found = {(entry["dataset"], entry["month"]): entry for entry in entries}
    rows = []
    for dataset, names in needed.items():
        cells = tuple(_cell(found.get((dataset, str(month))), month, palette) for month in months)
        last = _loaded((loaded or {}).get(dataset))
        rows.append(BoardRow(dataset, name_of(dataset), _needed(names), last, cells))
    return Board(tuple(month.words for month in months), tuple(rows), _summary(rows))


BOARD = ("Dataset", "Needed", "Last loaded")
"""The headings before the months where the board is a list."""


def board_cells(row: BoardRow) -> tuple[str, ...]:
    """A dataset as a row of a list."""
    months = (", ".join(filter(None, (cell.word, cell.detail))) for cell in row.cells)
    return (row.name, row.needed, row.loaded, *months)


def needed_names(entries: Iterable[Entry], names: Mapping[str, str]) -> dict[str, list[str]]:
    """The datasets that the role's KPIs need, and the names of those KPIs."""
    return {
        entry["dataset"]: [names.get(id, id) for id in entry["needed_by"]]
        for entry in entries
        if entry["needed_by"]
    }


def state_of(entry: Entry | None) -> str:
    """complete, partial, missing; attested or pending where that is what the month rests on."""
    if entry is None:
        return "missing"
    if entry.get("pending"):
        return "pending"
    if entry.get("attested") and not entry.get("rows"):
        return "attested"
    return str(entry["state"])


def months_shown(
    entries: Sequence[Entry], needed: Iterable[str], over: Month, count: int
) -> tuple[Month, ...]:
    """The months of the board, at most ``count`` from the first one with data on.

    It ends with the last month that has data while that lacks something, else with the next one,
    but never with one that is not over. ``entries``: all months of the practice.
    """
    wanted = set(needed)
    begun = [Month.parse(entry["month"]) for entry in entries if state_of(entry) != "missing"]
    last = max(begun, default=over)
    states = [
        state_of(entry)
        for entry in entries
        if entry["dataset"] in wanted and entry["month"] == str(last)
    ]
    if begun and all(state in SETTLED for state in states):
        last = last + 1
    last = min(last, over)
    return span(max(last - (count - 1), min(begun, default=last)), last)


def declarable(
    entries: Iterable[Entry], attestable: Iterable[str], months: Sequence[Month]
) -> list[tuple[str, Month]]:
    """The months that could be declared to have had nothing to report: missing, latest first."""
    found = {(entry["dataset"], entry["month"]): entry for entry in entries}
    return [
        (dataset, month)
        for month in reversed(months)
        for dataset in attestable
        if state_of(found.get((dataset, str(month)))) == "missing"
    ]


def _cell(entry: Entry | None, month: Month, palette: Palette) -> Cell:
    state = state_of(entry)
    return Cell(month.words, state, month_sign(state, palette), MONTH[state], _detail(entry))


def _detail(entry: Entry | None) -> str:
    if entry is None:
        return ""
    said = [count_of(entry["rows"], "row")] if entry.get("rows") else []
    if entry["state"] == "partial" and entry.get("note"):
        said.append(str(entry["note"]))
    elif entry.get("quarantined"):
        said.append(f"{entry['quarantined']:,} in quarantine")
    if entry.get("sealed"):
        said.append("records no longer kept")
    return " · ".join(said)


def _needed(names: Sequence[str]) -> str:
    shown = list(names[:2])
    if len(names) > 2:
        shown.append(f"{len(names) - 2} more")
    return f"for {listed(shown)}" if shown else ""


def _loaded(last: tuple[str, str] | None) -> str:
    if last is None:
        return ""
    who, at = last
    return f"last loaded by {who}, {day_words(moment(at).date())}"


def _summary(rows: Sequence[BoardRow]) -> str:
    """What is still to do, month by month; the last three months of it."""
    if not rows or not rows[0].cells:
        return (
            "No published role needs a dataset here yet, so nothing is asked for. HR publishes one "
            "on the page Roles; files can be loaded before."
        )
    found = [
        _to_do([(row.name, row.cells[at]) for row in rows]) for at in range(len(rows[0].cells))
    ]
    open_months = [sentence for sentence in found if sentence]
    if not open_months:
        return "Every dataset that the role needs is there."
    return f"Still to do. {' '.join(open_months[-3:])}"


def _to_do(cells: Sequence[tuple[str, Cell]]) -> str:
    """One month's sentence; empty where nothing is to do."""
    month = cells[0][1].month
    by_word: dict[str, list[str]] = {}
    for name, cell in cells:
        if cell.state not in SETTLED:
            by_word.setdefault(cell.word.lower(), []).append(name)
    if len(by_word.get(MONTH["missing"].lower(), [])) == len(cells):
        return f"{month}: nothing is loaded yet."
    said = "; ".join(f"{listed(names)} {word}" for word, names in by_word.items())
    return f"{month}: {said}." if said else ""
