"""The reviews as pages and commands show them: which there are, and one as somebody sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from kpi.access.actor import Actor, may, require, require_own
from kpi.access.practices import get_practice
from kpi.errors import NotFound, RolecardError
from kpi.review.cycle.acting import held_already, ratings_of
from kpi.review.cycle.blockers import Blocker, blockers
from kpi.review.cycle.reviews import (
    Part,
    Review,
    Text,
    final_row,
    get_review,
    reviews_seen,
    seen_by,
    texts_of,
)  # fmt: skip
from kpi.review.cycle.seen import visible, writes
from kpi.review.cycle.table import (
    ACTS,
    WORDS,
    Act,
    Condition,
    State,
    lacking,
    move_of,
    not_his,
    not_now,
)
from kpi.review.frozen.canonical import read_document
from kpi.review.frozen.document import document_of, frozen_document
from kpi.review.scores.pay import pay_document
from kpi.review.scores.scoring import ManagerScore, data_version, score_assignment
from kpi.score.guidance import Guidance
from kpi.store.clock import today
from kpi.store.engine import reading
from kpi.store.reviews import final_reviews, reviews

GIVEN: tuple[Condition, ...] = ("note", "rating", "rating_reason", "no_blockers")
"""Conditions that depend on what is given with an act, or are told by the blockers."""


@dataclass(frozen=True, slots=True)
class ReviewListed:
    """A review in a list. ``days_left`` to the day it is due, negative once that is over, None once
    it is final; ``blockers``: what would keep it from being final, None where nobody asked."""

    review: Review
    days_left: int | None
    blockers: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class TextSeen:
    """A text that somebody sees. ``revision``: what saving over it has to name; 0 where the actor
    may not write it. ``handed_in``: whether all see what stands here."""

    part: Part
    kpi: str
    text: str
    revision: int
    by: str
    at: str
    handed_in: bool


@dataclass(frozen=True, slots=True)
class ActSeen:
    """Something that may be done to a review, and why the actor may not do it now, if so.

    ``asks``: what is to be given with it, a note or a rating.
    """

    act: Act
    words: str
    why_not: str | None
    asks: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """One final version of a review."""

    version: int
    sha256: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    """A review as an actor sees it. ``document``: its scorecard, frozen where it is final;
    ``acts``: all that is for people of the actor's kind, in the order of the cycle; ``ratings``:
    to choose from, best first; ``frozen``: what has been final, oldest first; ``pay``: what the
    role pays for it (``kpi.review.scores.pay``), None where it pays nothing and for whoever may
    not see pay."""

    review: Review
    document: Mapping[str, Any]
    texts: tuple[TextSeen, ...]
    acts: tuple[ActSeen, ...]
    blockers: tuple[Blocker, ...]
    ratings: tuple[str, ...]
    days_left: int | None
    frozen: tuple[Frozen, ...]
    pay: Mapping[str, Any] | None


def list_reviews(engine: Engine, actor: Actor, *, judged: bool = True) -> list[ReviewListed]:
    """The reviews that the actor may see, newest period first; a manager sees her own.

    ``judged``: with what would keep each from being final, which takes a score each.
    """
    require(actor, "read_scores")
    with reading(engine) as connection:
        found = reviews_seen(connection, actor)
        found.sort(key=lambda each: (each.last, each.number), reverse=True)
        return [
            ReviewListed(
                each,
                _days_left(each),
                tuple(one.sentence for one in _blockers(connection, each)) if judged else None,
            )
            for each in found
        ]


def in_the_way(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    number: int,
    scored: ManagerScore | None = None,
) -> tuple[str, ...]:
    """What would keep one review from being final, as ``list_reviews`` says of each. ``scored``:
    as for ``see_review``. Raises NotFound and NotPermitted."""
    require(actor, "read_scores", practice_id)
    with reading(engine) as connection:
        review = get_review(connection, get_practice(connection, practice_id), number)
        require_own(actor, review.assignment.manager.id)
        scored = _fresh(connection, review, scored)
        return tuple(each.sentence for each in _blockers(connection, review, scored))


def see_review(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    number: int,
    scored: ManagerScore | None = None,
    guided: Sequence[Guidance] | None = None,
) -> ReviewSeen:
    """One review as the actor sees it, and what she or he may do with it. ``scored``: the score of
    its months where the caller has it, and ``guided`` what to talk about of it; both are not taken
    where the data has left them behind. Raises NotFound and NotPermitted."""
    require(actor, "read_scores", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        review = get_review(connection, practice, number)
        require_own(actor, review.assignment.manager.id)
        final = review.state is State.FINAL
        period = review.assignment, review.first, review.last
        if not final:
            scored = _fresh(connection, review, scored)
            if scored is None:
                scored, guided = score_assignment(connection, *period), None
        document = (
            frozen_document(connection, review)
            if final
            else document_of(
                connection, *period, review=review, actor=actor, scored=scored, guided=guided
            )
        )
        return ReviewSeen(
            review=review,
            document=document,
            texts=tuple(_texts(texts_of(connection, review), actor)),
            acts=tuple(_acts(connection, actor, review)),
            blockers=() if final else tuple(blockers(document)),
            ratings=tuple(ratings_of(connection, review)),
            days_left=_days_left(review),
            frozen=tuple(_frozen(connection, review)),
            pay=_pay(connection, actor, review, None if final else scored),
        )


def review_numbered(engine: Engine, actor: Actor, number: int) -> Review:
    """The review of that number, wherever it is. Raises NotFound, also for whoever may not see it,
    and NotPermitted."""
    require(actor, "read_scores")
    with reading(engine) as connection:
        found = reviews_seen(connection, actor, number)
        if not found:
            raise NotFound(f"There is no review {number}; see them with: kpi review list")
        return found[0]


def waiting_for(engine: Engine, actor: Actor) -> int:
    """In how many reviews that the actor may see the next step is one of hers or his."""
    require(actor, "read_scores")
    own = [state for state, kind in TURN.items() if kind == actor.kind]
    query = select(func.count()).where(reviews.c.state.in_(own), *seen_by(actor))
    with reading(engine) as connection:
        return connection.execute(query).scalar_one()


TURN = {
    State.OPEN: "manager",
    State.SELF_ASSESSED: "physician",
    State.SUPERVISED: "manager",
    State.ACKNOWLEDGED: "hr",
    State.CONTESTED: "hr",
}
"""Whose turn it is, as a rule."""


def _days_left(review: Review) -> int | None:
    if review.state is State.FINAL:
        return None
    return (review.due_on - today(review.assignment.practice.timezone)).days


def _fresh(
    connection: Connection, review: Review, scored: ManagerScore | None
) -> ManagerScore | None:
    """A score that the data has not left behind."""
    now = data_version(connection, review.assignment.practice)
    return scored if scored is not None and scored.data_version == now else None


def _blockers(
    connection: Connection, review: Review, scored: ManagerScore | None = None
) -> Sequence[Blocker]:
    if review.state is State.FINAL:
        return ()
    try:
        return blockers(
            document_of(
                connection, review.assignment, review.first, review.last, review=review,
                scored=scored, guided=(),  # what to talk about keeps no review from being final
            )
        )  # fmt: skip
    except RolecardError as error:  # a role that cannot be read any more, for one
        return [Blocker("no_score", str(error))]


def _texts(texts: Sequence[Text], actor: Actor) -> list[TextSeen]:
    found = []
    for each in texts:
        said = visible(each, actor)
        own = writes(actor, each.part)
        if said is not None or own:
            found.append(
                TextSeen(
                    part=each.part,
                    kpi=each.kpi,
                    text=said or "",
                    revision=each.revision if own else 0,
                    by=each.by,
                    at=each.at,
                    handed_in=said == each.handed_in,
                )
            )
    return found


def _acts(connection: Connection, actor: Actor, review: Review) -> list[ActSeen]:
    assignment = review.assignment
    found = []
    for act in ACTS:
        refused = not_his(actor, assignment.practice.id, assignment.manager.id, act)
        if refused is not None and actor.kind != "operator":
            continue
        move = move_of(review.state, act)
        why = refused or not_now(review.state, act)
        if why is None and move is not None:
            why = lacking(move, [*held_already(connection, review, act), *GIVEN])
        asks = () if move is None else tuple(each for each in move.holds if each in GIVEN[:3])
        found.append(ActSeen(act, WORDS[act], why, asks))
    return found


def _pay(
    connection: Connection, actor: Actor, review: Review, scored: ManagerScore | None
) -> Mapping[str, Any] | None:
    """What was frozen of a final review's pay; of another, what its score gives now."""
    assignment = review.assignment
    if not may(actor, "read_pay", assignment.practice.id):
        return None
    if scored is None:
        row = final_row(connection, assignment.practice.number, review.number, review.version)
        pay = None if row is None else row.pay
        return None if pay is None else read_document(pay.encode(), "pay")
    return pay_document(scored.inputs, scored.score, review.rating)


def _frozen(connection: Connection, review: Review) -> list[Frozen]:
    query = (
        select(final_reviews)
        .where(
            final_reviews.c.practice == review.assignment.practice.number,
            final_reviews.c.review == review.number,
        )
        .order_by(final_reviews.c.version)
    )
    return [Frozen(row.version, row.sha256, row.by, row.at) for row in connection.execute(query)]
