"""The trend of one KPI: months, control limits and the target of each role version (plotly)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from kpi.catalogue.model import Better, Kpi, Unit
from kpi.months import Month
from kpi.numbers import show, show_threshold
from kpi.report.theme import Palette
from kpi.role.model import Threshold
from kpi.score.model import Phase, SignalReading

FLAG_WORDS = {
    "outside": "outside the usual range",
    "trend": "part of a trend of seven",
    "two_of_three": "two of three near the edge of the usual range",
    "run": "part of a run on one side of the mean",
}


@dataclass(frozen=True, slots=True)
class Aim:
    """The target that a role version sets for some of the months."""

    version: str
    first: Month
    last: Month
    target: Threshold


Noted = Mapping[Month, Sequence[str]]
"""What was noted on months, each in a sentence."""


def trend(
    kpi: Kpi, reading: SignalReading, aims: Sequence[Aim], palette: Palette, noted: Noted
) -> go.Figure:
    """The figure: a dark line with gaps, limits dotted grey, targets thick dashed blue, flagged
    months in shapes that the legend names, a triangle over each month that something was
    noted on."""
    months = charted(reading)
    scale = 100.0 if kpi.unit is Unit.PERCENT else 1.0
    figure = go.Figure()
    for at, phase in enumerate(_phases(reading, months)):
        for name, value in (("Upper limit", phase.upper), ("Lower limit", phase.lower)):
            _level(figure, name, value, phase, scale, palette.neutral, "dot", shown=at == 0)
        _level(figure, "Mean", phase.mean, phase, scale, palette.neutral, "solid", shown=at == 0)
    for at, aim in enumerate(aims):
        _target(figure, aim, scale, palette, first=at == 0)
    _values(figure, kpi, reading, months, scale, palette)
    _flagged(figure, kpi, reading, scale, palette)
    _noted(figure, reading, noted, scale, palette)
    lay_out(figure, kpi, palette, len(months))
    return figure


def trend_alt(kpi: Kpi, reading: SignalReading, aims: Sequence[Aim], noted: Noted) -> str:
    """The figure in words; the table of months under it has every value."""
    known = {month: value for month, value in reading.points.items() if value is not None}
    if not known:
        return f"{kpi.name}: no month has a value."
    first, last = min(known), max(known)
    said = (
        f"{kpi.name} by month, {first.words} to {last.words}: from {show(known[first], kpi.unit)} "
        f"to {show(known[last], kpi.unit)}"
    )
    gaps = len(charted(reading)) - len(known)
    if gaps:
        said += f", {gaps} without a value"
    if reading.lower is not None and reading.upper is not None:
        said += f"; usual range {show(reading.lower, kpi.unit)} to {show(reading.upper, kpi.unit)}"
    if aims:
        said += f"; target {show_threshold(aims[-1].target, kpi.unit)}"
    flagged = [f"{month.words} {FLAG_WORDS[flag]}" for month, flag in flagged_months(reading)]
    if flagged:
        said += f"; {', '.join(flagged[-3:])}"
    shown = [month for month in sorted(noted) if month in reading.points]
    if shown:
        said += f"; noted on {', '.join(month.words for month in shown)}"
    return f"{said}."


def charted(reading: SignalReading) -> list[Month]:
    """The months of the chart: from the first one with a value on."""
    known = [month for month, value in reading.points.items() if value is not None]
    return sorted(month for month in reading.points if known and month >= min(known))


def flagged_months(reading: SignalReading) -> list[tuple[Month, str]]:
    """The months that the chart flags, oldest first."""
    return [(month, flag) for month, flag in sorted(reading.flags.items()) if flag is not None]


def day_of(month: Month) -> str:
    """Where a month stands on the axis."""
    return month.first_day.isoformat()


def _phases(reading: SignalReading, months: Sequence[Month]) -> list[Phase]:
    """The limits of the chart, each with the months that it is for, the latest first."""
    earlier = [each for each in reversed(reading.earlier) if months and each.last >= months[0]]
    if reading.mean is None or reading.lower is None or reading.upper is None or not months:
        return earlier
    start = months[0] if reading.rebased is None else reading.rebased.month
    return [Phase(start, months[-1], reading.mean, reading.lower, reading.upper), *earlier]


def _level(
    figure: go.Figure,
    name: str,
    value: float,
    phase: Phase,
    scale: float,
    colour: str,
    dash: str,
    *,
    shown: bool,
) -> None:
    figure.add_scatter(
        x=[day_of(phase.first), day_of(phase.last)],
        y=[value * scale] * 2,
        mode="lines",
        name=name,
        line={"color": colour, "width": 1.25, "dash": dash},
        hoverinfo="skip",
        showlegend=shown and name != "Lower limit",
        legendgroup="limits" if "limit" in name else None,
    )
    if name == "Upper limit":
        figure.data[-1].name = "Usual range"


def _target(figure: go.Figure, aim: Aim, scale: float, palette: Palette, first: bool) -> None:
    levels = aim.target if isinstance(aim.target, tuple) else (aim.target,)
    for at, level in enumerate(levels):
        figure.add_scatter(
            # A month is as wide as the space to its neighbour: half of it on either side.
            x=[day_of(aim.first), day_of(aim.last)],
            y=[level * scale] * 2,
            # Over one month alone a line has no length, and is drawn as a mark.
            mode="markers" if aim.first == aim.last else "lines",
            marker={
                "symbol": "line-ew-open",
                "size": 40,
                "color": palette.better,
                "line": {"width": 2.5},
            },
            name=f"Target, version {aim.version}",
            line={"color": palette.better, "width": 2.5, "dash": "dash" if first else "longdash"},
            hoverinfo="skip",
            showlegend=at == 0,
        )


def _values(
    figure: go.Figure,
    kpi: Kpi,
    reading: SignalReading,
    months: Sequence[Month],
    scale: float,
    palette: Palette,
) -> None:
    values = [reading.points[month] for month in months]
    figure.add_scatter(
        x=[day_of(month) for month in months],
        y=[None if value is None else value * scale for value in values],
        text=[
            f"{month.words}: {show(value, kpi.unit)}"
            for month, value in zip(months, values, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
        mode="lines+markers",
        name=kpi.name,
        connectgaps=False,
        line={"color": palette.ink, "width": 2},
        marker={"color": palette.ink, "size": 6},
    )


def _flagged(
    figure: go.Figure,
    kpi: Kpi,
    reading: SignalReading,
    scale: float,
    palette: Palette,
) -> None:
    """Flagged months as open shapes around the points: which shape says for better or worse."""
    for name, symbol, colour in (
        ("Better than chance", "circle-open", palette.better),
        ("Worse than chance", "diamond-open", palette.worse),
        ("More than chance", "square-open", palette.neutral),
    ):
        shown = [
            (month, flag, value)
            for month, flag in flagged_months(reading)
            if (value := reading.points.get(month)) is not None
            and _verdict(kpi, reading, month, flag) == name
        ]
        if not shown:
            continue
        figure.add_scatter(
            x=[day_of(month) for month, _, _ in shown],
            y=[value * scale for _, _, value in shown],
            text=[f"{month.words}: {FLAG_WORDS[flag]}" for month, flag, _ in shown],
            hovertemplate="%{text}<extra></extra>",
            mode="markers",
            name=name,
            marker={"symbol": symbol, "size": 14, "color": colour, "line": {"width": 2}},
        )


def _noted(
    figure: go.Figure, reading: SignalReading, noted: Noted, scale: float, palette: Palette
) -> None:
    """Triangles at the chart's upper end, each with a thin line down to the months."""
    shown = [month for month in charted(reading) if month in noted]
    if not shown:
        return
    values = [value for value in reading.points.values() if value is not None]
    values += [each for each in (reading.upper, reading.lower) if each is not None]
    top = max(values) + 0.08 * ((max(values) - min(values)) or abs(max(values)) or 1.0)
    for month in shown:
        figure.add_vline(x=day_of(month), line={"color": palette.muted, "width": 1, "dash": "dot"})
    figure.add_scatter(
        x=[day_of(month) for month in shown],
        y=[top * scale] * len(shown),
        text=[f"{month.words}: {'; '.join(noted[month])}" for month in shown],
        hovertemplate="%{text}<extra></extra>",
        mode="markers",
        name="Something was noted",
        marker={"symbol": "triangle-down", "size": 11, "color": palette.ink},
    )


