"""A scorecard as CSV: one row a KPI, the score repeated on each, so that files can be stacked."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from kpi.report.neutral import neutral
from kpi.review.scoring import ManagerScore, score_document

_OF_THE_SCORE = (
    "manager", "practice", "role", "from", "to", "score", "uncapped_score", "indicated_rating",
    "coverage",
)  # fmt: skip
_OF_THE_KPI = (
    "status", "reason", "value", "unit", "better", "numerator", "denominator", "n", "floor",
    "target", "stretch", "attainment", "weight", "points", "points_lost", "basis", "signal",
    "signal_provisional", "assurance",
)  # fmt: skip


def as_csv(scored: ManagerScore) -> bytes:
    """UTF-8 with a mark, as spreadsheet programs expect it. Figures are unrounded, in full."""
    document = score_document(scored)
    gates = {each["kpi"]: each for each in document["gates"]}
    low, high = document["score_range"] or (None, None)
    every_row = {key: document[key] for key in _OF_THE_SCORE} | {
        "manager_name": scored.assignment.manager.name,
        "practice_name": scored.assignment.practice.name,
        "score_low": low,
        "score_high": high,
        "role_versions": ", ".join(each["version"] for each in document["role_versions"]),
        "role_sha256": ", ".join(
            scored.hashes[each["version"]] for each in document["role_versions"]
        ),
        "data_version": scored.data_version,
        "data_through": scored.data_through and str(scored.data_through),
    }
    rows = [
        {"kpi": row["id"], "name": kpi_score.kpi.name}
        | {key: row[key] for key in _OF_THE_KPI}
        | {"gate_cap": gates.get(row["id"], {}).get("cap")}
        | {"gate_state": gates.get(row["id"], {}).get("state")}
        | every_row
        for row, kpi_score in zip(document["kpis"], scored.score.rows, strict=True)
    ]
    file = StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    """A band as two figures in words; text that a spreadsheet would run is kept from running."""
    if isinstance(value, list | tuple):
        return " to ".join(str(each) for each in value)
    return neutral(value)
