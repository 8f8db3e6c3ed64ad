"""A manager's score for a period, from the stored figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, select

from kpi.access.actor import Actor
from kpi.access.managers import Assignment, assignment_for
from kpi.access.practices import Practice
from kpi.catalogue import Kpi
from kpi.months import Month, span
from kpi.review.facts import build_facts
from kpi.review.past import Past
from kpi.review.periods import data_span
from kpi.review.versions import PublishedVersion, published, versions_in_force
from kpi.score.as_json import score_json
from kpi.score.model import Score
from kpi.score.scoring import score
from kpi.store.engine import reading
from kpi.store.tables import practices


@dataclass(frozen=True, slots=True)
class ManagerScore:
    """A manager's score and what it was computed from.

    ``hashes``: SHA-256 of each role version in force. ``data_version``: the practice's
    revision; the same revision gives the same score. ``data_through``: the last month
    with a record. ``retroactive``: reasons of versions that were published after they took effect.
    """

    assignment: Assignment
    role_title: str
    score: Score
    hashes: Mapping[str, str]
    retroactive: Mapping[str, str]
    data_version: int
    data_through: Month | None


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

    Months outside the assignment, and before the role's first effective month, are history and
    never score. ``so_far``: provisional, for a period that is not over: only the months that have
    data. Raises NotFound and InputError where the period fits no one assignment, NotPermitted
    where the actor may not see it.
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
    held = data_span(connection, assignment.practice) if past is None else past.span
    months = assignment.months(first, last)
    if so_far and held is not None:
        months = tuple(month for month in months if month <= held[1]) or months
    versions = published(connection, assignment.practice, assignment.role)
    ruling = versions_in_force(versions, months)
    # A role scores from its first effective month on; what lies before is history as well.
    months = tuple(month for each in ruling for month in each.months) or months
    read = _months_to_read(months, held)
    facts = build_facts(
        connection, assignment.practice, _kpis(versions), read, assignment.locations
    )
    if past is not None:
        facts = past.facts(facts, assignment.locations)
    newest = data_version(connection, assignment.practice)
    outcome = score(
        ruling,
        months[0],
        months[-1],
        facts,
        history=[month for month in read if held and held[0] <= month <= months[-1]],
        so_far=so_far,
        since=assignment.first,
    )
    in_force = {each.version for each in ruling}
    named = [each for each in versions if each.role.version in in_force]
    return ManagerScore(
        assignment=assignment,
        role_title=named[-1].role.title,
        score=outcome,
        hashes={each.role.version: each.role.sha256 for each in named},
        retroactive={
            each.role.version: each.retroactive_reason
            for each in named
            if each.retroactive_reason is not None
        },
        data_version=newest,
        data_through=held[1] if held else None,
    )


def score_document(found: ManagerScore) -> dict[str, Any]:
    """A score exactly as ``kpi score --format json`` gives it."""
    return {
        "manager": found.assignment.manager.id,
        "practice": found.assignment.practice.id,
        "role": found.assignment.role,
        **score_json(found.score),
    }


def data_version(connection: Connection, practice: Practice) -> int:
    """The practice's revision: the same revision gives the same score."""
    query = select(practices.c.revision).where(practices.c.number == practice.number)
    return int(connection.execute(query).scalar_one())


def _kpis(versions: Sequence[PublishedVersion]) -> list[Kpi]:
    return [each.role.kpi(target.kpi) for each in versions for target in each.role.targets]


def _months_to_read(months: Sequence[Month], held: tuple[Month, Month] | None) -> list[Month]:
    """The period, the year before it and the month that opens that, and all history for charts."""
    start = months[0] - 13
    return list(span(min(start, held[0]) if held else start, months[-1]))
