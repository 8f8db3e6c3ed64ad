"""Reviews as the database keeps them: where they stand, their steps, and what was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from kpi.access.actor import Actor
from kpi.access.managers import Assignment, assignments_numbered
from kpi.access.practices import Practice
from kpi.errors import NotFound
from kpi.months import Month
from kpi.review.cycle.table import State
from kpi.store.reviews import final_reviews, review_steps, review_texts, reviews
from kpi.store.tables import practices

Part = Literal["manager", "supervisor", "answer"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a review: what was done, by whom, when (UTC); ``state`` is the one it led to."""

    place: int
    version: int
    action: str
    state: State
    by: str
    kind: str
    user: int | None
    at: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Text:
    """What one side wrote on a KPI, or on the period as a whole (``kpi`` is ``''``).

    ``draft`` is for its own side alone; ``handed_in`` is what it signed, None before. ``revision``
    grows with each saving.
    """

    part: Part
    kpi: str
    draft: str
    handed_in: str | None
    revision: int
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Review:
    """One manager's one review period. ``version``: 1, one more with each reopening.

    ``rating``: as the supervisor decided it, with the reason where it is not the one indicated.
    """

    number: int
    assignment: Assignment
    first: Month
    last: Month
    version: int
    state: State
    rating: str | None
    rating_reason: str | None
    due_on: date
    steps: tuple[Step, ...]

    def last_step(self, *actions: str) -> Step | None:
        """The latest step of this version that was one of the actions; None without one."""
        own = (each for each in reversed(self.steps) if each.version == self.version)
        return next((each for each in own if each.action in actions), None)

    @property
    def confirmed(self) -> Step | None:
        """The step by which HR confirmed the rating as it now is."""
        return self._since_supervised("confirm")

    @property
    def contest(self) -> Step | None:
        """The step by which the manager contested what the supervisor last signed."""
        return self._since_supervised("contest")

    @property
    def contest_answer(self) -> Step | None:
        """HR's latest answer to that contest."""
        return self._since_supervised("answer_contest")

    @property
    def unacknowledged(self) -> Step | None:
        """The step by which HR went on without the manager's acknowledgement."""
        return self._since_supervised("waive_acknowledgement")

    def _since_supervised(self, action: str) -> Step | None:
        found, signed = self.last_step(action), self.last_step("supervise")
        late = found is not None and signed is not None and found.place > signed.place
        return found if late else None


def get_review(
    connection: Connection, practice: Practice, number: int, *, lock: bool = False
) -> Review:
    """A practice's review of that number; with ``lock``, nobody else changes it meanwhile.

    Raises NotFound.
    """
    own = reviews.c.practice == practice.number, reviews.c.number == number
    found = _reviews(connection, *own, lock=lock)
    if not found:
        raise NotFound(f"{practice.id} has no review {number}; see them with: kpi review list")
    return found[0]


def reviews_of(connection: Connection, practice: Practice) -> list[Review]:
    """The reviews of a practice, in the order they were opened."""
    return _reviews(connection, reviews.c.practice == practice.number)


def seen_by(actor: Actor) -> list[ColumnElement[bool]]:
    """The conditions under which the actor may see a review: one of her or his practices; a manager
    her own."""
    found: list[ColumnElement[bool]] = []
    if actor.practices is not None:
        own = select(practices.c.number).where(practices.c.id.in_(actor.practices))
        found.append(reviews.c.practice.in_(own))
    if actor.kind == "manager":
        found.append(reviews.c.manager == actor.manager)
    return found


def reviews_seen(connection: Connection, actor: Actor, number: int | None = None) -> list[Review]:
    """The reviews that the actor may see, all or the one of that number, in the order they were
    opened."""
    named = [] if number is None else [reviews.c.number == number]
    return _reviews(connection, *seen_by(actor), *named)


def review_of_period(
    connection: Connection, assignment: Assignment, first: Month, last: Month
) -> Review | None:
    """The review of exactly this period of an assignment; None where there is none."""
    found = _reviews(
        connection,
        reviews.c.practice == assignment.practice.number,
        reviews.c.assignment == assignment.number,
        reviews.c.first_month == first.code,
        reviews.c.last_month == last.code,
    )
    return found[0] if found else None


def texts_of(connection: Connection, review: Review) -> list[Text]:
    """Everything that is written on a review, drafts among it: for ``seen`` to cut."""
    query = select(review_texts).where(
        review_texts.c.practice == review.assignment.practice.number,
        review_texts.c.review == review.number,
    )
    return [
        Text(row.part, row.kpi, row.draft, row.handed_in, row.revision, row.by, row.at)
        for row in connection.execute(query.order_by(review_texts.c.part, review_texts.c.kpi))
    ]


def final_row(
    connection: Connection, practice: int, number: int, version: int | None = None
) -> Row[Any] | None:
    """What was frozen of a review, in its latest version or in that one; None where nothing was."""
    query = (
        select(final_reviews)
        .where(final_reviews.c.practice == practice, final_reviews.c.review == number)
        .order_by(final_reviews.c.version.desc())
    )
    if version is not None:
        query = query.where(final_reviews.c.version == version)
    return connection.execute(query.limit(1)).first()


def final_months(connection: Connection, practice: Practice, role: str) -> frozenset[Month]:
    """The months that lie in a final scorecard of somebody under a role of the practice.

    While a review is reopened its months are not among them.
    """
    found: set[Month] = set()
    for each in reviews_of(connection, practice):
        if each.state is State.FINAL and each.assignment.role == role:
            found.update(each.assignment.months(each.first, each.last))
    return frozenset(found)


def _reviews(
    connection: Connection, *where: ColumnElement[bool], lock: bool = False
) -> list[Review]:
    query = select(reviews).where(*where).order_by(reviews.c.number)
    rows = connection.execute(query.with_for_update() if lock else query).all()
    if not rows:
        return []
    known = assignments_numbered(connection, select(reviews.c.assignment).where(*where))
    steps = _steps(connection, select(reviews.c.number).where(*where))
    return [
        Review(
            number=row.number,
            assignment=known[row.assignment],
            first=Month.from_code(row.first_month),
            last=Month.from_code(row.last_month),
            version=row.version,
            state=State(row.state),
            rating=row.rating,
            rating_reason=row.rating_reason,
            due_on=date.fromisoformat(row.due_on),
            steps=tuple(steps.get(row.number, ())),
        )
        for row in rows
    ]


def _steps(connection: Connection, numbers: Select[tuple[int]]) -> dict[int, list[Step]]:
    query = (
        select(review_steps)
        .where(review_steps.c.review.in_(numbers))
        .order_by(review_steps.c.review, review_steps.c.place)
    )
    found: dict[int, list[Step]] = {}
    for row in connection.execute(query):
        step = Step(
            row.place,
            row.version,
            row.action,
            State(row.state),
            row.by,
            row.kind,
            row.user,
            row.at,
            row.note,
        )
        found.setdefault(row.review, []).append(step)
    return found
