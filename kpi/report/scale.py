"""The score on its scale of 0 to 120, with the ratings' thresholds: a ruler, not a gauge."""

from __future__ import annotations

from collections.abc import Mapping

from kpi.numbers import show_score
from kpi.report.svg import Figure, figure, line, rect
from kpi.report.theme import Palette
from kpi.report.words import rating_name

WIDTH, HEIGHT = 420, 46
TOP = 120.0
_SANS = "Source Sans,Segoe UI,Helvetica,Arial,sans-serif"
_LEAST_SPREAD = 0.05  # below which both ends would be shown alike


def score_scale(
    score: float,
    spread: tuple[float, float] | None,
    ratings: Mapping[str, float],
    palette: Palette,
    face: str = "",
) -> Figure:
    """A strip whose tints change at each rating's lowest score, the score a bar on it.

    ``spread``, where the score is not certain, is a bracket above the strip. ``face``: the font.
    """
    steps = sorted(ratings.items(), key=lambda each: each[1])
    edges = [0.0, *(low for _, low in steps), TOP]
    tints = _tints(len(edges) - 1, palette)
    y, tall = 12.0, 16.0
    drawn = [
        rect(_x(left), y, _x(right) - _x(left) - 1, tall, tint)
        for left, right, tint in zip(edges, edges[1:], tints, strict=False)
    ]
    drawn.append(rect(0, y + 5, _x(score), 6, palette.ink))
    drawn.append(line(_x(score), y - 3, _x(score), y + tall + 3, palette.ink, 3))
    if spread is not None and spread[1] - spread[0] > _LEAST_SPREAD:
        low, high = _x(spread[0]), _x(spread[1])
        drawn.append(line(low, 5, high, 5, palette.muted, 1.5))
        drawn += [line(at, 1, at, 9, palette.muted, 1.5) for at in (low, high)]
    font = f'font-family="{face or _SANS}"'
    for _, low in steps:
        drawn.append(
            f'<text x="{_x(low):.1f}" y="{HEIGHT - 4}" font-size="12" text-anchor="middle" '
            f'fill="{palette.muted}" {font}>{low:g}</text>'
        )
    return figure(WIDTH, HEIGHT, _alt(score, spread, steps), *drawn)


def _x(score: float) -> float:
    return max(0.0, min(TOP, score)) / TOP * (WIDTH - 4) + 2


def _tints(count: int, palette: Palette) -> list[str]:
    """Darkest first; a scale of many ratings takes each tint more than once."""
    three = [palette.poor, palette.fair, palette.good]
    return [three[min(2, at * 3 // count)] for at in range(count)]


def _alt(score: float, spread: tuple[float, float] | None, steps: list[tuple[str, float]]) -> str:
    ratings = dict(steps)
    said = f"Score {show_score(score, ratings)} on a scale of 0 to 120"
    if spread is not None and spread[1] - spread[0] > _LEAST_SPREAD:
        low, high = (show_score(end, ratings) for end in spread)
        said += f", between {low} and {high} once all data is there"
    names = ", ".join(f"{rating_name(name)} from {low:g}" for name, low in steps)
    return f"{said}; {names}."
