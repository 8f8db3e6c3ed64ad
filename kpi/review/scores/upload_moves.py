"""What an entry of the log moved: the KPIs of review periods before it and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from kpi.access.actor import Actor, require
from kpi.access.managers import Assignment, assignments_seen
from kpi.access.practices import get_practice
from kpi.catalogue import measures_of
from kpi.datasets import all_datasets
from kpi.errors import NotFound
from kpi.measures.figure_log import Event, Recorded, events_of, recorded_since
from kpi.months import Month
from kpi.review.basis.past import Past
from kpi.review.basis.periods import Period, periods_of
from kpi.review.scores.moves import LOOKED_BACK, PeriodMoves, differing, moves_document
from kpi.review.scores.scoring import score_assignment
from kpi.score.model import Score
from kpi.store.engine import reading


@dataclass(frozen=True, slots=True)
class EventMoves:
    """What one event of an upload moved: when it was loaded, and when it was undone."""

    event: Event
    periods: tuple[PeriodMoves, ...]


def upload_moves(
    engine: Engine, actor: Actor, practice_id: str, upload: int, today: date
) -> list[EventMoves]:
    """What an upload moved, event by event, in the review periods that there are now and the
    actor may see; each newest period first.

    All is judged by the roles of today. Raises NotFound and NotPermitted.
    """
    require(actor, "read_scores", practice_id)
    found = []
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        ids = events_of(connection, practice.number, upload)
        if not ids:
            return []
        names = [each.name for each in all_datasets()]
        events = recorded_since(connection, practice.number, names, min(ids))
        seen = [each for each in assignments_seen(connection, actor) if each.practice == practice]
        periods = [
            (each, first, last, so_far)
            for each in seen
            for (first, last), so_far in _periods(connection, each, today).items()
        ]
        past, left = Past(connection, practice, events), list(events)
        while left:
            event = left.pop()
            if event.event.id in ids:
                found.append(_of_event(connection, past, event, periods))
            else:
                past.take_back(event.moves)
    return found[::-1]


def upload_moves_document(found: Sequence[EventMoves]) -> list[dict[str, Any]]:
    """The same for JSON."""
    return [
        {
            "cause": each.event.cause.value,
            "at": each.event.at,
            "actor": each.event.actor,
            "periods": moves_document(each.periods),
        }
        for each in found
    ]


def _periods(connection: Connection, assignment: Assignment, today: date) -> dict[Period, bool]:
    """The review periods that there are, and whether each is under way."""
    complete, running = periods_of(connection, assignment, today)
    found = dict.fromkeys(complete, False)
    return found if running is None else {**found, running: True}


def _of_event(
    connection: Connection,
    past: Past,
    event: Recorded,
    periods: Sequence[tuple[Assignment, Month, Month, bool]],
) -> EventMoves:
    """Takes the event back, and compares the periods in whose reach it moved a figure."""
    codes = {move.figure.month for move in event.moves}
    reached = [
        (assignment, first, last, so_far)
        for assignment, first, last, so_far in periods
        if any((first - LOOKED_BACK).code <= code <= last.code for code in codes)
    ]

    def scores() -> list[Score | None]:
        found: list[Score | None] = []
        for each in reached:
            try:
                found.append(score_assignment(connection, *each, past).score)
            except NotFound:  # no role is published, so nothing is scored
                found.append(None)
        return found

    after = scores()
    past.take_back(event.moves)
    moved = []
    for (assignment, first, last, so_far), before, now in zip(
        reached, scores(), after, strict=True
    ):
        if before is None or now is None:
            continue
        unknown = past.not_followed(
            {name for row in now.rows for name in measures_of(row.kpi)}, assignment.locations
        )
        moves = tuple(
            move
            for move in differing(before, now)
            if not measures_of(move.kpi).intersection(unknown)
        )
        if moves or before.score != now.score:
            moved.append(PeriodMoves(assignment, first, last, so_far, before, now, moves))
    moved.sort(key=lambda each: (each.last, each.first), reverse=True)
    return EventMoves(event.event, tuple(moved))
