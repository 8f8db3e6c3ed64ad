"""A scorecard as CSV: one row a KPI, the score repeated on each, so that files can be stacked."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from kpi.report.document import Document
from kpi.report.neutral import neutral
from kpi.review.frozen.canonical import hash_of

_OF_THE_SCORE = (
    "manager", "practice", "role", "from", "to", "score", "uncapped_score", "indicated_rating",
    "coverage",
)  # fmt: skip
_OF_THE_KPI = (
    "status", "reason", "value", "unit", "better", "numerator", "denominator", "n", "floor",
    "target", "stretch", "attainment", "weight", "points", "points_lost", "basis", "signal",
    "signal_provisional", "assurance",
)  # fmt: skip


def as_csv(document: Document) -> bytes:
    """UTF-8 with a mark, as spreadsheet programs expect it. Figures are unrounded, in full."""
    gates = {each["kpi"]: each for each in document["gates"]}
    every_row = _every_row(document)
    rows = [_row(document, row, gates.get(row["id"]) or {}) | every_row for row in document["kpis"]]
    file = StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _row(document: Document, row: Mapping[str, Any], gate: Mapping[str, Any]) -> dict[str, Any]:
    margin = row.get("margin") or {}
    texts = document["texts"]["kpis"].get(row["id"]) or {}
    return {
        "kpi": row["id"],
        "name": row["name"],
        "family": row.get("family"),
        **{key: row[key] for key in _OF_THE_KPI},
        "margin_low": margin.get("low"),
        "margin_high": margin.get("high"),
        "margin_kind": margin.get("kind"),
        "gate_cap": gate.get("cap"),
        "gate_state": gate.get("state"),
        "manager_says": texts.get("manager"),
        "supervisor_says": texts.get("supervisor"),
        "manager_answers": texts.get("answer"),
    }


def _every_row(document: Document) -> dict[str, Any]:
    low, high = document["score_range"] or (None, None)
    margin = document.get("score_margin") or {}
    review = document.get("review") or {}
    versions = document.get("role_versions") or []
    hashes = document.get("role_sha256") or {}
    return {key: document[key] for key in _OF_THE_SCORE} | {
        "manager_name": document["manager_name"],
        "practice_name": document["practice_name"],
        "score_low": low,
        "score_high": high,
        "score_margin_low": margin.get("low"),
        "score_margin_high": margin.get("high"),
        "decided_rating": review.get("decided_rating"),
        "review": review.get("number"),
        "review_version": review.get("version"),
        "review_state": review.get("state"),
        "role_versions": ", ".join(each["version"] for each in versions),
        "role_sha256": ", ".join(hashes.get(each["version"], "") for each in versions),
        "data_version": document["data_version"],
        "data_through": document["data_through"],
        "sha256": hash_of(document),
    }


def _cell(value: Any) -> Any:
    """A band as two figures in words; text that a spreadsheet would run is kept from running."""
    if isinstance(value, list | tuple):
        return " to ".join(str(each) for each in value)
    return neutral(value)
