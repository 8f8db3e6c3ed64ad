"""A list as a table where there is room, and as a card each where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboards.markup.text import safe
from dashboards.views.cards import Card, Cell
from kpi.report.svg import Figure


def cards(label: str, headings: Sequence[str], lines: Iterable[Card], short: bool = False) -> str:
    """The list; ``label`` is what a screen reader calls it. ``short``: its cells hold a few
    characters each, so that it stays a table in half the width."""
    heads = "".join(f'<th scope="col" role="columnheader">{safe(text)}</th>' for text in headings)
    body = "".join(_row(headings, line) for line in lines)
    css = "rc-short rc-plain" if short else "rc-cards rc-plain"
    return (
        f'<table class="{css}" role="table" aria-label="{safe(label)}">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(headings: Sequence[str], line: Card) -> str:
    name = safe(line.name)
    named = f'<a href="{safe(line.link)}">{name}</a>' if line.link else name
    found = "".join(
        f'<td role="cell">{_label(headings[at]) if cell else ""}{_cell(cell)}</td>'
        for at, cell in enumerate(line.cells, 1)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{named}</th>{found}</tr>'


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return safe(cell)
    if isinstance(cell, Figure):
        return cell.img()
    text, quiet = cell
    under = f'<span class="rc-small rc-under">{safe(quiet)}</span>' if quiet else ""
    return f"{safe(text)}{under}"


def _label(text: str) -> str:
    return f'<span class="rc-label" aria-hidden="true">{safe(text)}</span>' if text else ""
