"""Each format is what its readers and assistive programs expect of it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from io import BytesIO
from zipfile import ZipFile

import lxml.etree
import lxml.html
import pikepdf
import pytest

from kpi.role.rendering import FORMATS, render_role
from tests.role.rendering.reading import SAMPLE, W, docx_body, role_of

ROLE = role_of(SAMPLE)
TABLES = 5  # targets, baselines, ratings, meanings, bonus


@pytest.fixture(scope="module")
def rendered() -> dict[str, bytes]:
    return {form: render_role(ROLE, form) for form in FORMATS}


def test_the_same_role_gives_the_same_bytes(rendered: dict[str, bytes]) -> None:
    for form in FORMATS:
        assert render_role(ROLE, form) == rendered[form], form


def test_a_pdf_is_tagged_and_says_its_title_and_language(rendered: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(rendered["pdf"])) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en-US"
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Medical Office Manager: job description"
        tags = _tags(root.StructTreeRoot)
        assert b'pdfuaid:part="1"' in bytes(root.Metadata.read_bytes()) or (
            b"<pdfuaid:part>1" in bytes(root.Metadata.read_bytes())
        )
        widths = {tuple(float(side) for side in page.mediabox) for page in pdf.pages}
    assert tags["/H1"] == 1
    assert tags["/H2"] == 13
    assert tags["/Table"] == TABLES
    assert tags["/TH"] == 6 + 4 + 2 + 4 + 3
    assert tags["/L"] > 10
    assert widths == {(0.0, 0.0, 612.0, 792.0)}


def _tags(root: pikepdf.Object) -> Counter[str]:
    """How often each kind of element stands in the structure tree."""
    found: Counter[str] = Counter()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found[str(node.S)] += 1
        kids = node.get("/K", []) if isinstance(node, pikepdf.Dictionary) else []
        waiting += [
            kid
            for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
            if isinstance(kid, pikepdf.Dictionary)
        ]
    return found


def test_a_docx_has_real_headings_and_tables_with_heads(rendered: dict[str, bytes]) -> None:
    body = docx_body(rendered["docx"])
    styles = Counter(each.get(f"{W}val") for each in body.iter(f"{W}pStyle"))

    assert styles["Title"] == 1
    assert styles["Heading2"] == 13
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == TABLES
    for table in tables:
        rows = list(table.iter(f"{W}tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows[1:])
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None


def test_a_docx_says_title_and_language_and_no_time_of_day(rendered: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(rendered["docx"])) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
        styles = lxml.etree.fromstring(archive.read("word/styles.xml"))
    assert "<dc:title>Medical Office Manager: job description</dc:title>" in core
    assert "<dc:language>en-US</dc:language>" in core
    assert "2025-12-10T00:00:00Z" in core
    assert "python-docx" not in core
    assert [each.get(f"{W}val") for each in styles.iter(f"{W}lang")] == ["en-US"]
    known = {each.get(f"{W}styleId") for each in styles.iter(f"{W}style")}
    used = {each.get(f"{W}val") for each in docx_body(rendered["docx"]).iter(f"{W}pStyle")}
    assert used <= known


def test_a_page_needs_nothing_else_and_its_tables_say_what_heads_them(
    rendered: dict[str, bytes],
) -> None:
    page = lxml.html.document_fromstring(rendered["html"].decode())

    assert page.get("lang") == "en"
    assert [each.text for each in page.iter("h1")] == ["Medical Office Manager"]
    assert len(list(page.iter("main"))) == 1
    assert not [each for each in page.iter() if {"src", "href"} & set(each.attrib)]
    assert not list(page.iter("script", "link", "img", "iframe"))
    assert "url(" not in rendered["html"].decode()
    assert {each.get("scope") for each in page.iterfind(".//thead//th")} == {"col"}
    assert {each.get("scope") for each in page.iterfind(".//tbody//th")} == {"row"}
    assert all(each.find("caption") is not None for each in page.iter("table"))


def test_the_libraries_behind_pdf_and_docx_load_only_when_used() -> None:
    asked = (
        "import sys; from kpi.role.rendering import description, posting, rendering;"
        "print('typst' in sys.modules, 'docx' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        cwd=SAMPLE.parents[2],
    )
    assert told.stdout.split() == ["False", "False"]
