"""The trend of one KPI as a drawing that needs no script: months, usual range, target, signals.

The months of the review period stand on a tint. A month without a value is a gap that no line
crosses; a month that is more than chance is a circle where it is better, a diamond where worse.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.months import NAMES, Month, span
from kpi.numbers import show, show_threshold
from kpi.report.bullet import ends
from kpi.report.document import threshold
from kpi.report.svg import Figure, circle, figure, line, path, rect, text
from kpi.report.theme import Palette

WIDTH, HEIGHT = 350, 96
MONTHS = 36
"""The most months that are drawn, the last ones."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 50.0, 6.0, 17.0
_SIZE = 8.5
_LABEL = 46.0  # the room that a month's name takes

KEY = (
    "Line: the KPI's months. Grey strip between thin lines: the usual range. Dashed: the target. "
    "Blue circle or orange diamond: better or worse by more than chance. Tinted: the review period."
)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where months and values lie."""

    months: tuple[Month, ...]
    low: float
    high: float

    def x(self, month: Month) -> float:
        room = WIDTH - _LEFT - _RIGHT
        return _LEFT + (self.months.index(month) + 0.5) * room / len(self.months)

    def y(self, value: float) -> float:
        share = (self.high - value) / (self.high - self.low)
        return _TOP + share * (HEIGHT - _TOP - _BOTTOM)

    @property
    def step(self) -> float:
        return (WIDTH - _LEFT - _RIGHT) / len(self.months)


def trend(
    row: Mapping[str, Any],
    given: Mapping[str, Any],
    period: tuple[Month, Month],
    palette: Palette,
    face: str = "",
    besides: Sequence[tuple[str, float]] = (),
    noted: Collection[Month] = (),
) -> Figure | None:
    """The chart of a KPI of the document and its trend; None where no month has a value.

    ``face``: the font of its texts, where it stands in no page that has one. ``besides``: levels
    to draw thin, each with its words. ``noted``: months that something was noted on.
    """
    values = {Month.parse(each["month"]): each["value"] for each in given["points"]}
    known = {month: value for month, value in values.items() if value is not None}
    if not known:
        return None
    months = span(min(known), max(*known, period[1]))[-MONTHS:]
    shown = {month: known[month] for month in months if month in known}
    if not shown:
        return None
    aims = ends(threshold(row["target"]))
    limits = [given[each] for each in ("mean", "lower", "upper") if given.get(each) is not None]
    plot = _plot(months, [*shown.values(), *aims, *limits, *(level for _, level in besides)])
    flags = {Month.parse(month): rule for month, rule in given["flags"].items() if rule}
    drawn = [
        *_period(plot, period, palette),
        *_range(plot, given, palette),
        *_rebased(plot, given, palette),
        *_noted(plot, noted, palette),
        *(_across(plot, aim, palette.ink, 1, "4 3") for aim in aims),
        *(_across(plot, level, palette.neutral, 0.8, "1 2") for _, level in besides),
        *_line(plot, shown, palette),
        *_flagged(plot, shown, flags, row["better"], given.get("mean"), palette),
        *_labels(plot, shown, aims, given, row["unit"], palette),
    ]
    body = f'<g font-family="{face}">{"".join(drawn)}</g>' if face else "".join(drawn)
    return figure(WIDTH, HEIGHT, _alt(row, given, plot, shown, flags, besides, noted), body)


def _plot(months: tuple[Month, ...], marks: Sequence[float]) -> _Plot:
    low, high = min(marks), max(marks)
    room = (high - low) or abs(high) or 1.0
    return _Plot(months, low - 0.06 * room, high + 0.06 * room)


def _period(plot: _Plot, period: tuple[Month, Month], palette: Palette) -> list[str]:
    inside = [month for month in plot.months if period[0] <= month <= period[1]]
    if not inside:
        return []
    left, right = plot.x(inside[0]) - plot.step / 2, plot.x(inside[-1]) + plot.step / 2
    return [rect(left, _TOP, right - left, HEIGHT - _TOP - _BOTTOM, palette.good)]


def _range(plot: _Plot, given: Mapping[str, Any], palette: Palette) -> list[str]:
    if given.get("lower") is None or given.get("upper") is None:
        return []
    top, bottom = plot.y(given["upper"]), plot.y(given["lower"])
    strip = (
        f'<rect x="{_LEFT:.2f}" y="{top:.2f}" width="{WIDTH - _LEFT - _RIGHT:.2f}" '
        f'height="{max(0.5, bottom - top):.2f}" fill="{palette.fair}" fill-opacity="0.45"/>'
    )
    lines = [
        _across(plot, given[each], palette.neutral, 0.7, "")
        for each in ("lower", "mean", "upper")
        if given.get(each) is not None
    ]
    return [strip, *lines]


def _rebased(plot: _Plot, given: Mapping[str, Any], palette: Palette) -> list[str]:
    start = given.get("rebased") and Month.parse(given["rebased"]["from"])
    if not start or start not in plot.months:
        return []
    at = plot.x(start) - plot.step / 2
    return [line(at, _TOP, at, HEIGHT - _BOTTOM, palette.muted, 0.8, "1 2")]


def _noted(plot: _Plot, noted: Collection[Month], palette: Palette) -> list[str]:
    """A thin line with a small triangle at its head on each month."""
    drawn = []
    for month in plot.months:
        if month in noted:
            x = plot.x(month)
            drawn.append(line(x, _TOP, x, HEIGHT - _BOTTOM, palette.muted, 0.6, "1 2"))
            drawn.append(f'<path d="M{x - 3:.2f} {_TOP - 5:.2f} h6 l-3 5 Z" fill="{palette.ink}"/>')
    return drawn


def _across(plot: _Plot, value: float, stroke: str, width: float, dash: str) -> str:
    return line(_LEFT, plot.y(value), WIDTH - _RIGHT, plot.y(value), stroke, width, dash)


def _line(plot: _Plot, shown: Mapping[Month, float], palette: Palette) -> list[str]:
    drawn, run = [], list[Month]()
    for month in (*plot.months, None):
        if month is not None and month in shown:
            run.append(month)
        elif run:
            corners = " L".join(f"{plot.x(each):.2f} {plot.y(shown[each]):.2f}" for each in run)
            drawn.append(path(f"M{corners}", palette.ink, 1.4))
            run = []
    drawn += [circle(plot.x(month), plot.y(value), 1.7, palette.ink)
              for month, value in shown.items()]  # fmt: skip
    return drawn


def _flagged(
    plot: _Plot,
    shown: Mapping[Month, float],
    flags: Mapping[Month, str],
    better: str,
    mean: float | None,
    palette: Palette,
) -> list[str]:
    drawn = []
    for month in flags:
        if month not in shown:
            continue
        x, y = plot.x(month), plot.y(shown[month])
        above = mean is not None and shown[month] > mean
        if better == "band":
            drawn.append(rect(x - 3.4, y - 3.4, 6.8, 6.8, palette.neutral))
        elif above == (better == "higher"):
            drawn.append(circle(x, y, 4, palette.better, palette.page))
        else:
            corners = f"M{x:.2f} {y - 5:.2f} l5 5 l-5 5 l-5 -5 Z"
            drawn.append(f'<path d="{corners}" fill="{palette.worse}" stroke="{palette.page}"/>')
    return drawn


def _labels(
    plot: _Plot,
    shown: Mapping[Month, float],
    aims: Sequence[float],
    given: Mapping[str, Any],
    unit: str,
    palette: Palette,
) -> list[str]:
    right = WIDTH - _RIGHT + 5
    at_right = [(plot.y(aim), show(aim, unit), palette.ink) for aim in aims]
    at_left = [
        (plot.y(given[each]), show(given[each], unit), palette.muted)
        for each in ("upper", "mean", "lower")
        if given.get(each) is not None
    ] or [
        (plot.y(each), show(each, unit), palette.muted)
        for each in dict.fromkeys((max(shown.values()), min(shown.values())))
    ]
    drawn = [text(right, y + 3, said, fill, _SIZE) for y, said, fill in _apart(at_right)]
    drawn += [text(_LEFT - 5, y + 3, said, fill, _SIZE, "end") for y, said, fill in _apart(at_left)]
    return [*drawn, *_month_labels(plot, palette)]


def _month_labels(plot: _Plot, palette: Palette) -> list[str]:
    """The last month, and before it as many as there is room for."""
    every = next((each for each in (1, 2, 3, 6) if each * plot.step >= _LABEL), 12)
    return [
        text(
            plot.x(month),
            HEIGHT - 4,
            f"{NAMES[month.number - 1][:3]} {month.year}",
            palette.muted,
            _SIZE,
            "middle",
        )
        for month in reversed(plot.months[::-every])
    ]


def _apart(labels: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Labels in a column, none over another: from the top down, each at least a line lower."""
    placed: list[tuple[float, str, str]] = []
    for y, said, fill in sorted(labels):
        least = placed[-1][0] + _SIZE + 1 if placed else 0.0
        placed.append((max(y, least), said, fill))
    return placed


