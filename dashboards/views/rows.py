"""One KPI as a row: what stands in each of its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboards.charts.sparkline import sparkline
from dashboards.views.figures import made_of
from dashboards.views.periods import Period, in_shortest, month_name
from dashboards.views.words import count_of
from kpi.catalogue.model import Better
from kpi.months import Month
from kpi.numbers import DASH, show, show_change, show_score, show_threshold
from kpi.report.bullet import bullet
from kpi.report.signs import signal_sign
from kpi.report.svg import Figure
from kpi.report.theme import Palette
from kpi.report.words import (
    ASSURANCE,
    DIRECTION,
    SIGNAL,
    STATUS,
    margin_words,
    meaning,
    notes_on,
    target_words,
)
from kpi.score.distinguish import distinguishable
from kpi.score.model import KpiScore, Status
from kpi.score.signal import more_than_chance

Order = Literal["lost", "role"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change, and whether it is one for the better, in words."""

    amount: str
    against: str


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A row of the overview, ready to be drawn. ``reason`` is set where the KPI is not scored."""

    id: str
    name: str
    direction: str
    value: str
    detail: str
    margin: str
    status: str
    reason: str
    notes: tuple[str, ...]
    bullet: Figure
    aims: str
    change: Change | None
    sign: Figure
    signal: str
    signal_detail: str
    attainment: str
    points: str
    weight: str
    spark: Figure


def kpi_lines(
    rows: Sequence[KpiScore],
    last: Month,
    palette: Palette,
    order: Order = "lost",
    previous: Mapping[str, KpiScore] | None = None,
    previous_period: Period | None = None,
) -> list[KpiLine]:
    """A line a KPI: by points lost, the most first, or as the role lists them.

    KPIs without a score come after those with one: they cost no points, they cost coverage.
    """
    ordered = list(rows)
    if order == "lost":
        ordered.sort(key=lambda row: (row.status is not Status.SCORED, -(row.points_lost or 0.0)))
    return [
        kpi_line(row, last, palette, (previous or {}).get(row.kpi.id), previous_period)
        for row in ordered
    ]


def kpi_line(
    row: KpiScore,
    last: Month,
    palette: Palette,
    previous: KpiScore | None = None,
    previous_period: Period | None = None,
) -> KpiLine:
    """One KPI's line. ``last`` is the period's last month, where the sparkline ends."""
    kpi, result = row.kpi, row.result
    scored = row.status is Status.SCORED
    sign_words = SIGNAL.get(row.reading.signal, SIGNAL[None])
    return KpiLine(
        id=kpi.id,
        name=kpi.name,
        direction=DIRECTION[kpi.better],
        value=show(result.value, kpi.unit),
        detail=made_of(kpi, result),
        margin=", ".join(filter(None, (margin_words(row), target_words(row)))),
        status="" if scored else STATUS[row.status],
        reason="" if scored else (row.reason or ""),
        notes=_notes(row),
        bullet=bullet(
            result.value, row.floor, row.target, row.stretch, kpi.unit, kpi.better, palette
        ),
        aims=aims(row),
        change=change(row, last, previous, previous_period),
        sign=signal_sign(row.reading.signal, palette),
        signal=sign_words,
        signal_detail=_signal_detail(row),
        attainment=show(row.attainment, "points") if scored else DASH,
        points=show_score(row.points),
        weight=show(row.weight, "points"),
        spark=sparkline(row.reading.points, last, row.target, kpi.unit, palette),
    )


def aims(row: KpiScore) -> str:
    """``floor 10% · target 5% · stretch 3%``, those that the role names."""
    unit = row.kpi.unit
    named = [
        ("floor", row.floor),
        ("target", row.target),
        ("stretch", row.stretch),
    ]
    return " · ".join(
        f"{name} {show_threshold(value, unit)}" for name, value in named if value is not None
    )


def change(
    row: KpiScore,
    last: Month,
    previous: KpiScore | None = None,
    previous_period: Period | None = None,
) -> Change | None:
    """The change against the period before, where it has a value; else against the month before."""
    value = row.result.value
    if value is None:
        return None
    if previous is not None and previous.result.value is not None and previous_period is not None:
        apart = distinguishable(row.margin, previous.margin)
        return _change(row, value, previous.result.value, in_shortest(*previous_period), apart)
    points = row.reading.points
    latest, earlier = points.get(last), points.get(last - 1)
    if latest is None or earlier is None:
        return None
    apart = more_than_chance(row.reading, latest - earlier)
    return _change(row, latest, earlier, month_name(last - 1), apart, f"{month_name(last)}: ")


def _change(
    row: KpiScore, new: float, old: float, against: str, apart: bool | None, prefix: str = ""
) -> Change:
    kpi = row.kpi
    amount = prefix + show_change(new, old, kpi.unit)
    if new == old:
        return Change("No change", f"since {against}")
    if apart is False:
        return Change(amount, f"no more than chance since {against}")
    if kpi.better is Better.BAND:
        return Change(amount, f"since {against}")
    better = (new > old) is (kpi.better is Better.HIGHER)
    return Change(amount, f"{'better' if better else 'worse'} than {against}")


def _notes(row: KpiScore) -> tuple[str, ...]:
    """The first note: a row has room for one, the KPI's page shows them all."""
    notes = notes_on(row)
    if len(notes) < 2:
        return notes
    return (notes[0], f"{count_of(len(notes) - 1, 'more note')} on its page.")


def _signal_detail(row: KpiScore) -> str:
    reading = row.reading
    if reading.signal is None or reading.signal == "trial":
        return reading.note
    said = meaning(reading.signal, reading.assurance) or ASSURANCE.get(reading.assurance, "")
    if reading.provisional:
        said += f"{' ' if said else ''}(provisional)"
    return said
