"""A line of a list: a row where there is room, a card where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.report.svg import Figure

Cell = str | tuple[str, str] | Figure
"""A text, a text with a quiet line under it, or a chart."""


@dataclass(frozen=True, slots=True)
class Card:
    """A line of the list: what it is of, where that leads, and its other cells."""

    name: str
    link: str
    cells: tuple[Cell, ...]


def plain_cards(rows: Iterable[Sequence[str]]) -> list[Card]:
    """Rows of words as cards that lead nowhere; the first cell names each."""
    return [Card(row[0], "", tuple(row[1:])) for row in rows]
