"""Opening reviews: one, or one for everyone whose review period is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, Engine, insert, select

from kpi.access.actor import Actor, require
from kpi.access.managers import Assignment, assignment_for, assignments_seen
from kpi.errors import InputError
from kpi.months import Month, period_words
from kpi.review.basis.periods import Period, periods_over
from kpi.review.cycle.reviews import Review, get_review, reviews_of, reviews_seen
from kpi.review.cycle.stepping import next_step, take
from kpi.review.cycle.table import State
from kpi.store.clock import today
from kpi.store.engine import reading, writing
from kpi.store.reviews import reviews
from kpi.store.tables import assignments

DAYS = 30
"""From the opening of a review to the day it is due, where nobody says another."""


@dataclass(frozen=True, slots=True)
class Due:
    """A review that is to be opened: the period is over, and there is none for it yet."""

    assignment: Assignment
    first: Month
    last: Month


def open_review(
    engine: Engine,
    actor: Actor,
    practice_id: str | None,
    manager_id: str,
    first: Month,
    last: Month,
    due_on: date | None = None,
) -> Review:
    """Opens the review of a manager's period, due in 30 days unless a day is given. Without a
    practice, at the one where the manager has these months.

    Raises InputError for a period that is no complete review period of the role, or overlaps
    another review's, NotFound, NotPermitted.
    """
    require(actor, "review_hr", practice_id)
    with writing(engine) as connection:
        assignment = assignment_for(connection, actor, manager_id, first, last, practice_id)
        require(actor, "review_hr", assignment.practice.id)
        return _open(connection, actor, assignment, (first, last), due_on)


def due_to_open(engine: Engine, actor: Actor) -> list[Due]:
    """Everything due: of each assignment that the actor may see, the review periods that are over
    since its last review; where there was none yet, the last one that is over."""
    require(actor, "review_hr")
    with reading(engine) as connection:
        return _due(connection, actor)


def open_due(engine: Engine, actor: Actor, due_on: date | None = None) -> list[Review]:
    """Opens everything due, all or nothing. Raises NotPermitted."""
    require(actor, "review_hr")
    with writing(engine) as connection:
        return [
            _open(connection, actor, each.assignment, (each.first, each.last), due_on)
            for each in _due(connection, actor)
        ]


def _due(connection: Connection, actor: Actor) -> list[Due]:
    opened: dict[int, Month] = {}
    for each in reviews_seen(connection, actor):
        number = each.assignment.number
        opened[number] = max(each.last, opened.get(number, each.last))
    found = []
    for assignment in assignments_seen(connection, actor):
        over = periods_over(connection, assignment, today(assignment.practice.timezone))
        after = opened.get(assignment.number)
        wanted = over[:1] if after is None else [each for each in over if each[0] > after]
        found += [Due(assignment, *each) for each in reversed(wanted)]
    return found


def _open(
    connection: Connection,
    actor: Actor,
    assignment: Assignment,
    period: Period,
    due_on: date | None,
) -> Review:
    # Two who open at once wait for each other here, where the database does not make them anyway.
    row = select(assignments.c.number).where(assignments.c.number == assignment.number)
    connection.execute(row.with_for_update())
    day = today(assignment.practice.timezone)
    _refuse_incomplete(connection, assignment, period, day)
    _refuse_overlap(connection, assignment, period)
    first, last = period
    if due_on is not None and due_on < day:
        raise InputError(f"{due_on} is over; give a day from today on by which it is due.")
    number = connection.execute(
        insert(reviews)
        .values(
            practice=assignment.practice.number, assignment=assignment.number,
            manager=assignment.manager.id, first_month=first.code, last_month=last.code,
            version=1, state=State.OPEN.value,
            due_on=(due_on or day + timedelta(days=DAYS)).isoformat(),
        )
        .returning(reviews.c.number)
    ).scalar_one()  # fmt: skip
    review = get_review(connection, assignment.practice, number)
    take(connection, actor, review, next_step(actor, review, "open", State.OPEN), "open it")
    return get_review(connection, assignment.practice, number)


def _refuse_incomplete(
    connection: Connection, assignment: Assignment, period: Period, day: date
) -> None:
    over = periods_over(connection, assignment, day)
    if period in over:
        return
    asked = period_words(*period)
    known = "; ".join(f"{first} to {last}" for first, last in over[:4])
    held = f"the last that are: {known}" if known else "none is yet"
    raise InputError(
        f"{asked} is no review period of {assignment.manager.name}'s role that is over: {held}."
    )


def _refuse_overlap(connection: Connection, assignment: Assignment, period: Period) -> None:
    for each in reviews_of(connection, assignment.practice):
        own = each.assignment.manager == assignment.manager
        if own and each.first <= period[1] and period[0] <= each.last:
            raise InputError(
                f"{assignment.manager.name} has review {each.number} for {each.first} to "
                f"{each.last}, which is {each.state.words}; periods may not overlap."
                + (" HR may reopen it." if each.state is State.FINAL else "")
            )
