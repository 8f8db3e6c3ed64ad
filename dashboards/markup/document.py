"""A document of blocks as HTML within a page: the same content as in the files to download."""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.markup.cards import cards
from dashboards.markup.text import block, safe, small
from dashboards.views.cards import Card
from kpi.role.rendering.blocks import (
    Block,
    Facts,
    Heading,
    Item,
    Items,
    Paragraph,
    Signatures,
    Table,
)

_TONES = {"plain": "", "lead": ' class="rc-lead"', "quiet": ' class="rc-small"'}


def document_block(blocks: Iterable[Block]) -> str:
    """The blocks; lines for signatures are for paper and are left out."""
    return block(f'<article class="rc-document">{"".join(map(_block, blocks))}</article>')


def _block(each: Block) -> str:
    match each:
        case Heading(level=level, text=text):
            return f"<h{level}>{safe(text)}</h{level}>"
        case Paragraph(text=text, tone=tone):
            return f"<p{_TONES[tone]}>{safe(text)}</p>"
        case Facts(facts=facts):
            found = "".join(f"<dt>{safe(name)}</dt><dd>{safe(said)}</dd>" for name, said in facts)
            return f'<dl class="rc-define">{found}</dl>'
        case Items(items=items):
            return f'<ul class="rc-points">{"".join(map(_item, items))}</ul>'
        case Table(caption=caption, head=head, rows=rows):
            lines = [Card(row[0], "", tuple(row[1:])) for row in rows]
            return f"<h3>{safe(caption)}</h3>{cards(caption, head, lines)}"
        case Signatures():
            return ""


def _item(item: Item) -> str:
    label = f"<b>{safe(item.label)}:</b> " if item.label else ""
    below = "".join(f"<li>{safe(each)}</li>" for each in item.below)
    under = f"<ul>{below}</ul>" if below else ""
    return f"<li>{label}{safe(item.text)}{small(item.note)}{under}</li>"
