"""A KPI's page as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.charts.trend import Noted
from dashboards.markup.text import block, items, missing_data, safe, signed, small, table
from dashboards.views.kpi import KpiHead, Table
from kpi.report.svg import Figure


def kpi_head_block(head: KpiHead, bullet: Figure, month_end: str) -> str:
    """Value, attainment and points, the bullet chart, and what the control chart says."""
    charts = {"Attainment": f"{bullet.img()}<br>"}
    figures = "".join(
        f"<div>{small(name)}<b>{safe(figure)}</b>{charts.get(name, '')}{small(detail)}</div>"
        for name, figure, detail in head.figures
    )
    signs = "".join(signed(*each) for each in head.signs)
    next_step = missing_data(month_end) if head.waits else ""
    reason = f'<div class="rc-note">{safe(head.reason)}{next_step}</div>' if head.reason else ""
    said = f'<p class="rc-meaning">{safe(head.meaning)}</p>' if head.meaning else ""
    said += small(head.explained)
    return block(
        f'<div class="rc-figures">{figures}<div>{small("Signal")}{signs}</div></div>'
        f"{said}{reason}{items(head.notes)}"
    )


def table_block(view: Table) -> str:
    """A table of texts."""
    return block(table(view.headings, view.rows, set(view.numbers), dense=True))


def notes_block(noted: Noted) -> str:
    """What was noted on months, the newest first."""
    found = "".join(
        f'<dt>{safe(month.words)}</dt><dd dir="auto">{"<br>".join(map(safe, noted[month]))}</dd>'
        for month in sorted(noted, reverse=True)
    )
    return block(f'<h3>What was noted</h3><dl class="rc-define">{found}</dl>')


def definition_block(terms: Sequence[tuple[str, str]]) -> str:
    """What the KPI means, as a list of terms."""
    found = "".join(f"<dt>{safe(term)}</dt><dd>{_text(term, text)}</dd>" for term, text in terms)
    return block(f'<h2>What it means</h2><dl class="rc-define">{found}</dl>')


def _text(term: str, text: str) -> str:
    return f"<code>{safe(text)}</code>" if term == "Formula" else safe(text)
