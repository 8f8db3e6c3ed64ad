"""A rendered document's texts, read by means that had no part in writing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import lxml.etree
import lxml.html
from markdown_it import MarkdownIt
from pypdf import PdfReader

from kpi.role import Role, read_role

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "sample_data" / "roles" / "medical-office-manager-2026.1.yaml"
GOOD = ROOT / "tests" / "role" / "good"

_FOOT = re.compile(r"\n[^\n]*\n?Page \d+ of \d+(?=\n|$)")


def role_of(file: Path) -> Role:
    role = read_role(file.read_bytes(), file.name).role
    assert role is not None
    return role


def html_texts(page: bytes) -> list[str]:
    """The texts of a page's elements, in order; the head's are not among them."""
    body = lxml.html.document_fromstring(page.decode()).find("body")
    return [text for each in body.itertext() if (text := squeezed(each))]


def markdown_texts(written: bytes) -> list[str]:
    """The texts that a reader of Markdown shows."""
    page = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(written.decode())
    return html_texts(f"<html><body>{page}</body></html>".encode())


def docx_texts(written: bytes) -> list[str]:
    """The texts of a DOCX's paragraphs, cells among them, in order."""
    return [text for each in docx_body(written).iter(f"{W}p") if (text := squeezed(_text(each)))]


def docx_body(written: bytes) -> lxml.etree._Element:
    with ZipFile(BytesIO(written)) as archive:
        return lxml.etree.fromstring(archive.read("word/document.xml"))


def pdf_text(written: bytes) -> str:
    """The text of all pages, without what stands at their feet."""
    pages = (page.extract_text() for page in PdfReader(BytesIO(written)).pages)
    return "\n".join(_FOOT.sub("", page) for page in pages)


def _text(paragraph: lxml.etree._Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(paragraph: lxml.etree._Element) -> Iterator[str]:
    for each in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        yield each.text or "" if each.tag == f"{W}t" else " "


def squeezed(text: str) -> str:
    """A text with single spaces, and without the lines on which people write."""
    return re.sub(r"[\s_]+", " ", text).strip()


def letters(text: str) -> str:
    """A text without what setting it in lines adds or takes: spaces, hyphens, places to break."""
    return re.sub(r"[\s\u200b\u2010\u00ad_-]", "", text)
