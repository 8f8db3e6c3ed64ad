"""The health of an installation as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboards.markup.text import block, safe, signed, small
from dashboards.views.health import Looked, Tile

MOST_OPEN = 12
"""Checks of practices that are OK and stand there unfolded."""


def tiles_block(tiles: Iterable[Tile]) -> str:
    """The facts, side by side where there is room."""
    found = "".join(
        f"<div>{small(each.name)}<b>{safe(each.value)}</b>{small(each.detail)}</div>"
        for each in tiles
    )
    return block(f'<div class="rc-figures rc-installation">{found}</div>')


def checks_block(label: str, lines: Sequence[Looked], of_practices: bool) -> str:
    """The checks, what is wrong first: a row each where there is room, else a card."""
    ordered = sorted(lines, key=lambda each: each.ok)
    headings = ("Check", *(("Practice",) if of_practices else ()), "Result", "What was found")
    heads = "".join(f'<th scope="col" role="columnheader">{each}</th>' for each in headings)
    body = "".join(_row(each, headings) for each in ordered)
    return (
        f'<table class="rc-cards rc-plain rc-checks" role="table" aria-label="{safe(label)}">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def practices_block(lines: Sequence[Looked]) -> str:
    """The same of the practices; where they are many, what is OK is folded."""
    wrong = [each for each in lines if not each.ok]
    fine = [each for each in lines if each.ok]
    if len(fine) <= MOST_OPEN:
        return checks_block("Checks of the practices", lines, True)
    shown = checks_block("What was found at practices", wrong, True) if wrong else ""
    folded = checks_block("Checks of practices that are OK", fine, True)
    return f"{shown}<details><summary>{len(fine):,} checks are OK</summary>{folded}</details>"


def _row(line: Looked, headings: Sequence[str]) -> str:
    cells = {
        "Practice": safe(line.practice),
        "Result": signed(line.sign, line.state),
        "What was found": safe(line.says),
    }
    said = "".join(
        f'<td role="cell"><span class="rc-label" aria-hidden="true">{each}</span>{cells[each]}</td>'
        for each in headings[1:]
    )
    under = f'<span class="rc-small rc-under">{safe(line.looks_at)}</span>' if line.looks_at else ""
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{safe(line.check)}{under}</th>{said}</tr>'
    )
