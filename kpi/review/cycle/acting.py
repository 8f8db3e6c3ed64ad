"""The steps of a review, each held against the table of ``kpi.review.cycle.table``."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Engine

from kpi.access.actor import Actor, require
from kpi.access.practices import get_practice
from kpi.errors import InputError
from kpi.review.basis.versions import published
from kpi.review.cycle.reviews import Part, Review, get_review, texts_of
from kpi.review.cycle.stepping import allowed_move, checked_text, next_step, take
from kpi.review.cycle.table import WORDS, Act, Condition, Move, lacking
from kpi.review.cycle.writing import WHOLE, hand_in
from kpi.review.frozen.finalizing import freeze, lock_figures
from kpi.review.scores.scoring import score_assignment
from kpi.store.engine import reading, writing

UNRATED = "below"
"""What a score is rated that reaches none of a role's ratings."""

_WRITTEN: dict[Act, Part] = {
    "write_self": "manager",
    "write_supervisor": "supervisor",
    "write_answer": "answer",
}
_HANDS_IN: dict[Act, Part] = {
    "hand_in": "manager",
    "supervise": "supervisor",
    "acknowledge": "answer",
    "contest": "answer",
}


def act(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    number: int,
    act: Act,
    note: str = "",
    rating: str | None = None,
) -> Review:
    """Takes a step of a review; gives the review as it then is.

    ``note``: the reason, the contest or its answer; of ``supervise`` the reason where ``rating`` is
    not the one that the score indicates; of ``finalize`` the reason to do so all the same where
    one is enough. Raises InputError with everything that keeps the step from being taken, NotFound,
    NotPermitted.
    """
    require(actor, "read_scores", practice_id)
    said = checked_text(note, "A reason")
    if act in _WRITTEN:
        raise InputError(f"To {WORDS[act]}, save a text.")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine) as connection:
        if act == "finalize":
            lock_figures(connection, practice)
        review = get_review(connection, practice, number, lock=True)
        move = allowed_move(actor, review, act)
        held = _held(connection, review, move, said, rating)
        missing = lacking(move, held)
        if missing is not None:
            raise InputError(missing)
        if act in _HANDS_IN:
            hand_in(connection, review, _HANDS_IN[act])
        again = act == "reopen"
        step = next_step(actor, review, act, move.next, said, review.version + 1 if again else None)
        values: dict[str, Any] = {}
        if act == "supervise":
            values = {"rating": rating, "rating_reason": said or None}
        elif act in ("reopen", "send_back"):
            values = {"rating": None, "rating_reason": None}
        elif act == "finalize":
            values = {"sha256": freeze(connection, review, step)}
        take(connection, actor, review, step, WORDS[act], **values)
        return get_review(connection, practice, number)


def ratings_of(connection: Connection, review: Review) -> list[str]:
    """The ratings that a supervisor chooses from, best first: those of the role's version that
    judges the period's end."""
    assignment = review.assignment
    versions = published(connection, assignment.practice, assignment.role)
    judging = [each for each in versions if each.effective <= review.last] or versions[:1]
    ratings = judging[-1].role.ratings
    return [*sorted(ratings, key=lambda name: -ratings[name]), UNRATED]


def held_already(connection: Connection, review: Review, act: Act) -> set[Condition]:
    """Which conditions of an act hold before anything is given with it."""
    held: set[Condition] = set()
    part = _HANDS_IN.get(act)
    if part is not None and _on_the_whole(connection, review, part):
        held.add("text_on_the_whole")
    if review.contest is None or review.contest_answer is not None:
        held.add("answered")
    held.add("not_confirmed" if review.confirmed is None else "confirmed")
    return held


def _held(
    connection: Connection, review: Review, move: Move, note: str, rating: str | None
) -> Collection[Condition]:
    held = held_already(connection, review, move.act)
    if note:
        held.add("note")
    if move.act == "supervise":
        known = ratings_of(connection, review)
        if rating is not None and rating not in known:
            raise InputError(
                f"'{rating}' is no rating of the role; choose from {', '.join(known)}."
            )
        if rating is not None:
            held.add("rating")
        if note or rating == _indicated(connection, review):
            held.add("rating_reason")
    # What else keeps a review from being final is found, all at once, when it is frozen.
    held.add("no_blockers")
    return held


def _indicated(connection: Connection, review: Review) -> str | None:
    found = score_assignment(connection, review.assignment, review.first, review.last)
    return found.score.rating


def _on_the_whole(connection: Connection, review: Review, part: Part) -> bool:
    texts = texts_of(connection, review)
    return any(each.part == part and each.kpi == WHOLE and each.draft for each in texts)
