"""A step of the guided first visit as HTML."""

from __future__ import annotations

from dashboards.markup.text import block, safe
from dashboards.views.guide import Step


def step_block(step: Step, at: int, count: int) -> str:
    """The step; told by a screen reader when it takes another one's place."""
    return block(
        '<section class="rc-guide" aria-label="A first look around"><p role="status">'
        f'<span class="rc-small">Step {at} of {count}</span> <b>{safe(step.heading)}</b> '
        f"{safe(step.text)}</p></section>"
    )
