"""What a document is made of, whatever it is written as. All texts are plain: nothing is markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 2 opens a section, level 3 a part of one; the title alone is level 1."""

    level: Literal[2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``lead`` opens the document; ``quiet`` is a remark beside the matter."""

    text: str
    tone: Literal["plain", "lead", "quiet"] = "plain"


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list: a label that stands out, the text, a remark, and points below it."""

    text: str
    label: str = ""
    note: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts, each under its label."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first cell of a row names it; ``widths`` are the columns' parts of the width.

    ``figures``: all columns but the first hold figures, which stand to the right.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    figures: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is short enough to be kept on one page."""
        longest = max((len(cell) for row in self.rows for cell in row), default=0)
        return len(self.rows) <= (20 if self.figures else 6) and longest <= 200


@dataclass(frozen=True, slots=True)
class Signatures:
    """What is signed, and lines for name, signature and date of each party."""

    text: str
    parties: tuple[str, ...]


Block = Heading | Paragraph | Items | Facts | Table | Signatures

LINES = ("Name", "Signature", "Date")
"""What each party writes by hand."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``day`` is its date, ``kind`` what stands above the title."""

    kind: str
    title: str
    line: str
    day: date
    blocks: tuple[Block, ...]
    foot: str = ""
