"""What a file would move, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.markup.text import block, safe, small, table
from dashboards.views.moves import HAPPENED, HEADINGS, MovedView, MovesView


def moves_block(summary: str, views: Sequence[MovesView], opened: bool) -> str:
    """A fold with a table a review period; nothing where nothing moves."""
    if not views:
        return ""
    tables = _tables(HEADINGS, views)
    state = " open" if opened else ""
    return block(
        f'<details class="rc-moves"{state}><summary>{safe(summary)}</summary>{tables}</details>'
    )


def moved_block(found: Sequence[MovedView]) -> str:
    """What each event of an upload moved; that it moved nothing where there is none."""
    if not found:
        return block(small("Nothing: it changed no figure, or it came before this was recorded."))
    return block(
        "".join(
            f'<p class="rc-event">{safe(each.said)}</p>{_tables(HAPPENED, each.views)}'
            for each in found
        )
    )


def _tables(headings: Sequence[str], views: Sequence[MovesView]) -> str:
    return "".join(
        f"<h3>{safe(view.title)}</h3>{table(headings, view.rows, set())}" for view in views
    )
