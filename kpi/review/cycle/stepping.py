"""Taking a step of a review: it is held against the table, written down, and put into the trail."""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import Connection, insert, update

from kpi.access import trail
from kpi.access.actor import Actor
from kpi.errors import InputError, NotPermitted
from kpi.review.cycle.reviews import Review, Step
from kpi.review.cycle.table import Act, Move, State, move_of, not_his, not_now
from kpi.store import clock
from kpi.store.reviews import review_steps, reviews

LONGEST = 10_000
"""Characters that a text may have."""

_UNSEEN = ("Cc", "Cs", "Co", "Cn")


def allowed_move(actor: Actor, review: Review, act: Act) -> Move:
    """The row of the table for this act by this actor. Raises NotPermitted where it is not for
    him, InputError where it is not to be done in this state."""
    assignment = review.assignment
    refused = not_his(actor, assignment.practice.id, assignment.manager.id, act)
    if refused is not None:
        raise NotPermitted(refused)
    move = move_of(review.state, act)
    if move is None:
        raise InputError(not_now(review.state, act))
    return move


def next_step(
    actor: Actor, review: Review, act: str, state: State, note: str = "", version: int | None = None
) -> Step:
    """The step as it would be taken now. Raises InputError where the clock stands before the last
    step: steps have to follow one another."""
    moment = clock.now()
    last = review.steps[-1] if review.steps else None
    if last is not None and moment < last.at:
        raise InputError(
            f"This machine's clock says {moment} (UTC), before the review's last step, {last.at}. "
            "Set the clock right, then try again."
        )
    return Step(
        place=1 if last is None else last.place + 1,
        version=review.version if version is None else version,
        action=act,
        state=state,
        by=actor.label,
        kind=actor.kind,
        user=actor.user,
        at=moment,
        note=note or None,
    )


def take(
    connection: Connection, actor: Actor, review: Review, step: Step, said: str, **values: Any
) -> None:
    """Writes a step down with what it changes of the review (``values``), and puts into the trail
    that it was done, never what was written."""
    assignment = review.assignment
    practice = assignment.practice.number
    connection.execute(
        insert(review_steps).values(
            practice=practice, review=review.number, place=step.place, version=step.version,
            action=step.action, state=step.state.value, by=step.by, kind=step.kind,
            user=step.user, at=step.at, note=step.note,
        )
    )  # fmt: skip
    details = {name: values.pop(name) for name in ("sha256",) if name in values}
    connection.execute(
        update(reviews)
        .where(reviews.c.practice == practice, reviews.c.number == review.number)
        .values(state=step.state.value, version=step.version, **values)
    )
    trail.note(
        connection, actor, "review",
        f"review {review.number} of {assignment.manager.id}, {review.first} to {review.last}: "
        f"{said}",
        practice, version=step.version, **details,
    )  # fmt: skip


def checked_text(text: str, what: str) -> str:
    """A text without signs that nothing can show, and without spaces round it. Raises InputError
    where it is too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        each for each in lines if each in "\n\t" or unicodedata.category(each) not in _UNSEEN
    ).strip()
    if len(kept) > LONGEST:
        raise InputError(f"{what} has up to {LONGEST:,} characters; this one has {len(kept):,}.")
    return kept
