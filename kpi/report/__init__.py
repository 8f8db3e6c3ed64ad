"""A scorecard as a file: PDF to sign, XLSX and CSV to compute with, JSON to verify, HTML to read.

Every rendering is made of the scorecard document (``kpi.review.frozen.document``) and of nothing
else, so that the same document gives the same bytes, in any process and for ever.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Literal

from kpi.report.document import Document

__all__ = ["FORMATS", "PAPERS", "Document", "Format", "Paper", "file_name", "render"]

Format = Literal["pdf", "xlsx", "html", "csv", "json"]
Paper = Literal["letter", "a4"]

FORMATS: tuple[Format, ...] = ("pdf", "xlsx", "html", "csv", "json")
PAPERS: tuple[Paper, ...] = ("letter", "a4")


def render(document: Document, format: Format, paper: Paper = "letter") -> bytes:
    """The scorecard as the bytes of a file. ``paper``: of a PDF; the other formats have none."""
    # Each is imported when it is asked for: the typesetter and the workbook cost a start-up.
    renderer = getattr(import_module(f"kpi.report.as_{format}"), f"as_{format}")
    made = renderer(document, paper) if format == "pdf" else renderer(document)
    assert isinstance(made, bytes)
    return made


def file_name(document: Document, format: Format) -> str:
    """``scorecard_dana_lakeside_2026-01_2026-03.html``, a name that every system takes."""
    parts = ("scorecard", *(document[each] for each in ("manager", "practice", "from", "to")))
    return "_".join(re.sub(r"[^A-Za-z0-9-]+", "-", str(each)) for each in parts) + f".{format}"
