"""A scorecard as JSON: what `kpi score --format json` gives, and what makes it stand by itself."""

from __future__ import annotations

import json
from typing import Any

from kpi.review.scoring import ManagerScore, score_document
from kpi.score.model import KpiScore


def as_json(scored: ManagerScore) -> bytes:
    """The score document, then names, role hashes, the data's version and the definitions."""
    assignment = scored.assignment
    document = {
        **score_document(scored),
        "title": scored.role_title,
        "manager_name": assignment.manager.name,
        "practice_name": assignment.practice.name,
        "locations": list(assignment.locations),
        "provisional": scored.score.provisional,
        "reason": scored.score.reason,
        "role_sha256": dict(scored.hashes),
        "retroactive": dict(scored.retroactive),
        "data_version": scored.data_version,
        "data_through": None if scored.data_through is None else str(scored.data_through),
        "definitions": {row.kpi.id: _definition(row) for row in scored.score.rows},
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    return f"{text}\n".encode()


def _definition(row: KpiScore) -> dict[str, Any]:
    kpi = row.kpi
    return {
        "name": kpi.name,
        "definition": kpi.definition,
        "formula": kpi.formula.source,
        "standard": kpi.standard.words,
        "typical": kpi.typical.words,
        "trap": kpi.trap,
        "counterweights": list(kpi.counterweights),
    }
