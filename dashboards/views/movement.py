"""Why a KPI moved: what the page shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from dashboards.charts.parts import part_bar, part_sense
from dashboards.views.words import count_of
from kpi.catalogue.splits import Split
from kpi.months import period_words
from kpi.report.svg import Figure
from kpi.report.theme import Palette
from kpi.review.explained.movement import Moved, Period, before, year_earlier
from kpi.score.distinguish import moved_beyond
from kpi.score.model import Margin
from kpi.score.movement import GroupMove
from kpi.score.movement_words import (
    PartLine,
    headline,
    how_split,
    in_order,
    part_headings,
    part_line,
    part_words,
)

MOST = 10
"""Groups that have a row of their own; one row more stands for all the others."""

CHANCE = (
    "The control chart sees nothing but chance in the latest month. What follows adds up all the "
    "same, but it need not have a cause."
)

SPLIT_WORDS: dict[Split, str] = {
    "provider": "Provider",
    "location": "Location",
    "payer": "Payer",
    "weekday": "Day of the week",
}


@dataclass(frozen=True, slots=True)
class PartRow:
    """A group, its cells in the order of the headings, a bar as long as its part, and whether that
    is for the better or the worse, in a word."""

    group: str
    cells: tuple[str, ...]
    bar: Figure
    sense: str


@dataclass(frozen=True, slots=True)
class MovementView:
    """The sentence on the whole, the largest parts in words, and a row a group. ``reason``: why
    there is nothing else to show; ``caution``: how little that may mean."""

    headline: str
    reason: str
    caution: str
    words: tuple[str, ...]
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[PartRow, ...]
    explained: str


def compared(against: str, first: Period) -> Period:
    """The period that the address compares with."""
    return year_earlier(*first) if against == "year" else before(*first)


def against_words(against: str, period: Period) -> str:
    """``Period before: October to December 2025``."""
    named = "A year before" if against == "year" else "Period before"
    return f"{named}: {period_words(*compared(against, period))}"


def movement_view(
    moved: Moved, signal: str | None, palette: Palette, margin: Margin | None = None
) -> MovementView:
    """All of the section below the choices. ``signal``: what the control chart says; ``margin``:
    the KPI's in the later period."""
    found, split, now, then = moved.found, moved.split, moved.now.value, moved.then.value
    said = ""
    if now is not None and then is not None:
        apart = moved.apart if moved.apart is not None else moved_beyond(margin, now - then)
        said = headline(moved.kpi, moved.against, then, moved.period, now, apart)
    if found is None or split is None:
        return MovementView(said, moved.reason or "", "", (), (), (), (), "")
    headings = part_headings(found, moved.kpi, split)
    moves = in_order(found, split)
    largest = max((abs(move.part) for move in moves), default=0.0)
    # Weekdays are never more than seven, so what is cut off is the smallest.
    lines = [part_line(move, moved.kpi, split) for move in moves[:MOST]]
    if len(moves) > MOST:
        lines.append(_others(moves[MOST:], moved))
    rows = [_row(line, headings, largest, moved, palette) for line in lines]
    return MovementView(
        said, moved.reason or "", CHANCE if signal == "common_cause" and rows else "",
        moved.words, moved.notes,
        tuple(headings.values()), tuple(rows), how_split(found, moved.kpi),
    )  # fmt: skip


def _row(
    line: PartLine, headings: dict[str, str], largest: float, moved: Moved, palette: Palette
) -> PartRow:
    cells = tuple(getattr(line, name) for name in headings if name != "group")
    better = moved.kpi.better
    bar = part_bar(line.amount, largest, better, palette)
    return PartRow(line.group, cells, bar, part_sense(line.amount, better))


def _others(moves: list[GroupMove], moved: Moved) -> PartLine:
    total = fsum(move.part for move in moves)
    named = count_of(len(moves), "more group")
    return PartLine(named, "", "", "", "", "", part_words(total, moved.kpi), total)
