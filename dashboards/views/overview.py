"""The overview's head: the score and what must be said beside it, and the largest gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.views.figures import to_target
from dashboards.views.words import count_of, listed
from kpi.catalogue.model import Better
from kpi.months import Month, period_words
from kpi.numbers import show, show_score, show_threshold
from kpi.report.scale import score_scale
from kpi.report.signs import gate_sign
from kpi.report.svg import Figure
from kpi.report.theme import Palette
from kpi.report.words import (
    STATUS,
    gate_words,
    rating_words,
    ratings_of,
    reach_words,
    score_margin_words,
)
from kpi.score.model import Gate, KpiScore, Score, Status
from kpi.score.signal import FALSE_FLAGS


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate: its sign, the KPI's name and its state in words."""

    sign: Figure
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the rows. Empty texts are left out of the page."""

    score: str
    caption: str
    reason: str
    reach: str
    uncapped: str
    margin: str
    range: str
    rating: str
    coverage: str
    missing: str
    chance: str
    gates: tuple[GateLine, ...]
    scale: Figure | None
    through: str
    provisional: str


def head(score: Score, through: Month | None, palette: Palette) -> Head:
    """The head of a score. ``through``: the last month that any data is there for."""
    names = {row.kpi.id: row.kpi.name for row in score.rows}
    period = period_words(score.first, score.last)
    return Head(
        score=show_score(score.score, ratings_of(score)),
        caption=f"Score for {period}" if score.score is not None else f"No score for {period}",
        reason=_reason(score),
        reach=reach_words(score),
        uncapped=_uncapped(score, names),
        margin=score_margin_words(score),
        range=_range(score),
        rating=rating_words(score),
        coverage=f"{_percent(score.coverage)} of the weight is scored"
        if score.score is not None
        else "",
        missing=_missing(score),
        chance=chance_words(score),
        gates=tuple(_gate(gate, names, palette) for gate in score.gates),
        scale=_scale(score, palette),
        through=f"Data through {through.words}" if through else "No data loaded yet",
        provisional=(
            "So far: the period is not over. Provisional figures, and no rating."
            if score.provisional
            else ""
        ),
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """One of the largest gaps: the KPI, what is short of what, and what it costs."""

    id: str
    name: str
    sentence: str
    cost: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands beside the score; ``none`` is said where there are no gaps.

    ``next_step``: what there is to do on the page Month-end; empty where nothing is.
    """

    heading: str
    gaps: tuple[Gap, ...]
    none: str
    next_step: str


def panel(score: Score) -> Panel:
    """What costs most points; without a score, what it waits for."""
    step = _next_step(score)
    if score.score is None:
        return Panel("Missing for a score", tuple(lacking(score)), "No KPI lacks data.", step)
    none = "No scored KPI falls short of its target."
    return Panel("Largest gaps", tuple(gaps(score)), none, step)


def _next_step(score: Score) -> str:
    if any(row.status is Status.NO_DATA for row in score.rows):
        return "What is missing is loaded"
    if any(gate.state == "pending" for gate in score.gates):
        return "What waits for a decision or a countersignature is settled"
    return ""


def lacking(score: Score, most: int = 3) -> list[Gap]:
    """The KPIs that a score waits for, the heaviest first, each with its reason."""
    waiting = [row for row in score.rows if row.status in (Status.NO_DATA, Status.TOO_FEW)]
    waiting.sort(key=lambda row: -row.weight)
    return [
        Gap(
            row.kpi.id,
            row.kpi.name,
            row.reason or STATUS[row.status],
            f"weight {show(row.weight, 'points')}",
        )
        for row in waiting[:most]
    ]


def gaps(score: Score, most: int = 3) -> list[Gap]:
    """The KPIs that cost most points, as sentences; none where nothing is lost."""
    losing = [row for row in score.rows if row.status is Status.SCORED and _lost(row) > 0.005]
    losing.sort(key=lambda row: -_lost(row))
    return [
        Gap(row.kpi.id, row.kpi.name, _gap_sentence(row), f"{show_score(_lost(row))} points lost")
        for row in losing[:most]
    ]


def _lost(row: KpiScore) -> float:
    return row.points_lost or 0.0


def _gap_sentence(row: KpiScore) -> str:
    kpi, value = row.kpi, row.result.value
    aim = show_threshold(row.target, kpi.unit)
    if kpi.better is Better.BAND:
        said = f"{show(value, kpi.unit)} lies outside the target of {aim}"
    else:
        verb = "against a target of"
        said = f"{show(value, kpi.unit)} {verb} {aim}"
    nearer = to_target(kpi, row.result, row.target)
    return f"{said}; {nearer}." if nearer else f"{said}."


def _percent(share: float) -> str:
    return show(share, "percent")


def _reason(score: Score) -> str:
    """Why there is no score, short: the KPIs that lack data stand beside it with their reasons."""
    if score.score is not None:
        return ""
    least = score.versions[-1].minimum_coverage if score.versions else 0.0
    if score.coverage < least:
        return (
            f"{_percent(score.coverage)} of the weight is scored; the role asks for "
            f"{_percent(least)} before there is a score."
        )
    return score.reason or ""


def _uncapped(score: Score, names: Mapping[str, str]) -> str:
    if score.score is None or score.uncapped is None or score.uncapped <= score.score:
        return ""
    breached = [names.get(gate.kpi, gate.kpi) for gate in score.gates if gate.state == "breached"]
    return f"{show_score(score.uncapped, ratings_of(score))} without the gate on {listed(breached)}"


def _range(score: Score) -> str:
    if score.range is None or score.coverage >= 1:
        return ""
    low, high = (show_score(end, ratings_of(score)) for end in score.range)
    return f"Between {low} and {high} once all data is there"


def _missing(score: Score) -> str:
    lacking = [row for row in score.rows if row.status in (Status.NO_DATA, Status.TOO_FEW)]
    if not lacking:
        return ""
    names = listed([row.kpi.name for row in lacking[:3]])
    more = f" and {count_of(len(lacking) - 3, 'other')}" if len(lacking) > 3 else ""
    return f"Not scored: {names}{more}"


def chance_words(score: Score) -> str:
    """How many KPIs the charts flag, and how many they would flag if nothing had changed."""
    signals = [row.reading.signal for row in score.rows]
    charted = [each for each in signals if each not in (None, "trial")]
    if not charted:
        return ""
    flagged = sum(each != "common_cause" for each in charted)
    expected = show_score(len(charted) * FALSE_FLAGS)
    said = f"Of {count_of(len(charted), 'KPI')} with a chart, {flagged or 'none'} "
    flags = f"{'is' if flagged < 2 else 'are'} flagged"
    return f"{said}{flags}; chance alone would flag {expected} this month"


def _gate(gate: Gate, names: Mapping[str, str], palette: Palette) -> GateLine:
    return GateLine(gate_sign(gate.state, palette), names.get(gate.kpi, gate.kpi), gate_words(gate))


def _scale(score: Score, palette: Palette) -> Figure | None:
    if score.score is None or not score.versions:
        return None
    return score_scale(score.score, score.range, ratings_of(score), palette)
