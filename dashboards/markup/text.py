"""Text into markup: every text that comes from data passes through here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from dashboards.views.direction import isolated
from kpi.report.svg import Figure


def safe(text: str) -> str:
    """A text that cannot be taken for markup, quotes included."""
    return escape(text, quote=True)


def block(*parts: str) -> str:
    """A piece of a page under our style sheet."""
    return f'<div class="rc">{"".join(parts)}</div>'


def small(text: str) -> str:
    """A quiet line; nothing for an empty text."""
    return f'<span class="rc-small">{safe(text)}</span>' if text else ""


def signed(sign: Figure, words: str, detail: str = "") -> str:
    """A sign with its words beside it, and a quiet line under them."""
    return f'<span class="rc-cell">{sign.img("rc-sign")}{safe(words)}</span>{small(detail)}'


def items(texts: Iterable[str], css_class: str = "rc-facts") -> str:
    """A list of texts; empty ones are left out."""
    found = "".join(f"<li>{safe(text)}</li>" for text in texts if text)
    return f'<ul class="{css_class}">{found}</ul>' if found else ""


def title(heading: str, *above: str) -> str:
    """A page's heading, with a quiet line of what it belongs to above it."""
    line = " · ".join(isolated(each) for each in above if each)
    eyebrow = f'<p class="rc-eyebrow">{safe(line)}</p>' if line else ""
    return block(f'<div class="rc-title">{eyebrow}<h1>{safe(isolated(heading))}</h1></div>')


def note(text: str, kind: str = "") -> str:
    """A boxed sentence; ``kind``: ``worse``, ``better`` or empty. A screen reader says it as soon
    as it is there, what is worse before all else."""
    css_class = f"rc-note rc-{kind}" if kind else "rc-note"
    role = "alert" if kind == "worse" else "status"
    return block(f'<div class="{css_class}" role="{role}">{safe(text)}</div>')


def told(text: str) -> str:
    """A sentence for those who hear the page: what is seen beside it says the same."""
    return block(f'<p class="rc-heard" role="status">{safe(text)}</p>')


def empty(what: str, why: str, next_step: str = "") -> str:
    """An empty state: what is not there, why, and the one next step, as ``on_page`` gives it."""
    return block(f'<div class="rc-empty"><h2>{safe(what)}</h2><p>{safe(why)}</p>{next_step}</div>')


def missing_data(month_end: str, what: str = "What is missing is loaded") -> str:
    """Where data is missing or something waits: the one next step."""
    return on_page(what, month_end, "Month-end")


def on_page(what: str, link: str, name: str) -> str:
    """A next step that is taken on another page."""
    return (
        f'<p class="rc-next">{safe(what)} on the page <a href="{safe(link)}">{safe(name)}</a>.</p>'
    )


def table(
    headings: Iterable[str],
    rows: Iterable[Iterable[str]],
    numbers: set[int],
    dense: bool = False,
) -> str:
    """A plain table of texts; the columns in ``numbers`` are set to the right.

    ``dense`` is for many rows that are looked through rather than read. Where it is wider than its
    place it scrolls, by the keyboard too, so that it has a name there.
    """
    headings = list(headings)

    def css(at: int) -> str:
        return ' class="rc-number"' if at in numbers else ""

    head = "".join(
        f'<th scope="col"{css(at)}>{safe(text)}</th>' for at, text in enumerate(headings)
    )
    body = "".join(
        "<tr>" + "".join(f"<td{css(at)}>{safe(text)}</td>" for at, text in enumerate(row)) + "</tr>"
        for row in rows
    )
    tight = ' class="rc-dense"' if dense else ""
    named = safe(f"Table: {', '.join(text for text in headings if text)}")
    return (
        f'<div class="rc-scroll" tabindex="0" role="group" aria-label="{named}">'
        f"<table{tight}><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def footer(texts: Iterable[str]) -> str:
    """The line at the foot of a page."""
    found = "".join(f"<span>{safe(text)}</span>" for text in texts)
    return block(f'<footer class="rc-foot">{found}</footer>')
