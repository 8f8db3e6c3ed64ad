"""Practices side by side: a line each, and a row a KPI that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.chance import chance
from dashboards.views.overview import Gap, GateLine, gaps, head, lacking
from kpi.months import Month, period_words
from kpi.numbers import DASH, show, show_threshold
from kpi.report.bullet import Axis, axis, bullet
from kpi.report.margins import by_chance
from kpi.report.signs import signal_sign
from kpi.report.svg import Figure
from kpi.report.theme import Palette
from kpi.report.words import (
    DIRECTION,
    SIGNAL,
    STATUS,
    margin_words,
    rating_words,
    ratings_of,
    reach_words,
)
from kpi.review.scores.side_by_side import Beside
from kpi.score.model import KpiScore, Score
from kpi.score.side_by_side import row_of, shared_kpis

MOVED = ("deteriorating", "improving", "rising", "falling")


@dataclass(frozen=True, slots=True)
class Shown:
    """A practice with its score and the last month of its data; ``fault``: why there is no score
    although there is a period."""

    beside: Beside
    score: Score | None = None
    through: Month | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The KPIs that really changed one way: its sign and word, and the id and name of each."""

    sign: Figure
    words: str
    kpis: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """A practice, ready to be drawn. ``missing``: what there is none of, and why; then the rest is
    empty. ``whose`` names it where it is compared."""

    whose: str
    practice: str
    who: str
    period: str
    missing: str
    score: str
    reach: str
    rating: str
    margin: str
    figure: Figure | None
    coverage: str
    reach_of_data: str
    uncapped: str
    through: str
    gates: tuple[GateLine, ...]
    gaps_heading: str
    gaps: tuple[Gap, ...]
    moved: tuple[Moved, ...]
    unmoved: str


def practice_line(shown: Shown, whose: str, palette: Palette) -> PracticeLine:
    """One practice's line; ``whose``: by what name it is told from the others."""
    beside, score = shown.beside, shown.score
    if score is None:
        return _without(shown, whose)
    said = head(score, shown.through, palette)
    ratings, margin = ratings_of(score), score.margin
    return PracticeLine(
        whose=whose,
        practice=beside.practice.name,
        who=_who(beside),
        period=period_words(score.first, score.last),
        missing="",
        score=said.score,
        reach=reach_words(score),
        rating=rating_words(score) or said.reason,
        margin=(
            f"{by_chance(margin.low, margin.high, ratings)}."
            if margin and reach_words(score)
            else said.margin
        ),
        figure=None if score.score is None else chance(score.score, margin, ratings, palette),
        coverage=f"{show(score.coverage, 'percent')} of the weight is scored",
        reach_of_data=said.range,
        uncapped=said.uncapped,
        through=said.through,
        gates=said.gates,
        gaps_heading="Missing for a score" if score.score is None else "Largest gaps",
        gaps=tuple(_short(score)),
        moved=tuple(_moved(score, palette)),
        unmoved=_unmoved(score),
    )


def names(shown: Sequence[Shown]) -> list[str]:
    """By what each is told from the others: the practice's name, with the manager's where two are
    at one practice."""
    places = [each.beside.practice for each in shown]
    return [
        each.beside.practice.name
        if places.count(each.beside.practice) == 1 or each.beside.assignment is None
        else f"{each.beside.practice.name}, {each.beside.assignment.manager.name}"
        for each in shown
    ]


