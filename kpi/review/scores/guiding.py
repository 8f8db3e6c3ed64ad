"""What there is to talk about of a score: guidance for each KPI under its target."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from kpi.access.managers import Assignment
from kpi.months import span
from kpi.review.basis.inputs import Inputs
from kpi.review.basis.versions import published
from kpi.review.explained.movement import Moved, before, moved_between
from kpi.review.scores.scoring import ManagerScore
from kpi.score.exclusion import excluded_months
from kpi.score.guidance import Guidance, guidance, under_target
from kpi.score.model import KpiScore, Score
from kpi.store.engine import reading

_TELLING = ("provider", "location", "payer")  # a weekday is nobody to talk about


def guidance_on(
    connection: Connection,
    assignment: Assignment,
    inputs: Inputs,
    outcome: Score,
    *,
    with_moves: bool,
) -> list[Guidance]:
    """What to talk about of each KPI under its target, those that cost most points first.

    ``with_moves``: what moved a KPI against the period before is told too, which takes a walk
    through its records. Whoever calls has asked whether the actor may see the score.
    """
    role = inputs.versions[-1].role
    rows = [row for row in outcome.rows if under_target(row)]
    gated = {gate.kpi for gate in outcome.gates}
    found = []
    for row in sorted(rows, key=lambda each: -(each.points_lost or 0.0)):
        if not with_moves:
            found.append(guidance(role, row))
            continue
        months = assignment.months(outcome.first, outcome.last)
        out = excluded_months(inputs.exclusions, row.kpi.id, months, gated=row.kpi.id in gated)
        months = tuple(month for month in months if month not in out)
        earlier = span(*before(months[0], months[-1]))
        moved = moved_between(connection, assignment, row.kpi, months, earlier)
        if moved.split in _TELLING:
            found.append(guidance(role, row, moved.found, moved.split, moved.words))
        else:
            found.append(guidance(role, row))
    return found


def guided(engine: Engine, scored: ManagerScore) -> tuple[Guidance, ...]:
    """What to talk about of the score of a review, with what moved each KPI. Whoever has the score
    has been asked for it."""
    with reading(engine) as connection:
        return tuple(
            guidance_on(connection, scored.assignment, scored.inputs, scored.score, with_moves=True)
        )


def talk_about(
    engine: Engine, scored: ManagerScore, row: KpiScore, moved: Moved | None
) -> Guidance | None:
    """What to talk about of one KPI of a score; None where it is not under its target.

    ``moved``: why it moved, where that is known. Whoever has the score has been asked for it.
    """
    assignment = scored.assignment
    if not under_target(row):
        return None
    with reading(engine) as connection:
        versions = published(connection, assignment.practice, assignment.role)
    last = scored.score.versions[-1].version
    role = next(each.role for each in versions if each.role.version == last)
    if moved is None or moved.split not in _TELLING:
        return guidance(role, row)
    return guidance(role, row, moved.found, moved.split, moved.words)
