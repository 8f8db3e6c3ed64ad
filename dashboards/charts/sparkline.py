"""Thirteen months of one KPI at a glance, so that the same month a year before is among them."""

from __future__ import annotations

from collections.abc import Mapping

from kpi.catalogue.model import Unit
from kpi.months import Month, span
from kpi.numbers import show, show_threshold
from kpi.report.bullet import ends
from kpi.report.svg import Figure, circle, figure, line, path, rect
from kpi.report.theme import Palette
from kpi.role.model import Threshold

WIDTH, HEIGHT = 132, 32
MONTHS = 13
_EDGE = 5.0


def sparkline(
    points: Mapping[Month, float | None],
    last: Month,
    target: Threshold | None,
    unit: Unit,
    palette: Palette,
) -> Figure:
    """Monthly values up to ``last``: the month axis is shared by all rows, the height is its own.

    A month without a value is a gap that no line crosses. The last value is marked, the target a
    dashed line, or a pale strip for a band.
    """
    months = span(last - (MONTHS - 1), last)
    values = [points.get(month) for month in months]
    known = [value for value in values if value is not None]
    alt = _alt(values, months, target, unit)
    if not known:
        middle = HEIGHT / 2
        return figure(
            WIDTH, HEIGHT, alt, line(_EDGE, middle, WIDTH - _EDGE, middle, palette.line, 1, "1 4")
        )
    aims = ends(target)
    low, high = min([*known, *aims]), max([*known, *aims])
    spread = (high - low) or 1.0

    def x(at: int) -> float:
        return _EDGE + at * (WIDTH - 2 * _EDGE) / (MONTHS - 1)

    def y(value: float) -> float:
        return _EDGE + (high - value) / spread * (HEIGHT - 2 * _EDGE)

    drawn = []
    if len(aims) == 2:
        drawn.append(rect(0, y(aims[1]), WIDTH, max(1.0, y(aims[0]) - y(aims[1])), palette.good))
    for aim in aims:
        drawn.append(line(0, y(aim), WIDTH, y(aim), palette.muted, 1, "3 3"))
    for run in runs(values):
        if len(run) == 1:
            drawn.append(circle(x(run[0][0]), y(run[0][1]), 1.5, palette.ink))
        else:
            corners = " L".join(f"{x(at):.2f} {y(value):.2f}" for at, value in run)
            drawn.append(path(f"M{corners}", palette.ink))
    at, value = [(at, value) for at, value in enumerate(values) if value is not None][-1]
    drawn.append(circle(x(at), y(value), 3.5, palette.ink, palette.page))
    return figure(WIDTH, HEIGHT, alt, *drawn)


def runs(values: list[float | None]) -> list[list[tuple[int, float]]]:
    """The stretches without a gap: (position, value) each."""
    found: list[list[tuple[int, float]]] = []
    open_run = False
    for at, value in enumerate(values):
        if value is None:
            open_run = False
            continue
        if not open_run:
            found.append([])
            open_run = True
        found[-1].append((at, value))
    return found


def _alt(
    values: list[float | None],
    months: tuple[Month, ...],
    target: Threshold | None,
    unit: Unit,
) -> str:
    known = [
        (month, value) for month, value in zip(months, values, strict=True) if value is not None
    ]
    said = f"{months[0].words} to {months[-1].words}: "
    if not known:
        return said + "no month has a value."
    low, high = min(value for _, value in known), max(value for _, value in known)
    month, value = known[-1]
    said += f"between {show(low, unit)} and {show(high, unit)}, last {show(value, unit)}"
    said += f" in {month.words}" if month != months[-1] else ""
    gaps = len(months) - len(known)
    if gaps:
        said += f"; {gaps} month{'s' if gaps > 1 else ''} without a value"
    if target is not None:
        said += f"; target {show_threshold(target, unit)}"
    return said + "."
