"""Bullet chart: one value against floor, target and stretch, after Stephen Few's specification.

Tints of one hue say where a value is poor, fair or good; a dark bar is the value; a tall tick is
the target. Zero stays on the left, whichever way is better: the order of the tints turns round
instead. Where the axis cannot start at zero a dot stands for the bar, whose length would lie.
"""

from __future__ import annotations

from dataclasses import dataclass

from kpi.numbers import show, show_threshold
from kpi.report.svg import Figure, circle, figure, line, rect
from kpi.report.theme import Palette
from kpi.report.words import DIRECTION

WIDTH, HEIGHT = 200, 28

KEY = (
    "bar or dot: the value; tall tick: target; short tick: stretch; "
    "strongest tint: worse than the floor"
)
"""How to read the charts, to stand once beside ``sample``."""

Threshold = float | tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """The values at the left and the right edge of the drawing."""

    low: float
    high: float

    def x(self, value: float, width: float = WIDTH) -> float:
        """Where a value lies, in pixels; values beyond an edge lie on it."""
        share = (value - self.low) / (self.high - self.low)
        return max(0.0, min(1.0, share)) * width

    @property
    def from_zero(self) -> bool:
        """Whether the length of a bar from the left edge tells the truth."""
        return self.low == 0


def axis(
    value: float | None,
    floor: Threshold | None,
    target: Threshold,
    stretch: float | None,
    better: str,
) -> Axis:
    """An axis that holds every threshold and the value, from zero where that leaves room to see.

    The thresholds have to take up a fifth of it at least; where they lie closer together than
    that (95% to 98%), the axis starts short of them.
    """
    marks = [*ends(floor), *ends(target), *ends(stretch)]
    known = [*marks, value] if value is not None else marks
    low, high = min(known), max(known)
    room = max(marks) - min(marks)
    # With one threshold alone (a target of no violations) there is no distance to go by.
    pad = 0.25 * room if room else 0.25 * max(abs(high), abs(low), 4.0)
    if low >= 0 and (better == "lower" or not room or room >= 0.2 * high):
        return Axis(0.0, high + pad if better != "lower" or not high else high * 1.15)
    return Axis(low - pad, high + pad)


def bullet(
    value: float | None,
    floor: Threshold | None,
    target: Threshold,
    stretch: float | None,
    unit: str,
    better: str,
    palette: Palette,
    scale: Axis | None = None,
) -> Figure:
    """The chart of one KPI. Without a value its tints and target stand alone. ``scale``: the axis,
    where several charts of the KPI stand side by side; it holds all that each of them shows."""
    scale = scale or axis(value, floor, target, stretch, better)
    top, tall = 5.0, HEIGHT - 10.0
    drawn = [
        rect(scale.x(left), top, scale.x(right) - scale.x(left), tall, colour)
        for left, right, colour in _tints(scale, floor, target, better, palette)
    ]
    if stretch is not None:
        at = scale.x(stretch)
        drawn.append(line(at, 7, at, HEIGHT - 7, palette.muted, 1.5))
    for mark in ends(target):
        at = max(1.5, min(WIDTH - 1.5, scale.x(mark)))
        drawn.append(line(at, 1, at, HEIGHT - 1, palette.ink, 3))
    if value is not None:
        drawn += _value(value, scale, stretch, palette)
    return figure(WIDTH, HEIGHT, _alt(value, floor, target, stretch, unit, better), *drawn)


def sample(palette: Palette) -> Figure:
    """A chart to explain the others by; it says nothing, since KEY stands beside it."""
    drawn = bullet(7, 4, 6, 9, "count", "higher", palette)
    return Figure(drawn.svg, "", drawn.width, drawn.height)


def ends(threshold: Threshold | None) -> tuple[float, ...]:
    """A threshold's one value, a band's two; none where there is no threshold."""
    if threshold is None:
        return ()
    return threshold if isinstance(threshold, tuple) else (threshold,)


def _value(value: float, scale: Axis, stretch: float | None, palette: Palette) -> list[str]:
    middle = HEIGHT / 2
    if not scale.from_zero:
        at = max(5.0, min(WIDTH - 5.0, scale.x(value)))
        return [circle(at, middle, 5, palette.ink, palette.page)]
    drawn = [rect(0, middle - 3.5, max(2.0, scale.x(value)), 7, palette.ink)]
    if stretch is not None and scale.x(stretch) < scale.x(value):
        at = scale.x(stretch)
        drawn.append(line(at, middle - 3.5, at, middle + 3.5, palette.page, 1.5))
    return drawn


def _alt(
    value: float | None,
    floor: Threshold | None,
    target: Threshold,
    stretch: float | None,
    unit: str,
    better: str,
) -> str:
    said = [f"value {show(value, unit)}" if value is not None else "no value"]
    if floor is not None:
        said.append(f"floor {show_threshold(floor, unit)}")
    said.append(f"target {show_threshold(target, unit)}")
    if stretch is not None:
        said.append(f"stretch {show(stretch, unit)}")
    said.append(DIRECTION[better])
    return "Bullet chart: " + ", ".join(said) + "."


def _tints(
    scale: Axis, floor: Threshold | None, target: Threshold, better: str, palette: Palette
) -> list[tuple[float, float, str]]:
    """Left edge, right edge and colour of each tint."""
    poor, fair, good = palette.poor, palette.fair, palette.good
    if isinstance(target, tuple):
        outer = floor if isinstance(floor, tuple) else target
        edges = [scale.low, outer[0], target[0], target[1], outer[1], scale.high]
        colours = [poor, fair, good, fair, poor]
    else:
        turn = target if floor is None or isinstance(floor, tuple) else floor
        edges = [scale.low, *sorted((turn, target)), scale.high]
        colours = [good, fair, poor] if better == "lower" else [poor, fair, good]
    return list(zip(edges, edges[1:], colours, strict=False))
