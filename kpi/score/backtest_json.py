"""A backtest as ``kpi role backtest --format json`` gives it, unrounded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kpi.score.as_json import score_json, threshold, whole
from kpi.score.backtest import Backtest, ReplayedKpi
from kpi.score.model import Score
from kpi.score.suggestions import Suggestion

_OF_PERIOD = ("from", "to", "score", "uncapped_score", "indicated_rating", "coverage", "gates")
_OF_KPI = ("id", "status", "reason", "value", "attainment", "points")


def backtest_json(found: Backtest, suggested: Sequence[Suggestion]) -> dict[str, Any]:
    """The replay's own fields. A figure that does not exist is None; percent values are fractions,
    bands lists of two."""
    return {
        "from": str(found.first),
        "to": str(found.last),
        "kpis": [_kpi(each) for each in found.kpis],
        "periods": [_period(each) for each in found.periods],
        "chance_share": found.chance_share,
        "suggestions": [
            {"kpi": each.kpi, "kind": each.kind, "words": each.words, "figures": dict(each.figures)}
            for each in suggested
        ],
    }


def _kpi(found: ReplayedKpi) -> dict[str, Any]:
    return {
        "id": found.kpi.id,
        "name": found.kpi.name,
        "unit": found.kpi.unit.value,
        "better": found.kpi.better.value,
        "floor": threshold(found.terms.floor),
        "target": threshold(found.terms.target),
        "stretch": found.terms.stretch,
        "weight": whole(found.terms.weight),
        "counts": found.counts,
        "shares": found.shares,
        "no_value": found.no_value,
        "met": found.met,
        "crossings": found.crossings,
        "crossed_by_chance": found.by_chance,
        "judged_for_chance": found.judged,
        "chance_share": found.chance_share,
        "mean": found.reading.mean,
        "lower": found.reading.lower,
        "upper": found.reading.upper,
        "months": [
            {
                "month": str(each.month),
                "value": each.value,
                "standing": each.standing,
                "crossed": each.crossed,
                "by_chance": each.by_chance,
            }
            for each in found.months
        ],
    }


def _period(found: Score) -> dict[str, Any]:
    said = score_json(found)
    return {
        **{key: said[key] for key in _OF_PERIOD},
        "reason": found.reason,
        "kpis": [{key: each[key] for key in _OF_KPI} for each in said["kpis"]],
    }
