"""What the lint finds, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.markup.text import block, items, safe, small
from dashboards.views.role_findings import FindingLine
from dashboards.views.words import count_of
from kpi.report.signs import finding_sign
from kpi.report.theme import Palette


def findings_block(
    heading: str, lines: Sequence[FindingLine], answered: Sequence[str], palette: Palette
) -> str:
    """The findings one below the other, each with its place, what is wrong and the remedy; then
    the warnings that the text answers itself."""
    found = "".join(_line(each, palette) for each in lines)
    listed = f'<ol class="rc-findings">{found}</ol>' if found else ""
    said = ""
    if answered:
        count = count_of(len(answered), "warning")
        said = (
            f"<details><summary>{count} answered in the text</summary>{items(answered)}</details>"
        )
    return block(f'<div role="status"><h2>{safe(heading)}</h2></div>{listed}{said}')


def _line(line: FindingLine, palette: Palette) -> str:
    word = "Error" if line.error else "Warning"
    quoted = f"<code>{safe(line.quoted)}</code>" if line.quoted else ""
    sign = finding_sign(line.error, palette).img("rc-sign")
    return (
        f'<li><span class="rc-cell">{sign}{word}: {safe(line.place.lower())}</span>{quoted}'
        f"<p>{safe(line.message)}</p><p>{safe(line.remedy)}</p>{small(line.rule)}</li>"
    )
