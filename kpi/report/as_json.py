"""A scorecard as JSON: the document itself, canonical, so that the file's own SHA-256 is the
review's hash. ``docs/scorecard.schema.json`` says what each field is."""

from __future__ import annotations

from kpi.report.document import Document
from kpi.review.frozen.canonical import canonical


def as_json(document: Document) -> bytes:
    """The canonical document: keys sorted, no spaces, UTF-8, every figure in full."""
    return canonical(document)
