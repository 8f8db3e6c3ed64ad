"""A manager's score for a period, from the stored figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, select

from kpi.access.actor import Actor
from kpi.access.managers import Assignment, assignment_for
from kpi.access.practices import Practice
from kpi.months import Month
from kpi.review.basis.exclusions import Recorded, exclusion_document, leave_document, standing
from kpi.review.basis.inputs import Inputs, inputs_of, score_of, score_without
from kpi.review.basis.past import Past
from kpi.review.scores.taken_over import inherited_by, inherited_document
from kpi.score.as_json import score_json
from kpi.score.inherited import Inherited
from kpi.score.model import Score
from kpi.store.engine import reading
from kpi.store.tables import practices


@dataclass(frozen=True, slots=True)
class ManagerScore:
    """A manager's score and what it was computed from, its ``inputs``.

    ``hashes``: SHA-256 of each role version in force. ``data_version``: the practice's
    revision; the same revision gives the same score. ``data_through``: the last month
    with a record. ``retroactive``: reasons of versions that were published after they took effect.
    ``leave``: the period's months of leave. ``exclusions``: what HR took out of the period, and
    ``without``: the score as it would be had nothing been; None where nothing was. ``inherited``:
    balances taken over, where the assignment began in the period or shortly before it.
    """

    assignment: Assignment
    role_title: str
    score: Score
    inputs: Inputs
    hashes: Mapping[str, str]
    retroactive: Mapping[str, str]
    data_version: int
    data_through: Month | None
    leave: tuple[Month, ...] = ()
    exclusions: tuple[Recorded, ...] = ()
    without: Score | None = None
    inherited: tuple[Inherited, ...] = ()


def score_manager(
    engine: Engine,
    actor: Actor,
    manager_id: str,
    first: Month,
    last: Month,
    practice_id: str | None = None,
    so_far: bool = False,
) -> ManagerScore:
    """The score of a manager from the first month to the last, both included.

    Months outside the assignment or on leave, and before the role's first effective month, are
    history and never score. ``so_far``: provisional, for a period that is not over: only the
    months that have data. Raises NotFound and InputError where the period fits no one assignment,
    NotPermitted where the actor may not see it.
    """
    with reading(engine) as connection:
        assignment = assignment_for(connection, actor, manager_id, first, last, practice_id)
        return score_assignment(connection, assignment, first, last, so_far)


def score_assignment(
    connection: Connection,
    assignment: Assignment,
    first: Month,
    last: Month,
    so_far: bool = False,
    past: Past | None = None,
) -> ManagerScore:
    """The score of an assignment's months, as a connection sees the figures, or as they stood in
    the ``past``. Whoever calls has asked whether the actor may see it. Raises NotFound where no
    role is published."""
    inputs = inputs_of(connection, assignment, first, last, so_far, past)
    outcome, named = score_of(inputs), inputs.versions
    return ManagerScore(
        assignment=assignment,
        role_title=named[-1].role.title,
        score=outcome,
        inputs=inputs,
        hashes={each.role.version: each.role.sha256 for each in named},
        retroactive={
            each.role.version: each.retroactive_reason
            for each in named
            if each.retroactive_reason is not None
        },
        data_version=data_version(connection, assignment.practice),
        data_through=inputs.held[1] if inputs.held else None,
        leave=assignment.away(first, last),
        exclusions=tuple(standing(connection, assignment, inputs.first, inputs.last)),
        without=score_without(inputs),
        inherited=tuple(inherited_by(assignment, inputs, outcome)),
    )


def score_document(found: ManagerScore) -> dict[str, Any]:
    """A score exactly as ``kpi score --format json`` gives it."""
    return {
        "manager": found.assignment.manager.id,
        "practice": found.assignment.practice.id,
        "role": found.assignment.role,
        **score_json(found.score),
        "leave": leave_document(found.leave),
        "inherited": [inherited_document(each) for each in found.inherited],
        "exclusions": [exclusion_document(each) for each in found.exclusions],
        "without_exclusions": None if found.without is None else score_json(found.without),
    }


def data_version(connection: Connection, practice: Practice) -> int:
    """The practice's revision: the same revision gives the same score."""
    query = select(practices.c.revision).where(practices.c.number == practice.number)
    return int(connection.execute(query).scalar_one())
