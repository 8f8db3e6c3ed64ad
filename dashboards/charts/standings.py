"""Past months of a KPI by where each would have stood against its targets: a bar a month."""

from __future__ import annotations

from kpi.months import Month
from kpi.report.svg import Figure, figure, line, rect
from kpi.report.theme import Palette
from kpi.score.backtest import ReplayedKpi, Standing

HEIGHT = 28
_STEP, _BAR = 7, 5
_SHARE: dict[Standing, float] = {
    "below_floor": 0.2, "between": 0.5, "at_target": 0.8, "at_stretch": 1.0,
}  # fmt: skip
"""How tall a month's bar is: what cannot be told by its colour is told by its height."""


def standings(found: ReplayedKpi, palette: Palette) -> Figure:
    """The months from left to right; a month without a value is a gap. The line is the target."""
    colours = {
        "below_floor": palette.worse,
        "between": palette.neutral,
        "at_target": palette.better,
        "at_stretch": palette.better,
    }
    width = max(_STEP, len(found.months) * _STEP)
    drawn = []
    for at, each in enumerate(found.months):
        if each.standing is not None:
            tall = _SHARE[each.standing] * (HEIGHT - 2)
            drawn.append(rect(at * _STEP, HEIGHT - tall, _BAR, tall, colours[each.standing], 1))
    level = HEIGHT - _SHARE["at_target"] * (HEIGHT - 2)
    drawn.append(line(0, level, width, level, palette.muted, 1, "3 3"))
    return figure(width, HEIGHT, _alt(found), *drawn)


def _alt(found: ReplayedKpi) -> str:
    """Which months missed the target; the counts stand beside it."""
    missed = [each.month for each in found.months if each.standing in ("below_floor", "between")]
    if not found.values:
        return "No month has a value."
    if not missed:
        return "Every month with a value meets the target."
    return f"The target is missed in {_listed(missed)}."


def _listed(months: list[Month]) -> str:
    named = ", ".join(each.words for each in months[-6:])
    return named if len(months) <= 6 else f"{len(months)} months, the last of them {named}"
