"""What a list asks of many reviews: worked out once for a revision of the practice's data, and
kept; whether the actor may see it is asked every time."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import Engine

from dashboards import data
from dashboards.kept import Kept, Key
from kpi.access.actor import Actor, require_score
from kpi.errors import RolecardError
from kpi.review.cycle.listing import ReviewSeen, in_the_way, see_review
from kpi.review.cycle.reviews import Review
from kpi.review.cycle.table import State
from kpi.review.frozen.verifying import Verification, verify_review
from kpi.review.scores.scoring import ManagerScore

# What a review shows rests on its steps and on what makes the practice's revision grow.
_BLOCKED: Kept[tuple[str, ...]] = Kept(1024)
_VERIFIED: Kept[Verification] = Kept(1024)


def blocked(engine: Engine, actor: Actor, review: Review) -> tuple[str, ...]:
    """What keeps a review from being final, in sentences. Raises NotPermitted."""

    def look() -> tuple[str, ...]:
        scored = None
        with suppress(RolecardError):  # where there is no score, that is in the way
            scored = _score(engine, actor, review)
        where = review.assignment.practice.id
        return in_the_way(engine, actor, where, review.number, scored)

    return _BLOCKED.get(_key(engine, actor, review), look)


def verified(engine: Engine, actor: Actor, review: Review) -> Verification:
    """What came of verifying a final review, no older than the data. Raises NotPermitted."""
    key, where = _key(engine, actor, review), review.assignment.practice.id
    return _VERIFIED.get(key, lambda: verify_review(engine, actor, where, review.number))


def see(engine: Engine, actor: Actor, review: Review) -> ReviewSeen:
    """A review as the actor sees it, with the score that is kept, and what to talk about of it.
    Raises NotPermitted."""
    scored = None if review.state is State.FINAL else _score(engine, actor, review)
    guided = None if scored is None else data.guided(engine, actor, scored)
    where = review.assignment.practice.id
    return see_review(engine, actor, where, review.number, scored, guided)


def _score(engine: Engine, actor: Actor, review: Review) -> ManagerScore:
    return data.score(engine, actor, review.assignment, review.first, review.last)


def _key(engine: Engine, actor: Actor, review: Review) -> Key:
    assignment = review.assignment
    require_score(actor, assignment.practice.id, assignment.manager.id)
    revision = data.revision(engine, assignment.practice)
    steps = len(review.steps)
    return str(engine.url), assignment.practice.number, review.number, steps, revision
