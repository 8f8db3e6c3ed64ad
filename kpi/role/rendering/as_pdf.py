"""A document as a tagged PDF (PDF/UA-1), typeset by Typst on US Letter paper."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from kpi.errors import InputError
from kpi.role.rendering.blocks import LINES, Block, Document, Table

_NO_FONT = re.compile(r"the text `\"(.+?)\"` could not be displayed")


def as_pdf(document: Document) -> bytes:
    """The PDF. The same document gives the same bytes: its date is the document's, not today's.

    The fonts are those inside Typst, so that it looks the same on every machine; the machine's own
    are used only where those lack a character. Raises InputError where none has it.
    """
    sheet = files("kpi.role.rendering").joinpath("page.typ").read_bytes()
    data = {"document": json.dumps(_data(document), ensure_ascii=False)}
    missing = ""
    for own_fonts_only in (True, False):
        pdf, missing = _typeset(sheet, data, own_fonts_only)
        if pdf is not None:
            return pdf
    raise InputError(
        f"No font of this machine has the character '{missing}', so the PDF cannot be written. "
        "Write the text without it, install a font that has it, or choose DOCX or HTML."
    )


@cache
def _fonts(own_only: bool) -> Any:
    """Typst's own fonts, or the machine's as well, read once a process."""
    import typst

    return typst.Fonts(include_system_fonts=not own_only, include_embedded_fonts=True)


def _typeset(sheet: bytes, data: dict[str, str], own_fonts_only: bool) -> tuple[bytes | None, str]:
    """The PDF, or None and the character that no font has."""
    import typst

    try:
        pdf = typst.compile(
            sheet, sys_inputs=data, format="pdf", pdf_standards=["ua-1"],
            font_paths=_fonts(own_fonts_only),
        )  # fmt: skip
    except typst.TypstError as fault:
        missing = _NO_FONT.search(str(fault))
        if missing is None:
            raise
        return None, missing[1]
    assert isinstance(pdf, bytes)
    return pdf, ""


def _data(document: Document) -> dict[str, Any]:
    """The document as JSON; each block says under ``block`` what it is."""
    plain = asdict(document)
    plain["day"] = [document.day.year, document.day.month, document.day.day]
    plain["lines"] = LINES
    plain["blocks"] = [_named(each) for each in document.blocks]
    return plain


def _named(block: Block) -> dict[str, Any]:
    whole = {"whole": block.whole} if isinstance(block, Table) else {}
    return {"block": type(block).__name__, **asdict(block), **whole}
