"""A score with how far chance alone could have moved it, small, to be set under others like it."""

from __future__ import annotations

from collections.abc import Mapping

from kpi.numbers import show_score
from kpi.report.scale import TOP
from kpi.report.svg import Figure, circle, figure, line, rect
from kpi.report.theme import Palette
from kpi.score.model import ScoreMargin

WIDTH, HEIGHT = 180, 26

KEY = (
    "from 0 to 120: disc: the score; thick line: where chance alone could have put it; thin "
    "ticks: where each rating begins"
)
"""How to read the strips, to stand once beside ``sample``."""


def chance(
    score: float, margin: ScoreMargin | None, ratings: Mapping[str, float], palette: Palette
) -> Figure:
    """A strip of 0 to 120 that is the same for all: thin ticks are the ratings' lowest scores, the
    thick line is where chance alone could have put the score, the disc is the score."""
    middle = HEIGHT / 2
    drawn = [rect(0, middle - 1, WIDTH, 2, palette.line)]
    drawn += [line(_x(low), 6, _x(low), HEIGHT - 6, palette.muted, 1) for low in ratings.values()]
    if margin is not None:
        drawn.append(line(_x(margin.low), middle, _x(margin.high), middle, palette.neutral, 5))
    drawn.append(circle(_x(score), middle, 5.5, palette.ink, palette.page))
    return figure(WIDTH, HEIGHT, _alt(score, margin, ratings), *drawn)


def sample(palette: Palette) -> Figure:
    """A strip to explain the others by; it says nothing, since KEY stands beside it."""
    ratings = {"meets": 90.0, "exceeds": 103.0}
    drawn = chance(76, ScoreMargin(64, 87, 1, 0, 0), ratings, palette)
    return Figure(drawn.svg, "", drawn.width, drawn.height)


def _x(score: float) -> float:
    return max(0.0, min(TOP, score)) / TOP * (WIDTH - 12) + 6


def _alt(score: float, margin: ScoreMargin | None, ratings: Mapping[str, float]) -> str:
    said = f"Score {show_score(score, ratings)} on a scale of 0 to 120"
    if margin is None:
        return f"{said}, without a margin."
    low, high = show_score(margin.low, ratings), show_score(margin.high, ratings)
    return f"{said}; by chance alone between {low} and {high}."
