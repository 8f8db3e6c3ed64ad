"""A manager's own file: all that a practice holds about her as a manager, for her to take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, select

from kpi.access.actor import Actor, require, require_own, require_score
from kpi.access.exports import note_export
from kpi.access.managers import assigned_to, known_manager, list_assignments
from kpi.access.practices import Practice, get_practice
from kpi.errors import NotFound, RolecardError
from kpi.review.basis.exclusions import exclusion_document, exclusions_of, leave_document
from kpi.review.basis.versions import published
from kpi.review.cycle.plan import action_document, plan_of
from kpi.review.cycle.reviews import Review, reviews_of
from kpi.review.cycle.table import State
from kpi.review.frozen.canonical import hash_of_bytes, read_document
from kpi.review.frozen.document import document_of
from kpi.review.roles.acknowledging import acknowledgements
from kpi.store.engine import reading
from kpi.store.reviews import final_reviews


@dataclass(frozen=True, slots=True)
class OwnScorecard:
    """One scorecard of a manager: of a final version of a review, or of an open review as it
    stands. ``problem``: why there is no document, in a sentence."""

    review: int
    version: int
    first: str
    last: str
    final: bool
    document: dict[str, Any] | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What one practice holds: a record, and the scorecards, fetched as they are asked for."""

    record: dict[str, Any]
    scorecards: Iterator[OwnScorecard]


def take_own_file(
    engine: Engine, actor: Actor, manager_id: str, practice_id: str | None = None
) -> list[OwnPart]:
    """A manager's own file, a part for each practice that she is or was assigned to, or for the one
    named; that it is taken away stands in the trail.

    Raises NotPermitted, also for a manager who asks for another's, and NotFound.
    """
    require(actor, "read_scores", practice_id)
    require_own(actor, manager_id)
    places = dict.fromkeys(
        each.practice.id
        for each in list_assignments(engine, actor)
        if each.manager.id == manager_id and practice_id in (None, each.practice.id)
    )
    if not places:
        where = f" at {practice_id}" if practice_id else ""
        raise NotFound(f"There is no manager {manager_id}{where}; see them with: kpi manager list")
    for each in places:
        note_export(engine, actor, each, f"own file of {manager_id}")
    return [
        OwnPart(
            own_record(engine, actor, manager_id, each),
            own_scorecards(engine, actor, manager_id, each),
        )
        for each in places
    ]


def own_record(engine: Engine, actor: Actor, manager_id: str, practice_id: str) -> dict[str, Any]:
    """What a practice holds of a manager besides her scorecards, as JSON: assignments with leave,
    role versions with their texts and whether she acknowledged them, exclusions (withdrawn ones
    among them), and the development plan. Raises NotFound and NotPermitted."""
    require_score(actor, practice_id, manager_id)
    signed = [
        each
        for each in acknowledgements(engine, actor, practice_id)
        if each.manager.id == manager_id
    ]
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        manager = known_manager(connection, manager_id)
        assignments = assigned_to(connection, practice, manager_id)
        texts = {
            each.role.sha256: each.role.text
            for role in dict.fromkeys(one.role for one in signed)
            for each in published(connection, practice, role)
        }
    return {
        "manager": manager.id,
        "manager_name": manager.name,
        "practice": practice.id,
        "practice_name": practice.name,
        "timezone": practice.timezone,
        "assignments": [
            {
                "role": each.role,
                "from": str(each.first),
                "to": None if each.last is None else str(each.last),
                "locations": list(each.locations),
                "leave": leave_document(each.leave),
            }
            for each in assignments
        ],
        "role_versions": [
            {
                "role": each.role,
                "title": each.title,
                "version": each.version,
                "sha256": each.sha256,
                "from": str(each.first),
                "to": None if each.last is None else str(each.last),
                "acknowledged": None
                if each.acknowledged is None
                else {"by": each.acknowledged.by, "at": each.acknowledged.at},
                "text": texts[each.sha256],
            }
            for each in signed
        ],
        "exclusions": [
            {**exclusion_document(each), "withdrawn_at": each.withdrawn_at}
            for each in exclusions_of(engine, actor, manager_id, practice_id)
        ],
        "plan": [action_document(each) for each in plan_of(engine, actor, manager_id, practice_id)],
    }


def own_scorecards(
    engine: Engine, actor: Actor, manager_id: str, practice_id: str
) -> Iterator[OwnScorecard]:
    """Every scorecard of a manager's reviews at a practice, one after the other: each final version
    as it was frozen, an open review with what the actor may see. Raises NotFound and NotPermitted.
    """
    require_score(actor, practice_id, manager_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        found = [
            each
            for each in reviews_of(connection, practice)
            if each.assignment.manager.id == manager_id
        ]
    for review in found:
        with reading(engine) as connection:
            yield from _frozen(connection, practice, review)
            if review.state is not State.FINAL:
                yield _open(connection, actor, review)


def _frozen(connection: Connection, practice: Practice, review: Review) -> Iterator[OwnScorecard]:
    query = select(final_reviews).where(
        final_reviews.c.practice == practice.number, final_reviews.c.review == review.number
    )
    for row in connection.execute(query.order_by(final_reviews.c.version)).all():
        content = row.document.encode()
        intact = hash_of_bytes(content) == row.sha256
        yield OwnScorecard(
            review.number, row.version, str(review.first), str(review.last), True,
            read_document(content, f"review {review.number}") if intact else None,
            "" if intact else (
                f"What was frozen of review {review.number}, version {row.version}, is no longer "
                "what it was, so it is left out; ask HR."
            ),
        )  # fmt: skip


def _open(connection: Connection, actor: Actor, review: Review) -> OwnScorecard:
    named = (review.number, review.version, str(review.first), str(review.last), False)
    try:
        document = document_of(
            connection, review.assignment, review.first, review.last, review=review, actor=actor
        )
    except RolecardError as error:
        return OwnScorecard(*named, None, f"Review {review.number} has no scorecard now: {error}")
    return OwnScorecard(*named, document)
