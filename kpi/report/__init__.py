"""A scorecard as a file: HTML to read and print, CSV and JSON to compute with."""

from __future__ import annotations

import re
from typing import Literal

from kpi.report.as_csv import as_csv
from kpi.report.as_html import as_html
from kpi.report.as_json import as_json
from kpi.review.scoring import ManagerScore

__all__ = ["FORMATS", "Format", "file_name", "render"]

Format = Literal["html", "csv", "json"]

FORMATS: tuple[Format, ...] = ("html", "csv", "json")

_RENDERERS = {"html": as_html, "csv": as_csv, "json": as_json}


def render(scored: ManagerScore, format: Format) -> bytes:
    """The scorecard as the bytes of a file. The same scorecard gives the same bytes."""
    return _RENDERERS[format](scored)


def file_name(scored: ManagerScore, format: Format) -> str:
    """``scorecard_dana_lakeside_2026-01_2026-03.html``, a name that every system takes."""
    score, assignment = scored.score, scored.assignment
    parts = ("scorecard", assignment.manager.id, assignment.practice.id, score.first, score.last)
    return "_".join(re.sub(r"[^A-Za-z0-9-]+", "-", str(each)) for each in parts) + f".{format}"
