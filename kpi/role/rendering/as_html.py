"""A document as one HTML file that needs nothing else: no script, no font, no address."""

from __future__ import annotations

from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, tostring

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

# The browser is told that the file may fetch and run nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(document: Document) -> bytes:
    """The page, in UTF-8. Texts are escaped by the serialiser, and each keeps its direction."""
    root = Element("html", lang="en")
    head = SubElement(root, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    _add(head, "title", f"{document.title}: {document.kind.lower()}")
    # Our own sheet; the serialiser writes what is in a style element as it is.
    _add(head, "style", files("kpi.role.rendering").joinpath("page.css").read_text("utf-8"))
    body = SubElement(root, "body")
    main = SubElement(body, "main")
    header = SubElement(main, "header")
    _add(header, "p", document.kind, class_="kind")
    _said(header, "h1", document.title)
    if document.line:
        _said(header, "p", document.line, class_="line")
    here = main
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            here = SubElement(main, "section")
        _block(here, block)
    page = tostring(root, encoding="unicode", method="html")
    return f"<!doctype html>\n{page}\n".encode()


def _add(parent: Element, name: str, text: str = "", class_: str = "") -> Element:
    made = SubElement(parent, name, {"class": class_} if class_ else {})
    made.text = text
    return made


def _said(parent: Element, name: str, text: str, class_: str = "") -> Element:
    """An element with a text of the role's, which may run from right to left."""
    made = _add(parent, name, text, class_)
    made.set("dir", "auto")
    return made


def _block(parent: Element, block: Block) -> None:
    match block:
        case Heading():
            _said(parent, f"h{block.level}", block.text)
        case Paragraph():
            _said(parent, "p", block.text, "" if block.tone == "plain" else block.tone)
        case Facts():
            listed = SubElement(parent, "dl")
            for label, said in block.facts:
                group = SubElement(listed, "div")
                _add(group, "dt", label)
                _said(group, "dd", said)
        case Items():
            _items(parent, block)
        case Table():
            _table(parent, block)
        case Signatures():
            _signatures(parent, block)


def _items(parent: Element, block: Items) -> None:
    listed = SubElement(parent, "ul")
    for item in block.items:
        point = SubElement(listed, "li", dir="auto")
        if item.label:
            label = _add(point, "strong", f"{item.label}:")
            label.tail = " "
        said = _add(point, "bdi", item.text)
        if item.note:
            said.tail = " "
            _said(point, "span", item.note, "note")
        if item.below:
            under = SubElement(point, "ul")
            for each in item.below:
                _said(under, "li", each)


def _table(parent: Element, block: Table) -> None:
    # A wide table scrolls by itself on a narrow screen, and the keyboard can reach it.
    frame = _add(parent, "div", class_="wide whole" if block.whole else "wide")
    for name, value in (("role", "region"), ("aria-label", block.caption), ("tabindex", "0")):
        frame.set(name, value)
    table = SubElement(frame, "table", {"class": "figures"} if block.figures else {})
    _add(table, "caption", block.caption)
    columns = SubElement(table, "colgroup")
    for width in block.widths:
        SubElement(columns, "col", style=f"width: {width}%")
    row = SubElement(SubElement(table, "thead"), "tr")
    for each in block.head:
        _add(row, "th", each).set("scope", "col")
    body = SubElement(table, "tbody")
    for cells in block.rows:
        row = SubElement(body, "tr")
        _said(row, "th", cells[0]).set("scope", "row")
        for cell in cells[1:]:
            _said(row, "td", cell)


def _signatures(parent: Element, block: Signatures) -> None:
    lines = _add(parent, "div", class_="whole")
    _add(lines, "p", block.text)
    for party in block.parties:
        box = _add(lines, "div", class_="party")
        _said(box, "h3", party)
        for field in LINES:
            _add(box, "p", field, class_="sign")
