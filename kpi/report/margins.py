"""How sure a figure is, in words: the margin of the score and of each KPI."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kpi.numbers import DASH, show, show_score
from kpi.report.document import Document, ratings

_KINDS = {"margin": "margin", "usual_variation": "usual variation"}


def score_margin(document: Document) -> str:
    """``± 2.4``, or both ends where the two differ; a dash where the score has no margin."""
    margin, score = document.get("score_margin"), document.get("score")
    if margin is None or score is None:
        return DASH
    # As decimals of what is shown, so that the two sides agree with the figures beside them.
    below, above = (
        abs(Decimal(repr(float(end))) - Decimal(repr(float(score))))
        for end in (margin["low"], margin["high"])
    )
    down, up = show_score(float(below)), show_score(float(above))
    return f"± {up}" if up == down else f"{_end(document, 'low')} to {_end(document, 'high')}"


def score_margin_words(document: Document) -> str:
    """What the margin means, or why there is none."""
    if document.get("score") is None:
        return ""
    margin = document.get("score_margin")
    if margin is None:
        return (
            "No margin is shown: less than 70% of the weight rests on KPIs whose margin or usual "
            "variation is known."
        )
    low, high = _end(document, "low"), _end(document, "high")
    share = show(margin["weight_share"], "percent")
    return (
        f"By chance alone it could as well be between {low} and {high} ({margin['draws']:,} draws; "
        f"{share} of the weight has a margin or a usual variation)."
    )


def _end(document: Document, end: str) -> str:
    return show_score(document["score_margin"][end], ratings(document))


def margin_words(row: Mapping[str, Any]) -> str:
    """A KPI's margin in one line: ``margin 4.01% to 6.52% (Wilson)``; empty without one."""
    margin = row.get("margin")
    if margin is None or margin.get("low") is None or margin.get("high") is None:
        return ""
    low, high = (show(margin[end], row["unit"]) for end in ("low", "high"))
    kind = _KINDS.get(margin["kind"], margin["kind"])
    method = f" ({margin['method']})" if margin.get("method") else ""
    return f"{kind} {low} to {high}{method}"


def target_words(row: Mapping[str, Any]) -> str:
    """That a value cannot be told from its target, where that is so; else empty."""
    margin = row.get("margin")
    if margin is None or margin.get("distinguishable_from_target") is not False:
        return ""
    return "not distinguishable from the target"
