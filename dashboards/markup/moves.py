"""What a file would move, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.markup.text import block, safe, table
from dashboards.views.moves import HEADINGS, MovesView


def moves_block(summary: str, views: Sequence[MovesView], opened: bool) -> str:
    """A fold with a table a review period; nothing where nothing moves."""
    if not views:
        return ""
    tables = "".join(
        f"<h3>{safe(view.title)}</h3>{table(HEADINGS, view.rows, set())}" for view in views
    )
    state = " open" if opened else ""
    return block(
        f'<details class="rc-moves"{state}><summary>{safe(summary)}</summary>{tables}</details>'
    )
