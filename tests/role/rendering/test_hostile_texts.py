"""Whatever a role file says comes out as text, in each format."""

from __future__ import annotations

from io import BytesIO

import lxml.html
import pikepdf
import pytest
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from kpi.errors import InputError
from kpi.role import Role, read_role
from kpi.role.rendering import FORMATS, Format, render_role
from tests.role.rendering.reading import (
    docx_texts,
    html_texts,
    letters,
    markdown_texts,
    pdf_text,
    squeezed,
)
from tests.role.small import SMALL

HOSTILE = [
    "# no heading, and #set page(fill: red) with #sys.inputs",
    "<script>alert(1)</script> & <b>bold</b> &amp; &#60;",
    "*stars* _lines_ `code` ~~gone~~ [link](https://example.org) ![picture](x.png)",
    "=cmd|' /C calc'!A0",
    "- no list",
    "+ no list either",
    "12. no numbered list",
    "12) nor this",
    "> no quotation",
    "| no | table |",
    "--- and === and ***",
    "https://example.org/a and www.example.org and someone@example.org",
    "$x^2$ and \\frac and \\ at the end \\",
    "\"quotes\" 'and' “others” -- and --- dashes ... and @names",
    "${HOME} %PATH% {{ braces }} {% tags %}",
    "العربية and עברית and Ελληνικά and кириллица",
    "\u202eturned around",
    "x" * 80,
    " ".join(["W" * 200, "short"]),
    "]]> <!-- no comment --> <?php ?>",
]


def hostile_role() -> Role:
    """A role with a duty of each, and one of them for its title."""
    yaml = YAML(typ="rt")
    document = yaml.load(SMALL)
    document["title"] = "<i>#Manager*</i> " + "N" * 80
    document["daily_duties"] = HOSTILE
    document["reporting"] = {"reports_to": "=1+1 <script>", "supervises": ["#let x = 1", "| a |"]}
    document["benefits"] = {"pto": "*20* days <br>"}
    stream = BytesIO()
    yaml.dump(document, stream)
    role = read_role(stream.getvalue(), "hostile.yaml").role
    assert role is not None
    return role


ROLE = hostile_role()


def test_html_holds_them_as_text() -> None:
    written = render_role(ROLE, "html")
    texts = html_texts(written)

    assert not {squeezed(text) for text in HOSTILE} - set(texts)
    page = lxml.html.document_fromstring(written.decode())
    assert not list(page.iter("script", "b", "i", "a", "img", "br"))


def test_markdown_holds_them_as_text() -> None:
    written = render_role(ROLE, "md")
    shown = markdown_texts(written)
    said = squeezed(" ".join(shown))

    for text in HOSTILE:
        assert squeezed(text) in said, text
    page = MarkdownIt("gfm-like", {"linkify": False}).render(written.decode())
    tags = {each.tag for each in lxml.html.document_fromstring(f"<body>{page}</body>").iter()}
    assert tags <= {
        "html", "body", "h1", "h2", "h3", "p", "br", "ul", "li", "strong", "em", "table", "thead",
        "tbody", "tr", "th", "td",
    }  # fmt: skip


def test_markdown_leaves_prose_as_it_is() -> None:
    prose = "Follows up - twice a week, by 9:00 (at 2.5 hours' notice) & below. Then: 12. Done!"
    role = read_role(SMALL.replace("Posts charges within five days.", f'"{prose}"'), "r").role
    assert role is not None

    assert f"- {prose}  \n" in render_role(role, "md").decode()


def test_docx_holds_them_as_text() -> None:
    texts = docx_texts(render_role(ROLE, "docx"))

    assert not {squeezed(text) for text in HOSTILE} - set(texts)


def test_pdf_holds_them_as_text() -> None:
    written = render_role(ROLE, "pdf")
    said = letters(pdf_text(written))

    for text in HOSTILE:
        if "العربية" not in text and "\u202e" not in text:  # read in the order of the eye
            assert letters(text) in said, text
    assert letters("Ελληνικά and кириллица") in said
    with pikepdf.open(BytesIO(written)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("<i>#Manager*</i> NNN")


@pytest.mark.parametrize("form", FORMATS)
def test_control_characters_are_left_out(form: Format) -> None:
    """YAML's escapes bring in what no text holds, and what an XML parser refuses."""
    text = SMALL.replace(
        "Opens the office at 7:30.", '"Opens\\0 the\\a office\\e at\\x7f 7:30 \\uffff."'
    )
    role = read_role(text, "role.yaml").role
    assert role is not None

    written = render_role(role, form)

    read = {"html": html_texts, "md": markdown_texts, "docx": docx_texts}
    said = [pdf_text(written)] if form == "pdf" else read[form](written)
    assert "Opens the office at 7:30 ." in " ".join(said)


def test_long_words_stay_between_the_margins_of_a_pdf() -> None:
    """A glyph beyond the right margin would be cut off by a printer."""
    from pypdf import PdfReader

    edges: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            edges.append(tm[4] * cm[0] + cm[4])

    for page in PdfReader(BytesIO(render_role(ROLE, "pdf"))).pages:
        page.extract_text(visitor_text=note)
    assert len(edges) > 100
    assert max(edges) < 612 - 60


def test_a_character_that_no_font_has_is_named() -> None:
    yaml = SMALL.replace("Opens the office at 7:30.", "Greets with \U0001fffd.")
    role = read_role(yaml, "role.yaml").role
    assert role is not None

    with pytest.raises(InputError, match="No font of this machine has the character"):
        render_role(role, "pdf")
    assert b"\xf0\x9f\xbf\xbd" in render_role(role, "html")
