"""The list of scorecards as HTML: a table where there is room, a card each where there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboards.markup.text import block, safe
from dashboards.views.scorecards import HEADINGS, ScorecardLine, cells

_NUMBERS = {2, 3, 5}


def scorecards_block(lines: Sequence[ScorecardLine], link: Callable[[int], str]) -> str:
    """The list; each manager's name leads to the overview, whose address ``link`` gives."""
    heads = "".join(
        f'<th scope="col" role="columnheader"{_css(at)}>{safe(text)}</th>'
        for at, text in enumerate(HEADINGS)
    )
    body = "".join(_row(line, link) for line in lines)
    return block(
        '<table class="rc-cards" role="table" aria-label="Scorecards">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(line: ScorecardLine, link: Callable[[int], str]) -> str:
    name, *others = cells(line)
    found = "".join(
        f'<td role="cell"{_css(at)}>{_label(HEADINGS[at])}{safe(text)}</td>'
        for at, text in enumerate(others, 1)
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader">'
        f'<a href="{safe(link(line.assignment))}">{safe(name)}</a></th>{found}</tr>'
    )


def _label(text: str) -> str:
    return f'<span class="rc-label" aria-hidden="true">{safe(text)}</span>' if text else ""


def _css(at: int) -> str:
    return ' class="rc-number"' if at in _NUMBERS else ""
