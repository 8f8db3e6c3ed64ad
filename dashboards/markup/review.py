"""One review as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dashboards.markup.text import block, items, safe, signed, small
from dashboards.markup.words import meant, meant_items
from dashboards.views.review import Fact, Judged, ReviewHead, Said, Stop
from kpi.report.rows import Row

STEP = "your-step"
"""The place on the page where the reader's steps are."""


_MEANT = {
    "chance": "margin",
    "Margin": "margin",
    "Range": "range",
    "Coverage": "coverage",
    "Without gates": "gate",
}
"""Phrases beside the score, by the words that say what is meant."""


def path_block(stops: Sequence[Stop]) -> str:
    """The way from open to final, with where the review is on it."""
    found = "".join(
        f'<li class="rc-{stop.standing}"{_current(stop)}>{signed(stop.sign, stop.words)}'
        f"{small(stop.detail)}</li>"
        for stop in stops
    )
    return block(f'<ol class="rc-path" aria-label="The way of the review">{found}</ol>')


def _current(stop: Stop) -> str:
    return ' aria-current="step"' if stop.standing == "now" else ""


def review_head_block(head: ReviewHead, blockers: Sequence[str]) -> str:
    """The score, beside the rating, the next step and what is in the way."""
    reach = f'<span class="rc-reach">{safe(head.reach)}</span>' if head.reach else ""
    scale = f'<div class="rc-scale">{head.scale.img()}</div>' if head.scale else ""
    gates = "".join(f"<li>{signed(gate.sign, gate.words)}</li>" for gate in head.gates)
    left = (
        f'<p class="rc-small">{safe(head.caption)}</p>'
        f'<div class="rc-score"><b>{safe(head.score)}</b>{reach}</div>{scale}'
        + meant_items((head.reason, *head.facts), "head", _MEANT)
        + (f'<ul class="rc-gates" aria-label="Gates">{gates}</ul>' if gates else "")
    )
    ratings = "".join(_rating(each) for each in head.ratings)
    due = f'<p class="rc-small">{safe(head.due)}</p>' if head.due else ""
    way = f"<h2>In the way of being final</h2>{items(blockers, 'rc-points')}" if blockers else ""
    turn = f'<a class="rc-turn" href="#{STEP}">Your turn</a>' if head.own else ""
    right = (
        f'<div class="rc-ratings">{ratings}</div><h2>Next{turn}</h2>'
        f"<p>{safe(head.next_step)}</p>{due}{way}{items(head.notes)}"
    )
    return block(
        f'<section class="rc-head"><div>{left}</div><div class="rc-stands">{right}</div></section>'
    )


def _rating(fact: Fact) -> str:
    return f"<div>{small(fact.label)}<b>{safe(fact.value)}</b>{small(fact.beside)}</div>"


def kpi_block(judged: Judged, link: Callable[[str], str]) -> str:
    """One KPI's figures."""
    return block(_figures(judged, link))


def kpis_block(found: Iterable[Judged], link: Callable[[str], str]) -> str:
    """All KPIs with what was said of them, where nobody writes."""
    return block(
        "".join(
            f'<article class="rc-judged">{_figures(each, link)}{_under(each.said)}</article>'
            for each in found
        )
    )


def _under(found: Sequence[Said]) -> str:
    return f"<div>{_quotes(found)}</div>" if found else ""


def _figures(judged: Judged, link: Callable[[str], str]) -> str:
    row = judged.row
    chart = judged.bullet.img() if judged.bullet else ""
    aims = " · ".join(
        f"{name} {value}"
        for name, value in (("floor", row.floor), ("target", row.target), ("stretch", row.stretch))
        if value != "–"
    )
    signal = signed(judged.sign, row.signal_words, row.assurance) if judged.sign else ""
    state = "" if row.scored else f"<b>{safe(row.status)}</b> "
    remarks = "".join(f'<p class="rc-small">{safe(each)}</p>' for each in row.remarks)
    return (
        f'<div class="rc-figured"><h3><a href="{safe(link(row.id))}">{safe(row.name)}</a> '
        f"{small(row.direction)}</h3>"
        f'<div class="rc-worth"><b>{safe(row.value)}</b>{small(row.count)}</div>'
        f'<div class="rc-aimed">{chart}{small(aims)}</div>'
        f'<div class="rc-counts">{_counts(row)}</div>'
        f'<div class="rc-marks">{signal}{small(_sure(row))}{state}{remarks}</div></div>'
    )


def _counts(row: Row) -> str:
    return "".join(
        f"<span>{small(name)}<b>{safe(value)}</b></span>"
        for name, value in (
            ("Attainment", row.attainment),
            ("Weight", row.weight),
            ("Points", row.points),
        )
    )


def _sure(row: Row) -> str:
    return ", ".join(each for each in (row.margin, row.verdict) if each)


def said_block(found: Sequence[Said]) -> str:
    """What was said, as quotations."""
    return block(_quotes(found))


def whole_block(heading: str, found: Sequence[Said], none: str) -> str:
    """What was said of the whole under its heading."""
    return block(f"<h2>{safe(heading)}</h2>{_quotes(found) or small(none)}")


def _quotes(found: Sequence[Said]) -> str:
    return "".join(
        f'<blockquote class="rc-said"><p class="rc-small">{safe(each.who)}</p>'
        f'<p dir="auto">{safe(each.text)}</p></blockquote>'
        for each in found
    )


def questions_block(found: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The questions for the conversation, KPI by KPI."""
    listed = "".join(
        f"<details><summary>{safe(name)}</summary>{items(texts, 'rc-points')}</details>"
        for name, texts in found
    )
    lead = "Of each KPI under its target. They ask, and judge nobody."
    asked = meant(lead, "questions", {"target": "target"})
    return block(
        "<h2>Questions for the conversation</h2>"
        f'<p class="rc-small rc-lead-in">{asked}</p>'
        f'<div class="rc-questions">{listed}</div>'
    )


def pay_block(sentences: Sequence[str]) -> str:
    """What the review pays."""
    return block(
        '<section class="rc-note rc-pay"><h2>Bonus</h2>'
        f"{items(sentences, 'rc-points')}{small('Who may not see pay does not see this.')}"
        "</section>"
    )
