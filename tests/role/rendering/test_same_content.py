"""What one format says, all say, in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.role.rendering import render_role
from tests.role.rendering.reading import (
    GOOD,
    SAMPLE,
    docx_texts,
    html_texts,
    letters,
    markdown_texts,
    pdf_text,
    role_of,
)

CASES = [
    (SAMPLE, False),
    (SAMPLE, True),
    (GOOD / "multispecialty_group.yaml", False),
    (GOOD / "nonexempt_urgent_care.yaml", True),
]


@pytest.mark.parametrize(("file", "posting"), CASES, ids=lambda case: getattr(case, "stem", case))
def test_every_format_says_the_same_in_the_same_order(file: Path, posting: bool) -> None:
    role = role_of(file)
    page = html_texts(render_role(role, "html", posting=posting))
    asked = letters("".join(page)).replace(":", "")
    assert len(asked) > 4000

    markdown = markdown_texts(render_role(role, "md", posting=posting))
    assert _plain(markdown) == _in_order_of_markdown(page)

    document = docx_texts(render_role(role, "docx", posting=posting))
    assert letters("".join(document)).replace(":", "") == asked

    pdf = letters(pdf_text(render_role(role, "pdf", posting=posting)))
    at = 0
    for text in page:
        found = pdf.find(letters(text), at)
        assert found >= 0, text
        at = found + len(letters(text))
    # Beyond that, only the heads of tables that go over a page stand twice.
    assert len(pdf) - len(letters("".join(page))) < 300


def _plain(texts: list[str]) -> str:
    return letters("".join(texts)).replace(":", "")


def _in_order_of_markdown(page: list[str]) -> str:
    """Markdown has its title first, as its readers take a file's name from there."""
    kind, title, *rest = page
    return _plain([title, kind, *rest])
