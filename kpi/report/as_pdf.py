"""A scorecard as a PDF to sign: tagged for screen readers, the same bytes for the same document.

The document itself is attached, so that ``kpi verify`` can compute the score again from the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kpi.report import Paper
from kpi.report.document import Document
from kpi.report.fonts import FACE, fonts
from kpi.report.printable import DRAWINGS, breakable, lacks, printable
from kpi.report.shown import shown
from kpi.report.theme import LIGHT
from kpi.review.frozen.canonical import canonical, hash_of_bytes

ATTACHED = "scorecard.json"
"""The name under which the canonical document is attached to the PDF."""

_HASH = re.compile("[0-9a-f]{64}")
_LACKING = (
    "Some characters of names or texts cannot be printed and stand as \N{REPLACEMENT CHARACTER} "
    "here; the attached data has them."
)


def as_pdf(document: Document, paper: Paper = "letter") -> bytes:
    """The pages, PDF/UA-1, on Letter or A4 paper."""
    import typst

    content = canonical(document)
    given = shown(document, LIGHT, FACE)
    lacking: frozenset[str] = frozenset()
    while True:
        try:
            return _typeset(given, lacking, content, paper)
        except typst.TypstError as error:
            # A character may have a glyph alone and none in its company, as in some scripts.
            more = lacks(error) - lacking
            if not more:
                raise
            lacking |= more


def _typeset(
    given: Mapping[str, Any], lacking: frozenset[str], content: bytes, paper: Paper
) -> bytes:
    import typst

    pages, replaced = printable(given, lacking)
    pages |= {
        "paper": {"letter": "us-letter", "a4": "a4"}[paper],
        "sha256": hash_of_bytes(content),
        "attached": ATTACHED,
        "lacking": _LACKING if replaced else "",
        "colours": {
            name: getattr(LIGHT, name) for name in ("ink", "muted", "line", "panel", "worse")
        },
    }
    made = typst.compile(
        _template(),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=fonts(),
        sys_inputs={
            "pages": json.dumps(_broken(pages), ensure_ascii=False),
            "document": content.decode(),
        },
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _template() -> bytes:
    return files("kpi.report").joinpath("scorecard.typ").read_bytes()


def _broken(given: Any, key: str = "") -> Any:
    """Every text with places to break in its longest words; drawings and hashes as they are."""
    if isinstance(given, str):
        return given if key in DRAWINGS or _HASH.fullmatch(given) else breakable(given)
    if isinstance(given, dict):
        return {name: _broken(value, name) for name, value in given.items()}
    if isinstance(given, list | tuple):
        return [_broken(value) for value in given]
    return given
