"""A document as Markdown (CommonMark with the tables of GitHub's)."""

from __future__ import annotations

import re
from typing import Final

from kpi.role.rendering.blocks import (
    LINES,
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Paragraph,
    Signatures,
    Table,
)

_SIGNS: Final = re.compile(
    r"[\\`*_\[\]<>#|~$@^]|&(?=[#A-Za-z])|(?<=[A-Za-z]):(?=//)|(?<=[Ww]{3})\."
)
"""Signs that are markup wherever they stand, or make a link of what follows."""

_AT_START: Final = re.compile(r"([-+=:]|[0-9]{1,9}(?=[.)]))(?=.|$)")
_LINE: Final = "\\_" * 30


def as_markdown(document: Document) -> bytes:
    """The document in UTF-8. Whatever would be markup in its texts is escaped."""
    blocks = [f"# {_signs(document.title)}", _under_title(document)]
    blocks += [_block(each) for each in document.blocks]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def text(plain: str) -> str:
    """A plain text, written so that Markdown shows it as it is."""
    escaped = _signs(plain)
    start = _AT_START.match(escaped)
    if start is None:
        return escaped
    if start[1].isdigit():
        return f"{start[1]}\\{escaped[start.end(1) :]}"
    return f"\\{escaped}"


def _signs(plain: str) -> str:
    """The same after something on its line, where a number or a dash begins no list."""
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", plain)


def _under_title(document: Document) -> str:
    return f"**{text(document.kind)}**" + (f"  \n{text(document.line)}" if document.line else "")


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_signs(block.text)}"
        case Paragraph():
            return text(block.text)
        case Facts():
            return "\n".join(f"- **{text(label)}:** {text(said)}" for label, said in block.facts)
        case Items():
            return _items(block)
        case Table():
            return _table(block)
        case Signatures():
            return "\n\n".join([text(block.text), *(_party(each) for each in block.parties)])


def _items(block: Items) -> str:
    found = []
    for item in block.items:
        label = f"**{text(item.label)}:** " if item.label else ""
        note = f"  \n  *{text(item.note)}*" if item.note else ""
        below = "".join(f"\n  - {text(each)}" for each in item.below)
        found.append(f"- {label}{text(item.text)}{note}{below}")
    return "\n".join(found)


def _table(block: Table) -> str:
    sides = ("---", *("---:" if block.figures else "---" for _ in block.head[1:]))
    rows = (block.head, sides, *(tuple(text(cell) for cell in row) for row in block.rows))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"**{text(block.caption)}**\n\n{table}"


def _party(party: str) -> str:
    fields = "\n".join(f"- {field}: {_LINE}" for field in LINES)
    return f"**{text(party)}**\n\n{fields}"
