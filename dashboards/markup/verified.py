"""What came of checking a final scorecard, as HTML."""

from __future__ import annotations

from dashboards.markup.text import block, items, safe, small
from dashboards.views.verified import Checked, Event


def checked_block(found: Checked) -> str:
    """The verdict, faults, notes, and each event that moved a figure since."""
    kind = "better" if found.ok else "worse"
    since = found.since or "Nothing was restated since."
    events = "".join(_event(each) for each in found.events)
    return block(
        f'<div class="rc-note rc-{kind}" role="status"><b>{safe(found.verdict)}</b>'
        f"{items(found.faults, 'rc-points')}</div>",
        f'<p class="rc-meaning">{safe(since)}</p>',
        f'<ol class="rc-changes">{events}</ol>' if events else "",
        items((*found.unexplained, *found.notes), "rc-points"),
        small(f"SHA-256 {found.sha256}"),
    )


def _event(each: Event) -> str:
    moves = "".join(f'<span class="rc-small">{safe(text)}</span>' for text in each.moves)
    return (
        f"<li><div><b>{safe(each.what)}</b>{small(each.at)}</div>"
        f"<div>Score {safe(each.score)}{moves}</div></li>"
    )
