"""A score as ``kpi score --format json`` gives it, unrounded."""

from __future__ import annotations

from typing import Any

from kpi.role.model import Threshold
from kpi.score.model import KpiScore, Margin, Part, Score, ScoreMargin


def score_json(score: Score) -> dict[str, Any]:
    """The score's fields of the JSON contract: all but manager, practice and role.

    A figure that does not exist is None; percent values are fractions, bands lists of two.
    """
    return {
        "role_versions": [
            {
                "version": each.version,
                "from": str(min(each.months)),
                "to": str(max(each.months)),
            }
            for each in score.versions
            if each.months
        ],
        "from": str(score.first),
        "to": str(score.last),
        "score": score.score,
        "uncapped_score": score.uncapped,
        "score_range": None if score.range is None else list(score.range),
        "score_margin": _score_margin(score.margin),
        "indicated_rating": score.rating,
        "coverage": score.coverage,
        "gates": [
            {"kpi": gate.kpi, "cap": whole(gate.cap), "state": gate.state} for gate in score.gates
        ],
        "kpis": [_row(row) for row in score.rows],
    }


def whole(value: float | None) -> float | int | None:
    """A number that counts things as a whole number, so that JSON shows 61 and not 61.0."""
    return int(value) if value is not None and value == int(value) else value


def _row(row: KpiScore) -> dict[str, Any]:
    return {
        "id": row.kpi.id,
        "status": row.status.value,
        "reason": row.reason,
        "value": row.result.value,
        "unit": row.kpi.unit.value,
        "better": row.kpi.better.value,
        "numerator": whole(row.result.numerator),
        "denominator": whole(row.result.denominator),
        "n": whole(row.result.n),
        "floor": threshold(row.floor),
        "target": threshold(row.target),
        "stretch": row.stretch,
        "attainment": row.attainment,
        "weight": whole(row.weight),
        "points": row.points,
        "points_lost": row.points_lost,
        "basis": row.result.basis,
        "signal": row.reading.signal,
        "signal_provisional": row.reading.provisional,
        "assurance": row.reading.assurance,
        "margin": _margin(row.margin),
        "parts": [_part(part) for part in row.parts],
    }


def _margin(margin: Margin | None) -> dict[str, Any] | None:
    if margin is None:
        return None
    return {
        "low": margin.low,
        "high": margin.high,
        "method": margin.method,
        "kind": margin.kind,
        "distinguishable_from_target": margin.distinguishable,
    }


def _score_margin(margin: ScoreMargin | None) -> dict[str, Any] | None:
    if margin is None:
        return None
    return {
        "low": margin.low,
        "high": margin.high,
        "weight_share": margin.weight_share,
        "draws": margin.draws,
        "seed": margin.seed,
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "version": part.version,
        "months": part.months,
        "floor": threshold(part.floor),
        "target": threshold(part.target),
        "stretch": part.stretch,
        "weight": whole(part.weight),
        "attainment": part.attainment,
    }


def threshold(value: Threshold | None) -> float | list[float] | None:
    """A threshold as JSON has it: a band is a list of two."""
    return list(value) if isinstance(value, tuple) else value