def _verdict(kpi: Kpi, reading: SignalReading, month: Month, flag: str) -> str:
    """Whether a flagged month is one for the better. A trend is judged by where it came from."""
    value = reading.points[month]
    against = reading.mean
    if flag == "trend":
        earlier = [reading.points[each] for each in sorted(reading.points) if each < month]
        against = next((each for each in reversed(earlier) if each is not None), None)
    if kpi.better is Better.BAND or value is None or against is None or value == against:
        return "More than chance"
    better = (value > against) is (kpi.better is Better.HIGHER)
    return "Better than chance" if better else "Worse than chance"


def lay_out(figure: go.Figure, kpi: Kpi, palette: Palette, months: int, height: int = 360) -> None:
    """Axes, type and colours of a figure over some months."""
    axis: dict[str, Any] = {
        "gridcolor": palette.line,
        "linecolor": palette.line,
        "zeroline": False,
        "tickfont": {"color": palette.muted, "size": 13},
    }
    figure.update_layout(
        height=height,
        margin={"l": 48, "r": 8, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": '"Source Sans", "Segoe UI", sans-serif', "color": palette.ink, "size": 14},
        hoverlabel={"bgcolor": palette.panel, "font": {"color": palette.ink}},
        legend={"orientation": "h", "y": -0.16, "x": 0, "font": {"color": palette.muted}},
        xaxis={
            **axis,
            "showgrid": False,
            "dtick": "M1" if months <= 6 else "M3" if months <= 24 else "M6",
            # The second line, the year, is shown where it changes.
            "tickformat": "%b\n%Y",
        },
        yaxis={**axis, "automargin": True, "ticksuffix": "%" if kpi.unit is Unit.PERCENT else ""},
    )
