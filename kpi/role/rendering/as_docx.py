"""A document as DOCX, with real headings, lists and tables, on US Letter paper."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches
from docx.table import Table as WordTable

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
from kpi.role.rendering.docx_style import TEXT_WIDTH, dress, footer, keep_whole, rule_off, shade

_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of the archive, the earliest that one can have."""


def as_docx(document: Document) -> bytes:
    """The file; the same document gives the same bytes, as its only date is the document's."""
    word = docx.Document()
    _describe(word, document)
    dress(word)
    footer(word, document.foot)
    word.add_paragraph(document.kind, "Kind")
    word.add_paragraph(document.title, "Title")
    if document.line:
        word.add_paragraph(document.line, "Subtitle")
    for block in document.blocks:
        _block(word, block)
    return _same_each_time(word)


def _describe(word: Word, document: Document) -> None:
    day = datetime.combine(document.day, time())
    about = word.core_properties
    about.title = f"{document.title}: {document.kind.lower()}"[:255]
    about.subject, about.language = document.kind, "en-US"
    about.author = about.comments = about.last_modified_by = ""
    about.created = about.modified = day
    about.revision = 1


def _block(word: Word, block: Block) -> None:
    match block:
        case Heading():
            word.add_paragraph(block.text, f"Heading {block.level}")
        case Paragraph():
            word.add_paragraph(block.text, _STYLES[block.tone])
        case Facts():
            _facts(word, block)
        case Items():
            _items(word, block)
        case Table():
            _table(word, block)
        case Signatures():
            _signatures(word, block)


_STYLES: Final = {"plain": "Normal", "lead": "Lead", "quiet": "Quiet"}


def _facts(word: Word, block: Facts) -> None:
    for label, said in block.facts:
        line = word.add_paragraph(style="Fact")
        line.add_run(label).bold = True
        line.add_run(f"\t{said}")


def _items(word: Word, block: Items) -> None:
    for item in block.items:
        point = word.add_paragraph(style="List Bullet")
        if item.label:
            point.add_run(f"{item.label}: ").bold = True
        said = point.add_run(item.text)
        if item.below:
            point.paragraph_format.keep_with_next = True
        if item.note:
            said.add_break()
            point.add_run(item.note, "Note")
        for each in item.below:
            word.add_paragraph(each, "List Bullet 2")


def _table(word: Word, block: Table) -> None:
    word.add_paragraph(block.caption, "Caption")
    rows = (block.head, *block.rows)
    table = word.add_table(rows=len(rows), cols=len(block.head), style="Table Grid")
    table.autofit = False
    _say(table, block.caption)
    rule_off(table)
    widths = [Inches(TEXT_WIDTH * width / sum(block.widths)) for width in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for at, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        keep_whole(row, head=at == 0)
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[column]
            line = cell.paragraphs[0]
            line.style = "Figures" if block.figures and column else "Cell"
            line.add_run(text).bold = at == 0 or column == 0
            if at == 0:
                shade(cell)
            line.paragraph_format.keep_with_next = at == 0 or (block.whole and at < len(rows) - 1)
    word.add_paragraph(style="After table")


def _say(table: WordTable, caption: str) -> None:
    """The table's name for who hears it, and that its first row and column head it."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    for name, attributes in (
        ("w:tblLook", {"w:val": "00A0", "w:firstRow": "1", "w:firstColumn": "1"}),
        ("w:tblCaption", {"w:val": caption}),
    ):
        made = OxmlElement(name)
        for key, value in attributes.items():
            made.set(qn(key), value)
        properties.append(made)


def _signatures(word: Word, block: Signatures) -> None:
    """The lines of a party are one paragraph, as that alone is kept on one page everywhere."""
    word.add_paragraph(block.text).paragraph_format.keep_with_next = True
    for party in block.parties:
        lines = word.add_paragraph(style="Sign here")
        lines.paragraph_format.keep_with_next = party != block.parties[-1]
        last = lines.add_run(party)
        last.bold = True
        for field in LINES:
            last.add_break()
            last = lines.add_run(f"{field}\t")


def _same_each_time(word: Word) -> bytes:
    """The archive without the time of day at which it was packed."""
    packed, same = BytesIO(), BytesIO()
    word.save(packed)
    with ZipFile(packed) as source, ZipFile(same, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, _OLDEST), source.read(name), ZIP_DEFLATED)
    return same.getvalue()
