"""Practices side by side as HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboards.charts import chance
from dashboards.markup.text import block, items, safe, signed, small
from dashboards.views.practices import Cell, MatrixRow, Moved, PracticeLine
from kpi.report import bullet
from kpi.report.svg import Figure
from kpi.report.theme import Palette
from kpi.score.side_by_side import Told

Link = Callable[[int, str], str]
"""Gives the address of a line's overview, by its place; with an id that of the KPI's page."""
Step = Callable[[int], tuple[str, str, str]]
"""Gives what to do about a line without figures: words, a page's name and its address."""

_HEADINGS = ("Practice", "Score", "Rests on", "Gates", "Largest gaps", "What really changed")
MOST_SENTENCES = 4
"""Of one figure that are read without opening anything."""


def lines_block(lines: Sequence[PracticeLine], link: Link, step: Step) -> str:
    """The practices: a row each where there is room, else a card each."""
    heads = "".join(f'<th scope="col" role="columnheader">{each}</th>' for each in _HEADINGS)
    body = "".join(
        _missing(line, *step(at)) if line.missing else _row(line, at, link)
        for at, line in enumerate(lines)
    )
    return block(
        '<table class="rc-practices" role="table" aria-label="Practices">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _name(line: PracticeLine, address: str = "") -> str:
    name = safe(line.practice)
    named = f'<a href="{safe(address)}">{name}</a>' if address else name
    return f'<th scope="row" role="rowheader">{named}{small(line.who)}{small(line.period)}</th>'


def _row(line: PracticeLine, at: int, link: Link) -> str:
    figure = f'<div class="rc-chance">{line.figure.img()}</div>' if line.figure else ""
    reach = f' <span class="rc-muted">{safe(line.reach)}</span>' if line.reach else ""
    score = (
        f'<p class="rc-stand"><b>{safe(line.score)}</b>{reach}</p>{figure}'
        f"<p>{safe(line.rating)}</p>{small(line.margin)}"
    )
    gates = "".join(
        f"<li>{signed(gate.sign, f'{gate.name}: {gate.words}')}</li>" for gate in line.gates
    )
    gaps = "".join(
        f'<li><a href="{safe(link(at, gap.id))}">{safe(gap.name)}</a>'
        f"{small(f'{gap.sentence} · {gap.cost}')}</li>"
        for gap in line.gaps
    )
    moved = "".join(f"<li>{_moved(each, at, link)}</li>" for each in line.moved)
    cells = (
        ("scored", "Score", score),
        (
            "rests",
            "Rests on",
            items((line.coverage, line.reach_of_data, line.uncapped, line.through)),
        ),
        ("gated", "Gates", f"<ul>{gates}</ul>" if gates else small("No gate")),
        ("gapped", line.gaps_heading, f"<ul>{gaps}</ul>" if gaps else small("None")),
        ("moved", "What really changed", f"<ul>{moved}</ul>" if moved else small(line.unmoved)),
    )
    said = "".join(
        f'<td role="cell" class="rc-{css}">{_label(label)}{content}</td>'
        for css, label, content in cells
    )
    return f'<tr role="row">{_name(line, link(at, ""))}{said}</tr>'


def _moved(moved: Moved, at: int, link: Link) -> str:
    named = ", ".join(f'<a href="{safe(link(at, id))}">{safe(name)}</a>' for id, name in moved.kpis)
    return f'<span class="rc-cell">{moved.sign.img("rc-sign")}{safe(moved.words)}</span>{named}'


def _missing(line: PracticeLine, words: str, page: str, address: str) -> str:
    where = f' <a href="{safe(address)}">{safe(page)}</a>.' if page else ""
    return (
        f'<tr role="row">{_name(line)}<td role="cell" class="rc-lacks" colspan="5">'
        f"<b>{safe(line.missing)}</b><p>{safe(words)}{where}</p></td></tr>"
    )


def matrix_block(rows: Sequence[MatrixRow], whose: Sequence[str], link: Link) -> str:
    """The KPIs that are shared: a row a KPI and a column a practice; a card a KPI where there is no
    room, and a window that is moved sideways where there are many practices."""
    heads = "".join(
        f'<th scope="col" role="columnheader">{safe(whose[cell.at])}</th>' for cell in rows[0].cells
    )
    body = "".join(_matrix_row(row, whose, link) for row in rows)
    return block(
        '<div class="rc-scroll rc-beside" tabindex="0" role="region" '
        'aria-label="KPIs side by side">'
        '<table class="rc-matrix" role="table" aria-label="KPIs side by side">'
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">KPI</th>'
        f'{heads}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _matrix_row(row: MatrixRow, whose: Sequence[str], link: Link) -> str:
    cells = "".join(
        f'<td role="cell">{_label(whose[cell.at])}{_cell(cell, link(cell.at, row.id))}</td>'
        for cell in row.cells
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{safe(row.name)}{small(row.direction)}'
        f"</th>{cells}</tr>"
    )


def _cell(cell: Cell, address: str) -> str:
    if cell.bullet is None or cell.sign is None:
        return small(cell.why)
    aims = " · ".join(filter(None, (cell.target, cell.margin)))
    return (
        f'<p class="rc-stand"><a href="{safe(address)}"><b>{safe(cell.value)}</b></a>'
        f"{signed(cell.sign, cell.signal)}</p>{small(cell.why)}"
        f'<div class="rc-chance">{cell.bullet.img()}</div>{small(aims)}'
    )


def told_block(told: Sequence[Told], notes: Sequence[str]) -> str:
    """What can be told apart, a figure after the other, with what else a reader should know."""
    few = "".join(
        f"<dt>{safe(each.subject)}</dt><dd>{'<br>'.join(map(safe, each.sentences))}</dd>"
        for each in told
        if len(each.sentences) <= MOST_SENTENCES
    )
    many = "".join(
        f"<details><summary>{safe(f'{each.subject}: {each.pairs:,} pairs differ')}</summary>"
        f"{items(each.sentences, 'rc-points')}</details>"
        for each in told
        if len(each.sentences) > MOST_SENTENCES
    )
    shown = f'<dl class="rc-define">{few}</dl>' if few else ""
    return block(
        f'<div class="rc-told">{shown}{many}<div class="rc-muted">{items(notes)}</div></div>'
    )


def chance_key(palette: Palette) -> str:
    """The key to the scores' strips, once above them."""
    return _key(chance.sample(palette), f"{chance.KEY}.")


def matrix_key(palette: Palette) -> str:
    """The key to the bullet charts, once above them."""
    return _key(bullet.sample(palette), f"{bullet.KEY}; a KPI's charts have one axis.")


def _key(drawn: Figure, words: str) -> str:
    return block(
        f'<div class="rc-key"><span><img src="{drawn.source}" alt="" width="120" height="17"> '
        f"{safe(words)}</span></div>"
    )


def _label(text: str) -> str:
    return f'<span class="rc-label" aria-hidden="true">{safe(text)}</span>'
