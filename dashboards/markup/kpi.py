"""A KPI's page as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.charts.trend import Noted
from dashboards.markup.text import block, items, missing_data, safe, signed, table
from dashboards.markup.words import meant
from dashboards.views.kpi import KpiHead, Table
from kpi.report.svg import Figure


def kpi_head_block(head: KpiHead, bullet: Figure, month_end: str) -> str:
    """Value, attainment and points, the bullet chart, and what the control chart says."""
    charts = {"Attainment": f"{bullet.img()}<br>"}
    figures = "".join(
        f"<div>{_quiet(name, _NAMED)}<b>{safe(figure)}</b>{charts.get(name, '')}"
        f"{_quiet(detail, _QUALIFIED.get(name, {}))}</div>"
        for name, figure, detail in head.figures
    )
    signs = "".join(signed(*each) for each in head.signs)
    next_step = missing_data(month_end) if head.waits else ""
    told = meant(head.reason, "reason", _STATUS)
    reason = f'<div class="rc-note">{told}{next_step}</div>' if head.reason else ""
    said = f'<p class="rc-meaning">{safe(head.meaning)}</p>' if head.meaning else ""
    said += _quiet(head.explained, {"usual range": "usual_range"})
    return block(
        f'<div class="rc-figures">{figures}<div>{_quiet("Signal", _NAMED)}{signs}</div></div>'
        f"{said}{reason}{items(head.notes)}"
    )


_NAMED = {"Attainment": "attainment", "Points": "points", "Signal": "signal"}
_QUALIFIED = {
    "Value": {"margin": "margin", "usual variation": "usual_variation"},
    "Points": {"weight": "weight", "lost": "points_lost"},
}
_STATUS = {"No data": "no_data", "Too few": "too_few"}


def _quiet(text: str, phrases: Mapping[str, str]) -> str:
    return f'<span class="rc-small">{meant(text, "figures", phrases)}</span>' if text else ""


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
