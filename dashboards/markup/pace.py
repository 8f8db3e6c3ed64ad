"""Pace, guidance and what is left out, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboards.markup.text import block, items, safe, small
from dashboards.views.pace import EXPLAINED, PaceView
from kpi.score.guidance import Guidance


def pace_block(view: PaceView, link: Callable[[str], str]) -> str:
    """The pace of a period: one sentence, and an entry a KPI with points at stake."""
    listed = "".join(
        f'<li><a href="{safe(link(row.id))}"><b>{safe(row.name)}</b></a>'
        f'<span class="rc-cost">{safe(row.stake)}</span>{small(row.sentence)}</li>'
        for row in view.rows
    )
    return block(
        "<h2>Pace</h2>",
        f'<p class="rc-meaning">{safe(view.headline)}</p>',
        f'<ol class="rc-gaps" aria-label="Points at stake">{listed}</ol>' if listed else "",
        items(view.others),
        f"<details><summary>How pace comes about</summary>{small(EXPLAINED)}</details>",
    )


def sentences_block(heading: str, sentences: Sequence[str]) -> str:
    """Some sentences under a heading."""
    return block(f"<h2>{safe(heading)}</h2>", items(sentences))


def guidance_block(found: Guidance) -> str:
    """What a KPI under its target rests on, and what to ask."""
    rests = "".join(f"<li>{safe(text)}</li>" for text in found.rests_on)
    listed = "".join(f"<li>{safe(text)}</li>" for text in found.questions)
    return block(
        "<h2>What to talk about</h2>",
        small("Questions for the conversation, and no verdict."),
        f'<ol class="rc-largest">{listed}</ol>',
        f"<details><summary>What the role says it rests on</summary><ul>{rests}</ul></details>"
        if rests
        else "",
    )
