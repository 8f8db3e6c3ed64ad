"""What changed a KPI since a day, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.markup.text import block, safe, small
from dashboards.views.since import ChangeLine


def changes_block(lines: Sequence[ChangeLine]) -> str:
    """A list of changes: from what to what, what happened, when and by whom."""
    items = "".join(
        f"<li><div><b>{safe(line.moved)}</b>{small(line.made)}</div>"
        f"<div>{safe(line.what)}{small(line.when)}</div></li>"
        for line in lines
    )
    return block(f'<ol class="rc-changes">{items}</ol>')
