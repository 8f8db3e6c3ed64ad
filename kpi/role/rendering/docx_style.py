"""How a DOCX looks: its styles, page and footer. What it says is ``as_docx``'s."""

from __future__ import annotations

from typing import Final

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.table import Table, _Cell, _Row

TEXT_WIDTH: Final = 6.5
"""Inches between the margins."""

_FONT: Final = "Calibri"
_INK = RGBColor(0x18, 0x24, 0x2F)
_MUTED = RGBColor(0x53, 0x60, 0x6C)
_MARK = RGBColor(0x00, 0x61, 0x9A)
_LABEL: Final = Inches(2.1)
_KEPT: Final = frozenset(
    (
        "Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Subtitle",
        "Heading 2", "Heading 3", "Caption", "List Bullet", "List Bullet 2", "Table Grid", "Footer",
        "Header",
    )
)  # fmt: skip
"""The styles of an empty document that are used; looking one up takes as long as there are many."""


def dress(word: Word) -> None:
    """Sets page and styles of an empty document."""
    for style in list(word.styles):
        if style.name not in _KEPT:
            style.delete()
    page = word.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = Inches(1)
    page.top_margin, page.bottom_margin = Inches(0.9), Inches(0.9)
    _style(word, "Normal", size=11, after=6)
    _style(word, "Title", size=24, after=6, bold=True)
    _style(word, "Subtitle", size=11, after=12, colour=_MUTED)
    _style(word, "Heading 2", size=14.5, before=20, after=6, bold=True)
    _style(word, "Heading 3", size=11, before=10, after=3, bold=True)
    _style(word, "Caption", size=11, before=12, after=4, bold=True, with_next=True)
    _style(word, "List Bullet", size=11, after=5)
    _style(word, "List Bullet 2", size=11, after=3)
    _style(word, "Kind", size=11, after=2, bold=True, colour=_MARK)
    _style(word, "Lead", size=12, after=8)
    _style(word, "Quiet", size=9.5, after=4, colour=_MUTED)
    note = word.styles.add_style("Note", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(note, CharacterStyle)
    note.font.size, note.font.color.rgb = Pt(9.5), _MUTED
    _style(word, "Cell", size=9.5, before=2, after=2)
    figures = _style(word, "Figures", size=9.5, before=2, after=2).paragraph_format
    figures.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _style(word, "After table", size=6, after=4)
    facts = _style(word, "Fact", size=11, after=4).paragraph_format
    facts.left_indent, facts.first_line_indent = _LABEL, -_LABEL
    facts.tab_stops.add_tab_stop(_LABEL)
    lines = _style(word, "Sign here", size=11, before=6, after=0).paragraph_format
    lines.line_spacing, lines.keep_together = 2, True
    lines.tab_stops.add_tab_stop(Inches(4.5), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    for name, colour in (("Title", "00619A"), ("Heading 2", "C3CCD4")):
        _line_below(word.styles[name], colour)


def footer(word: Word, text: str) -> None:
    """What stands at the foot of each page, with the page's number."""
    line = word.sections[0].footer.paragraphs[0]
    line.style = _style(word, "Foot", size=9, after=0, colour=_MUTED)
    line.paragraph_format.tab_stops.add_tab_stop(Inches(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{text}\tPage ")
    _field(line.add_run()._r, "PAGE")
    line.add_run(" of ")
    _field(line.add_run()._r, "NUMPAGES")


def keep_whole(row: _Row, *, head: bool) -> None:
    """Keeps a row on one page; a head comes again on each page that the table reaches."""
    marks = row._tr.get_or_add_trPr()
    marks.append(OxmlElement("w:cantSplit"))
    if head:
        marks.append(OxmlElement("w:tblHeader"))


def shade(cell: _Cell) -> None:
    """Shades a cell of a table's head."""
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "F0F3F6")):
        shading.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def rule_off(table: Table) -> None:
    """Lines between a table's rows and none between its columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        drawn = side in ("bottom", "insideH")
        for key, value in (
            ("val", "single" if drawn else "nil"), ("sz", "4"), ("space", "0"), ("color", "C3CCD4"),
        ):  # fmt: skip
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties = table._tbl.tblPr
    properties.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption"
    )


def _style(
    word: Word,
    name: str,
    *,
    size: float,
    after: float,
    before: float = 0,
    bold: bool = False,
    with_next: bool = False,
    colour: RGBColor = _INK,
) -> ParagraphStyle:
    """A paragraph style, made where there is none; sizes and spaces in points."""
    if name in word.styles:
        style = word.styles[name]
    else:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
    assert isinstance(style, ParagraphStyle)
    font, layout = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = colour
    font.name = _FONT
    for link in style.element.findall(qn("w:link")):
        style.element.remove(link)
    for close in style.element.get_or_add_pPr().findall(qn("w:contextualSpacing")):
        style.element.pPr.remove(close)
    for wide in style.element.get_or_add_rPr().findall(qn("w:spacing")):
        style.element.rPr.remove(wide)
    # A theme's font would win over the name.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [key for key in fonts.attrib if "heme" in key]:
        del fonts.attrib[key]
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.keep_with_next = with_next or name.startswith(("Heading", "Kind"))
    return style


def _line_below(style: object, colour: str) -> None:
    assert isinstance(style, ParagraphStyle)
    layout = style.element.get_or_add_pPr()
    for old in layout.findall(qn("w:pBdr")):
        layout.remove(old)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "3"), ("color", colour)):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    layout.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind",
        "w:contextualSpacing", "w:jc", "w:outlineLvl",
    )  # fmt: skip


def _field(run: object, code: str) -> None:
    """A field that the reader's program fills in."""
    for kind, text in (("begin", None), (None, code), ("end", None)):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run.append(part)  # type: ignore[attr-defined]
