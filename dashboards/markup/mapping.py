"""The mapping of an unknown file as HTML: its columns, and what loading by it would give."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.markup.text import block, items, small, table
from dashboards.views.mapping import COLUMN_HEADINGS, RehearsalView, column_cells
from kpi.ingest.mapping.offer import ShownColumn


def to_say_block(sentences: Sequence[str]) -> str:
    """What has to be said before the mapping can be saved."""
    return block(
        f'<div class="rc-note rc-worse" role="status"><h3>Still to say</h3>{items(sentences)}</div>'
    )


def columns_block(columns: Sequence[ShownColumn], rows: int) -> str:
    """The file's columns with samples that name nobody."""
    cells = table(COLUMN_HEADINGS, map(column_cells, columns), set(), dense=True)
    return block(
        f"<details open><summary>The file's {len(columns)} columns, from its first {rows:,} rows"
        f'</summary><div class="rc-wrap">{cells}</div></details>'
    )


def rehearsal_block(view: RehearsalView) -> str:
    """What would be loaded: counts that add up, months, reasons, and the first rows."""
    parts = "".join(f"<div><b>{count:,}</b>{small(name)}</div>" for name, count in view.parts)
    found = (
        f'<div class="rc-sum"><div><b>{view.read:,}</b>{small("rows read")}</div>'
        f'<span class="rc-equals">=</span>{parts}</div>{items(view.facts)}'
    )
    if view.reasons:
        rows = [(reason, f"{count:,}") for reason, count in view.reasons]
        found += table(("Why rows or values would not be taken", "How many"), rows, {1})
    if view.rows:
        found += "<h3>The first rows as they would be kept</h3>"
        found += table(view.headings, view.rows, set(), dense=True)
    return block(
        f'<section class="rc-note" role="status"><h3>What would be loaded</h3>{found}</section>'
    )
