"""A line of a list: a row where there is room, a card where there is none."""

from __future__ import annotations

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
