"""Why a KPI moved, as HTML: a table where there is room, a card a group where there is none."""

from __future__ import annotations

from dashboards.markup.text import block, items, safe, small
from dashboards.views.movement import MovementView, PartRow


def movement_block(view: MovementView) -> str:
    """The whole change, the largest parts in words, and every group's part."""
    said = f'<p class="rc-meaning">{safe(view.headline)}</p>' if view.headline else ""
    if view.reason:
        return block(f'{said}<div class="rc-note" role="status">{safe(view.reason)}</div>')
    words = "".join(f"<li>{safe(text)}</li>" for text in view.words)
    largest = f'<ol class="rc-largest">{words}</ol>' if words else ""
    return block(
        said,
        small(view.caution),
        largest,
        items(view.notes),
        _table(view),
        _explained(view.explained),
    )


def _table(view: MovementView) -> str:
    if not view.rows:
        return ""
    first, *others = view.headings
    heads = f'<th scope="col" role="columnheader">{safe(first)}</th>' + "".join(
        f'<th scope="col" role="columnheader" class="rc-number">{safe(text)}</th>'
        for text in others
    )
    body = "".join(_row(row, others) for row in view.rows)
    return (
        '<table class="rc-parts" role="table" aria-label="What each group added to the change">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(row: PartRow, headings: list[str]) -> str:
    cells = "".join(
        f'<td role="cell" class="rc-number{"" if text else " rc-none"}">'
        f'<span class="rc-label" aria-hidden="true">{safe(heading)}</span>{safe(text)}</td>'
        for heading, text in zip(headings[:-1], row.cells[:-1], strict=True)
    )
    last = (
        f'<td role="cell" class="rc-number rc-part">'
        f'<span class="rc-label" aria-hidden="true">{safe(headings[-1])}</span>'
        f"{row.bar.img()}<b>{safe(row.cells[-1])}</b>"
        f'<span class="rc-small rc-sense">{safe(row.sense)}</span></td>'
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{safe(row.group)}</th>{cells}{last}</tr>'
    )


def _explained(text: str) -> str:
    if not text:
        return ""
    return f"<details><summary>How the parts come about</summary>{small(text)}</details>"
