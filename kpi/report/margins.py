"""How sure a figure is, in words: the margin of the score and of each KPI.

Pages and commands read a Score, renderings a document; both say it by the same three sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpi.numbers import DASH, show, show_score
from kpi.report.document import Document, ratings

NO_MARGIN = (
    "No margin is shown: less than 70% of the weight rests on KPIs whose margin or usual "
    "variation is known."
)


def reach(score: float, low: float, high: float) -> str:
    """``± 3.1``: from a score to the farther end of its margin; empty where both ends are it."""
    shown = show_score(max(score - low, high - score))
    return "" if shown == show_score(0.0) else f"± {shown}"


def by_chance(low: float, high: float, ratings: Mapping[str, float]) -> str:
    """What a score's margin says, in a sentence without its end."""
    ends = f"{show_score(low, ratings)} and {show_score(high, ratings)}"
    return f"By chance alone it could as well be between {ends}"


def ends(kind: str, low: float, high: float, unit: str) -> str:
    """``margin 4.1% to 6.4%``, ``usual variation 55% to 61%``."""
    return f"{kind.replace('_', ' ')} {show(low, unit)} to {show(high, unit)}"


def score_margin(document: Document) -> str:
    """``± 2.4``; a dash where the score has no margin, or chance could not have moved it."""
    margin, score = document.get("score_margin"), document.get("score")
    if margin is None or score is None:
        return DASH
    return reach(score, margin["low"], margin["high"]) or DASH


def score_margin_words(document: Document) -> str:
    """What the margin means, or why there is none."""
    margin, score = document.get("score_margin"), document.get("score")
    if score is None:
        return ""
    if margin is None:
        return NO_MARGIN
    if not reach(score, margin["low"], margin["high"]):
        return ""
    share = show(margin["weight_share"], "percent")
    return (
        f"{by_chance(margin['low'], margin['high'], ratings(document))} ({margin['draws']:,} "
        f"draws; {share} of the weight has a margin or a usual variation)."
    )


def margin_words(row: Mapping[str, Any]) -> str:
    """A KPI's margin in one line: ``margin 4.01% to 6.52% (Wilson)``; empty without one."""
    margin = row.get("margin")
    if margin is None or margin.get("low") is None or margin.get("high") is None:
        return ""
    method = f" ({margin['method']})" if margin.get("method") else ""
    return f"{ends(margin['kind'], margin['low'], margin['high'], row['unit'])}{method}"


def target_words(row: Mapping[str, Any]) -> str:
    """That a value cannot be told from its target, where that is so; else empty."""
    margin = row.get("margin")
    if margin is None or margin.get("distinguishable_from_target") is not False:
        return ""
    return "not distinguishable from the target"