@dataclass(frozen=True, slots=True)
class Cell:
    """One practice's KPI. ``at``: which of the lines it belongs to; ``why``: why there is no value
    or no points, or that its role does not have the KPI."""

    at: int
    value: str
    margin: str
    target: str
    why: str
    bullet: Figure | None
    sign: Figure | None
    signal: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One KPI and its cell for each practice that has a score, in the order of the lines."""

    id: str
    name: str
    direction: str
    cells: tuple[Cell, ...]


def matrix(shown: Sequence[Shown], palette: Palette) -> list[MatrixRow]:
    """A row a KPI that at least two of them share; its bullet charts have one axis."""
    there = [(at, each.score) for at, each in enumerate(shown) if each.score is not None]
    found = []
    for kpi in shared_kpis([score for _, score in there]):
        rows = [(at, row_of(score, kpi)) for at, score in there]
        scale = _axis([row for _, row in rows if row is not None])
        cells = tuple(_cell(at, row, scale, palette) for at, row in rows)
        found.append(MatrixRow(kpi.id, kpi.name, DIRECTION[kpi.better], cells))
    return found


def _cell(at: int, row: KpiScore | None, scale: Axis, palette: Palette) -> Cell:
    if row is None:
        return Cell(at, DASH, "", "", "Not in this role.", None, None, "")
    kpi, value = row.kpi, row.result.value
    drawn = bullet(value, row.floor, row.target, row.stretch, kpi.unit, kpi.better, palette, scale)
    why = "" if row.attainment is not None else (row.reason or STATUS[row.status])
    return Cell(
        at, show(value, kpi.unit), margin_words(row),
        f"target {show_threshold(row.target, kpi.unit)}", why, drawn,
        signal_sign(row.reading.signal, palette), SIGNAL.get(row.reading.signal, SIGNAL[None]),
    )  # fmt: skip


def _axis(rows: Sequence[KpiScore]) -> Axis:
    """One axis that holds them all, so that charts one below the other can be compared."""
    each = [
        axis(row.result.value, row.floor, row.target, row.stretch, row.kpi.better) for row in rows
    ]
    return Axis(min(one.low for one in each), max(one.high for one in each))


_LACKS = {
    "manager": "No manager is assigned",
    "role": "No role is published",
    "period": "No review period is complete",
}


def next_step(beside: Beside, kind: str, chosen: bool) -> tuple[str, str]:
    """What a reader of a kind does about what is missing, and on which page of the navigation;
    without a page where she or he does nothing there. ``chosen``: of an older period."""
    if beside.lacks == "manager":
        if kind == "hr":
            return "Somebody is assigned on the command line: kpi manager add.", ""
        return "HR assigns somebody.", ""
    if beside.lacks == "role":
        if kind == "hr":
            return "It is written and published on the page", "Roles"
        return "HR publishes it.", ""
    if chosen:
        return "None had ended by then under this assignment: choose a later one.", ""
    return "What is missing is loaded on the page", "Month-end"


def _without(shown: Shown, whose: str) -> PracticeLine:
    beside = shown.beside
    period = period_words(*beside.period) if beside.period else ""
    missing = shown.fault or _LACKS[beside.lacks or "period"]
    return PracticeLine(
        whose, beside.practice.name, _who(beside), period, missing,
        "", "", "", "", None, "", "", "", "", (), "", (), (), "",
    )  # fmt: skip


def _who(beside: Beside) -> str:
    if beside.assignment is None:
        return ""
    places = beside.assignment.locations
    return ", ".join([beside.assignment.manager.name, *places])


def _short(score: Score) -> list[Gap]:
    """The largest gaps, as short as a line of a list needs them."""
    if score.score is None:
        return lacking(score)
    rows = {row.kpi.id: row for row in score.rows}
    found = []
    for gap in gaps(score):
        row = rows[gap.id]
        value, aim = show(row.result.value, row.kpi.unit), show_threshold(row.target, row.kpi.unit)
        found.append(Gap(gap.id, gap.name, f"{value}, target {aim}", gap.cost))
    return found


def _moved(score: Score, palette: Palette) -> list[Moved]:
    found = []
    for signal in MOVED:
        kpis = [row.kpi for row in score.rows if row.reading.signal == signal]
        if kpis:
            named = tuple((kpi.id, kpi.name) for kpi in kpis)
            found.append(Moved(signal_sign(signal, palette), SIGNAL[signal], named))
    return found


def _unmoved(score: Score) -> str:
    charted = [row for row in score.rows if row.reading.signal not in (None, "trial")]
    return "Nothing by more than chance" if charted else "Too early to say"


HEADINGS = (
    "Practice", "Manager", "Period", "Missing", "Score", "Margin", "Rating", "By chance",
    "Without the gate", "Coverage", "Once all data is there", "Data", "Gates", "Gaps",
    "What really changed",
)  # fmt: skip
"""Of the practices as a table to take away."""


def line_rows(lines: Sequence[PracticeLine]) -> list[tuple[str, ...]]:
    """A row a practice."""
    return [
        (
            each.practice, each.who, each.period, each.missing, each.score, each.reach,
            each.rating, each.margin, each.uncapped, each.coverage, each.reach_of_data,
            each.through,
            "; ".join(f"{gate.name}: {gate.words}" for gate in each.gates),
            "; ".join(f"{gap.name}: {gap.sentence}, {gap.cost}" for gap in each.gaps),
            "; ".join(
                f"{one.words}: {', '.join(name for _, name in one.kpis)}" for one in each.moved
            ),
        )
        for each in lines
    ]  # fmt: skip


KPI_HEADINGS = (
    "KPI", "Direction", "Practice", "Period", "Value", "Margin", "Target", "Signal", "Reason",
)  # fmt: skip
"""Of the KPIs side by side as a table to take away."""


def kpi_rows(rows: Sequence[MatrixRow], lines: Sequence[PracticeLine]) -> list[tuple[str, ...]]:
    """A row a KPI and practice."""
    return [
        (
            row.name, row.direction, lines[cell.at].whose, lines[cell.at].period, cell.value,
            cell.margin, cell.target, cell.signal, cell.why,
        )
        for row in rows
        for cell in row.cells
    ]  # fmt: skip
