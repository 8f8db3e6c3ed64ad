"""What a file would move: the KPIs of review periods before it is loaded and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, select

from kpi.access.actor import Actor, require
from kpi.access.managers import Assignment, assignments_seen
from kpi.access.practices import Practice, get_practice
from kpi.catalogue import Kpi
from kpi.errors import NotFound
from kpi.months import Month
from kpi.review.basis.periods import Period, periods_of
from kpi.review.scores.scoring import score_assignment
from kpi.score.model import KpiScore, Score
from kpi.store.engine import reading
from kpi.store.tables import dataset_months, monthly_histograms, monthly_measures

LOOKED_BACK = 13
"""Months before a period that its KPIs read: growth compares with a year ago, and opens there."""


@dataclass(frozen=True, slots=True)
class Move:
    """One KPI that has another value, status or attainment afterwards."""

    kpi: Kpi
    before: KpiScore
    after: KpiScore


@dataclass(frozen=True, slots=True)
class PeriodMoves:
    """What moves in one review period of a manager. ``so_far``: it is under way."""

    assignment: Assignment
    first: Month
    last: Month
    so_far: bool
    before: Score
    after: Score
    moves: tuple[Move, ...]


def moves(
    engine: Engine, would: Connection, actor: Actor, practice_id: str, today: date
) -> list[PeriodMoves]:
    """The review periods in which something moves, of the managers whose score the actor may see,
    newest period first; none of a practice that scores nobody.

    ``would`` sees the database as it would be: ``kpi.ingest.ingestion.ingest`` hands it to what
    looks at a dry run. ``engine`` still gives what stands. Raises NotFound and NotPermitted.
    """
    require(actor, "read_scores", practice_id)
    found = []
    with reading(engine) as stands:
        practice = get_practice(stands, practice_id)
        moved = _months_moved(stands, would, practice)
        for assignment in assignments_seen(stands, actor):
            if assignment.practice == practice and moved:
                found += _of_assignment(stands, would, assignment, moved, today)
    return sorted(found, key=lambda each: (each.last, each.first), reverse=True)


def moves_document(found: Sequence[PeriodMoves]) -> list[dict[str, Any]]:
    """The same for JSON; percent values are fractions, a figure that does not exist is None."""
    return [
        {
            "manager": each.assignment.manager.id,
            "practice": each.assignment.practice.id,
            "from": str(each.first),
            "to": str(each.last),
            "so_far": each.so_far,
            "score": {"before": each.before.score, "after": each.after.score},
            "kpis": [
                {
                    "id": move.kpi.id,
                    "before": _document(move.before),
                    "after": _document(move.after),
                }
                for move in each.moves
            ],
        }
        for each in found
    ]


def _document(row: KpiScore) -> dict[str, Any]:
    return {
        "status": row.status.value,
        "value": row.result.value,
        "attainment": row.attainment,
    }


def _of_assignment(
    stands: Connection, would: Connection, assignment: Assignment, moved: set[Month], today: date
) -> list[PeriodMoves]:
    found = []
    for (first, last), so_far in _periods(stands, would, assignment, today).items():
        if not any(first - LOOKED_BACK <= month <= last for month in moved):
            continue
        try:
            before, after = (
                score_assignment(connection, assignment, first, last, so_far).score
                for connection in (stands, would)
            )
        except NotFound:  # no role is published, so nothing is scored
            return []
        moves = differing(before, after)
        if moves or before.score != after.score:
            found.append(PeriodMoves(assignment, first, last, so_far, before, after, moves))
    return found


def _periods(
    stands: Connection, would: Connection, assignment: Assignment, today: date
) -> dict[Period, bool]:
    """The review periods there are before or after, and whether each would be under way still."""
    found: dict[Period, bool] = {}
    for connection in (stands, would):
        complete, running = periods_of(connection, assignment, today)
        if running is not None:
            found[running] = True
        found |= dict.fromkeys(complete, False)
    return found


def differing(before: Score, after: Score) -> tuple[Move, ...]:
    """The KPIs that stand in both scores and are not the same in them."""
    earlier = {row.kpi.id: row for row in before.rows}
    return tuple(
        Move(row.kpi, earlier[row.kpi.id], row)
        for row in after.rows
        if row.kpi.id in earlier and _figures(row) != _figures(earlier[row.kpi.id])
    )


def _figures(row: KpiScore) -> tuple[object, ...]:
    return row.status, row.result.value, row.attainment


def _months_moved(stands: Connection, would: Connection, practice: Practice) -> set[Month]:
    """The months of which any stored figure differs."""
    codes: set[int] = set()
    for table in (monthly_measures, monthly_histograms, dataset_months):
        query = select(table).where(table.c.practice == practice.number)
        before, after = (
            {tuple(row) for row in connection.execute(query)} for connection in (stands, would)
        )
        place = list(table.c.keys()).index("month")
        codes |= {row[place] for row in before ^ after}
    return {Month.from_code(code) for code in codes}