def _alt(
    row: Mapping[str, Any],
    given: Mapping[str, Any],
    plot: _Plot,
    shown: Mapping[Month, float],
    flags: Mapping[Month, str],
    besides: Sequence[tuple[str, float]],
    noted: Collection[Month],
) -> str:
    unit = row["unit"]
    last = max(shown)
    low, high = min(shown.values()), max(shown.values())
    said = [
        f"Trend of {row['name']}, {plot.months[0].words} to {plot.months[-1].words}: "
        f"between {show(low, unit)} and {show(high, unit)}, "
        f"last {show(shown[last], unit)} in {last.words}"
    ]
    gaps = len(plot.months) - len(shown)
    if gaps:
        said.append(f"{gaps} month{'s' if gaps > 1 else ''} without a value")
    if given.get("lower") is not None and given.get("upper") is not None:
        said.append(
            f"usual range {show(given['lower'], unit)} to {show(given['upper'], unit)} "
            f"about {show(given.get('mean'), unit)}"
        )
    if row["target"] is not None:
        said.append(f"target {show_threshold(threshold(row['target']), unit)}")
    said += [words for words, _ in besides]
    marked = [month.words for month in flags if month in shown]
    if marked:
        said.append(f"more than chance in {', '.join(marked)}")
    if told := [month.words for month in plot.months if month in noted]:
        said.append(f"noted on {', '.join(told)}")
    return f"{'; '.join(said)}."
