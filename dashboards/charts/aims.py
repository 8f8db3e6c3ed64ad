"""A KPI's past months beside the floor, target and stretch that are being written (plotly)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.charts.trend import day_of, lay_out
from kpi.catalogue.model import Kpi, Unit
from kpi.months import Month
from kpi.numbers import show, show_threshold
from kpi.report.bullet import ends
from kpi.report.theme import Palette
from kpi.role.model import Threshold

HEIGHT = 300


@dataclass(frozen=True, slots=True)
class Aims:
    """What is asked of a KPI, in its own unit; None what is not written, or cannot be read."""

    floor: Threshold | None = None
    target: Threshold | None = None
    stretch: float | None = None


def aims_chart(
    kpi: Kpi, points: Mapping[Month, float | None], aims: Aims, palette: Palette
) -> go.Figure:
    """The months as a dark line with gaps; the target a thick dashed line, the floor dotted and
    the stretch thin, each named with its value."""
    months = sorted(points)
    scale = 100.0 if kpi.unit is Unit.PERCENT else 1.0
    figure = go.Figure()
    for name, aim, line in (
        ("Floor", aims.floor, {"color": palette.neutral, "width": 1.5, "dash": "dot"}),
        ("Target", aims.target, {"color": palette.better, "width": 2.5, "dash": "dash"}),
        ("Stretch", aims.stretch, {"color": palette.neutral, "width": 1.5, "dash": "longdash"}),
    ):
        for at, level in enumerate(ends(aim)):
            figure.add_scatter(
                x=[day_of(months[0]), day_of(months[-1])],
                y=[level * scale] * 2,
                mode="lines",
                name=f"{name} {show_threshold(aim, kpi.unit)}",
                line=line,
                hoverinfo="skip",
                showlegend=at == 0,
            )
    figure.add_scatter(
        x=[day_of(month) for month in months],
        y=[None if (value := points[month]) is None else value * scale for month in months],
        text=[f"{month.words}: {show(points[month], kpi.unit)}" for month in months],
        hovertemplate="%{text}<extra></extra>",
        mode="lines+markers",
        name=kpi.name,
        connectgaps=False,
        line={"color": palette.ink, "width": 2},
        marker={"color": palette.ink, "size": 6},
        showlegend=False,
    )
    lay_out(figure, kpi, palette, len(months), HEIGHT)
    return figure


def aims_alt(kpi: Kpi, points: Mapping[Month, float | None], aims: Aims) -> str:
    """The figure in words."""
    known = [value for value in points.values() if value is not None]
    if not known:
        return f"{kpi.name}: no month has a value."
    months = sorted(points)
    said = [
        f"{kpi.name} by month, {months[0].words} to {months[-1].words}: between "
        f"{show(min(known), kpi.unit)} and {show(max(known), kpi.unit)}"
    ]
    gaps = len(points) - len(known)
    if gaps:
        said.append(f"{gaps} without a value")
    for name, aim in (("floor", aims.floor), ("target", aims.target), ("stretch", aims.stretch)):
        if aim is not None:
            said.append(f"{name} {show_threshold(aim, kpi.unit)}")
    return f"{'; '.join(said)}."
