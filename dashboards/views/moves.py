"""The KPIs that a file would move, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboards.views.direction import isolated
from kpi.months import period_words
from kpi.numbers import DASH, show, show_score
from kpi.report.changes import event_words
from kpi.report.words import STATUS
from kpi.review.scores.moves import PeriodMoves
from kpi.review.scores.upload_moves import EventMoves
from kpi.score.model import KpiScore, Score, Status

HEADINGS = ("KPI", "Now", "Afterwards", "Attainment")
HAPPENED = ("KPI", "Before", "Afterwards", "Attainment")


@dataclass(frozen=True, slots=True)
class MovesView:
    """One review period: its score now and afterwards, and a row a KPI that moves."""

    title: str
    rows: tuple[tuple[str, str, str, str], ...]


def moves_views(found: Iterable[PeriodMoves]) -> tuple[MovesView, ...]:
    """A table a period, the newest first; the manager is named where several are scored."""
    periods = list(found)
    several = len({each.assignment.manager.id for each in periods}) > 1
    return tuple(_view(each, several) for each in periods)


@dataclass(frozen=True, slots=True)
class MovedView:
    """What one event of an upload moved: a sentence, and a table a review period."""

    said: str
    views: tuple[MovesView, ...]


def moved_view(found: EventMoves, zone: str) -> MovedView:
    """What an upload moved when it was loaded, or undone; ``zone``: the practice's clock."""
    return MovedView(
        event_words(found.event.cause, found.event.at, zone, bool(found.periods)),
        moves_views(found.periods),
    )


def moving(found: Iterable[PeriodMoves]) -> int:
    """How many KPIs move, each counted once."""
    return len({move.kpi.id for each in found for move in each.moves})


def _view(each: PeriodMoves, named: bool) -> MovesView:
    words = period_words(each.first, each.last) + (", so far" if each.so_far else "")
    who = f"{isolated(each.assignment.manager.name)}, " if named else ""
    return MovesView(
        f"{who}{words}: {_score(each.before, each.after)}",
        tuple(
            (
                move.kpi.name,
                _value(move.before),
                _value(move.after),
                f"{_points(move.before)} → {_points(move.after)}",
            )
            for move in each.moves
        ),
    )


def _score(before: Score, after: Score) -> str:
    if before.score == after.score:
        return "no score" if after.score is None else f"score {_shown(after)}, as before"
    return f"score {_shown(before)} → {_shown(after)}"


def _shown(score: Score) -> str:
    ratings = score.versions[-1].ratings if score.versions else None
    return show_score(score.score, ratings)


def _value(row: KpiScore) -> str:
    value = show(row.result.value, row.kpi.unit)
    if row.status is Status.SCORED:
        return value
    return f"{value} ({STATUS[row.status].lower()})"


def _points(row: KpiScore) -> str:
    return DASH if row.attainment is None else show(row.attainment, "count")
