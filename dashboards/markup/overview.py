"""The overview as HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboards.markup.text import block, missing_data, safe, signed, small
from dashboards.markup.words import meant, meant_items, word
from dashboards.views.overview import Head, Panel
from dashboards.views.rows import Change, KpiLine
from kpi.report.bullet import KEY, sample
from kpi.report.theme import Palette

Link = Callable[[str], str]
"""Gives the address of a KPI's page."""


_MEANT = {
    "chance alone": "margin",
    "without the gate": "gate",
    "once all data is there": "range",
    "of the weight": "coverage",
    "No margin": "margin",
    "So far": "so_far",
}
"""Phrases beside the score, by the words that say what is meant."""


def head_block(head: Head, panel: Panel, link: Link, month_end: str) -> str:
    """The score and its qualifications, beside what costs most points or is missing."""
    rating = f'<span class="rc-rating">{safe(head.rating)}</span>' if head.rating else ""
    indicated = ""
    if head.rating:
        said = "indicated rating; people decide the rating"
        shown = meant(said, "head", {"indicated rating": "indicated_rating"})
        indicated = f'<span class="rc-small">{shown}</span>'
    reach = f'<span class="rc-reach">{safe(head.reach)}</span>' if head.reach else ""
    scale = f'<div class="rc-scale">{head.scale.img()}</div>' if head.scale else ""
    gates = "".join(
        f"<li>{signed(gate.sign, f'{gate.name}: {gate.words}')}</li>" for gate in head.gates
    )
    facts = (
        head.reason,
        head.uncapped,
        head.margin,
        head.range,
        head.coverage,
        head.missing,
        head.chance,
        head.provisional,
        head.through,
    )
    left = (
        f'<p class="rc-small">{safe(head.caption)}</p>'
        f'<div class="rc-score"><b>{safe(head.score)}</b>{reach}{rating}{indicated}</div>'
        f"{scale}"
        + meant_items(facts, "head", _MEANT)
        + (f'<ul class="rc-gates" aria-label="Gates">{gates}</ul>' if gates else "")
    )
    right = _panel(panel, link, month_end)
    return block(f'<section class="rc-head"><div>{left}</div><div>{right}</div></section>')


def _panel(panel: Panel, link: Link, month_end: str) -> str:
    costs = [safe(gap.cost) for gap in panel.gaps]
    if panel.gaps:
        costs[0] = meant(panel.gaps[0].cost, "gaps", {"points lost": "points_lost"})
    listed = "".join(
        f'<li><a href="{safe(link(gap.id))}"><b>{safe(gap.name)}</b></a>'
        f'<span class="rc-cost">{cost}</span>{small(gap.sentence)}</li>'
        for gap, cost in zip(panel.gaps, costs, strict=True)
    )
    shown = f'<ol class="rc-gaps">{listed}</ol>' if listed else f"<p>{safe(panel.none)}</p>"
    next_step = missing_data(month_end, panel.next_step) if panel.next_step else ""
    return f"<h2>{safe(panel.heading)}</h2>{shown}{next_step}"


_HEADINGS = (
    ("KPI", ""),
    ("Value", ""),
    ("Against floor, target, stretch", ""),
    ("Change", ""),
    ("Signal", ""),
    ("Attainment", "rc-number"),
    ("Points", "rc-number"),
    ("13 months", ""),
)


def rows_block(lines: Sequence[KpiLine], link: Link) -> str:
    """The list of KPIs: a table where there is room, a card each where there is none."""
    heads = "".join(
        f'<th scope="col" role="columnheader" class="{css}">{text}</th>' for text, css in _HEADINGS
    )
    body = "".join(_row(line, link) for line in lines)
    return block(
        '<table class="rc-kpis" role="table" aria-label="KPIs">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>',
    )


def _row(line: KpiLine, link: Link) -> str:
    name = f'<a href="{safe(link(line.id))}">{safe(line.name)}</a><br>{small(line.direction)}'
    state = f"<b>{safe(line.status)}</b> {safe(line.reason)}" if line.status else ""
    reason = f'<span class="rc-small">{state}</span>' if state else ""
    notes = "".join(small(text) for text in line.notes)
    value = f"<b>{safe(line.value)}</b>{small(line.detail)}{small(line.margin)}{reason}{notes}"
    points = f"<b>{safe(line.points)}</b><br>{small(f'weight {line.weight}')}"
    cells = (
        _cell("value", value),
        _cell("aim", f"{line.bullet.img()}<br>{small(line.aims)}"),
        _cell("change", _label("Change") + _change(line.change)),
        _cell("signal", signed(line.sign, line.signal, line.signal_detail)),
        _cell("number rc-attained", _label("Attainment") + safe(line.attainment)),
        _cell("number rc-points", _label("Points") + points),
        _cell("spark", _label("13 months") + line.spark.img()),
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader" class="rc-name">{name}</th>'
        f"{''.join(cells)}</tr>"
    )


def _cell(css_class: str, content: str) -> str:
    return f'<td role="cell" class="rc-{css_class}">{content}</td>'


def _label(text: str) -> str:
    return f'<span class="rc-label" aria-hidden="true">{text}</span>'


def _change(change: Change | None) -> str:
    if change is None:
        return '<span class="rc-muted">–</span>'
    return f"<span>{safe(change.amount)}</span><br>{small(change.against)}"


def key_block(palette: Palette) -> str:
    """The key to the bullet charts, once above them."""
    return block(
        f'<div class="rc-key"><span><img src="{sample(palette).source}" alt="" width="120" '
        f'height="17"> {KEY}</span>'
        f"<span class='rc-said-key'>{word('attainment', 'key')}: 0 at the {_aim('floor')}, "
        f"100 at the {_aim('target')}, 120 at the {_aim('stretch')}</span>"
        f"<span class='rc-said-key'>{word('signal', 'key')}, {word('points', 'key')}</span></div>"
    )


def _aim(id: str) -> str:
    return word(id, "key", id)
