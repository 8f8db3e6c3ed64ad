"""What the lint finds, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.markup.text import block, safe, small
from dashboards.views.role_findings import FindingLine
from kpi.report.signs import finding_sign
from kpi.report.theme import Palette


def findings_block(heading: str, lines: Sequence[FindingLine], palette: Palette) -> str:
    """The findings one below the other, each with its place, what is wrong and the remedy."""
    found = "".join(_line(each, palette) for each in lines)
    listed = f'<ol class="rc-findings">{found}</ol>' if found else ""
    return block(f'<h2 role="status">{safe(heading)}</h2>{listed}')


def _line(line: FindingLine, palette: Palette) -> str:
    word = "Error" if line.error else "Warning"
    quoted = f"<code>{safe(line.quoted)}</code>" if line.quoted else ""
    sign = finding_sign(line.error, palette).img("rc-sign")
    return (
        f'<li><span class="rc-cell">{sign}{word}: {safe(line.place.lower())}</span>{quoted}'
        f"<p>{safe(line.message)}</p><p>{safe(line.remedy)}</p>{small(line.rule)}</li>"
    )
