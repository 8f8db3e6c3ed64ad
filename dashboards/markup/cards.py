"""A list as a table where there is room, and as a card each where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.markup.text import safe


@dataclass(frozen=True, slots=True)
class Card:
    """A line of the list: what it is of, where that leads, and its other cells.

    A cell is a text, or a text with a quiet line under it.
    """

    name: str
    link: str
    cells: tuple[str | tuple[str, str], ...]


def cards(label: str, headings: Sequence[str], lines: Iterable[Card]) -> str:
    """The list; ``label`` is what a screen reader calls it."""
    heads = "".join(f'<th scope="col" role="columnheader">{safe(text)}</th>' for text in headings)
    body = "".join(_row(headings, line) for line in lines)
    return (
        f'<table class="rc-cards rc-plain" role="table" aria-label="{safe(label)}">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(headings: Sequence[str], line: Card) -> str:
    name = safe(line.name)
    named = f'<a href="{safe(line.link)}">{name}</a>' if line.link else name
    found = "".join(
        f'<td role="cell">{_label(headings[at])}{_cell(cell)}</td>'
        for at, cell in enumerate(line.cells, 1)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{named}</th>{found}</tr>'


def _cell(cell: str | tuple[str, str]) -> str:
    if isinstance(cell, str):
        return safe(cell)
    text, quiet = cell
    under = f'<span class="rc-small rc-under">{safe(quiet)}</span>' if quiet else ""
    return f"{safe(text)}{under}"


def _label(text: str) -> str:
    return f'<span class="rc-label" aria-hidden="true">{safe(text)}</span>' if text else ""
