"""The list of reviews as HTML."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.markup.text import block, items, safe, small
from dashboards.views.reviews import FINAL_HEADINGS, HEADINGS, Notes, ReviewLine, Stage
from kpi.review.cycle.table import State

_SHOWN = 3
"""How many notes stand open; the rest is one click away."""


def stage_block(stage: Stage, link: Callable[[int, int], str]) -> str:
    """One stage with its reviews; each manager's name leads to the review."""
    final = stage.state is State.FINAL
    headings = FINAL_HEADINGS if final else HEADINGS
    heads = "".join(f'<th scope="col" role="columnheader">{safe(text)}</th>' for text in headings)
    body = "".join(_row(line, headings, final, link) for line in stage.lines)
    own = '<span class="rc-turn">Your turn</span>' if stage.own else ""
    return block(
        f'<h2 class="rc-stage">{safe(stage.heading)} '
        f'<span class="rc-count">{len(stage.lines)}</span>{own}</h2>'
        f'<p class="rc-small rc-lead-in">{safe(stage.next_step)}</p>'
        f'<table class="rc-cards rc-plain rc-reviews" role="table" '
        f'aria-label="{safe(stage.heading)}">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(
    line: ReviewLine,
    headings: tuple[str, ...],
    final: bool,
    link: Callable[[int, int], str],
) -> str:
    late = ' class="rc-late"' if line.overdue else ""
    cells = (
        safe(line.practice),
        safe(line.period),
        safe(line.rating or "–") if final else f"<span{late}>{safe(line.due)}</span>",
        _notes(line.notes, final),
    )
    found = "".join(
        f'<td role="cell"><span class="rc-label" aria-hidden="true">{safe(headings[at])}</span>'
        f"{cell}</td>"
        for at, cell in enumerate(cells, 1)
    )
    where = safe(link(line.number, line.assignment))
    return (
        f'<tr role="row"><th scope="row" role="rowheader"><a href="{where}">{safe(line.manager)}'
        f"</a>{small(f'Review {line.number}')}</th>{found}</tr>"
    )


def _notes(notes: Notes | None, final: bool) -> str:
    if notes is None:
        return small("…")
    if not notes:
        return small("As it was frozen" if final else "Nothing")
    shown = items(notes[:_SHOWN], "rc-points")
    if len(notes) <= _SHOWN:
        return shown
    more = items(notes[_SHOWN:], "rc-points")
    return f"{shown}<details><summary>{len(notes) - _SHOWN} more</summary>{more}</details>"
