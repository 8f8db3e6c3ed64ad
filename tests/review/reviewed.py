"""A review of the office of ``tests.scored``, and the people who take their steps in it.

The quarter's score is 67.5, which is below ``developing`` at 70: the rating indicated is ``below``.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, select

from kpi.access.actor import Actor, operator
from kpi.months import Month
from kpi.review.cycle.acting import act
from kpi.review.cycle.listing import ReviewSeen, see_review
from kpi.review.cycle.opening import open_review
from kpi.review.cycle.reviews import Review
from kpi.review.cycle.table import Act, State
from kpi.review.cycle.writing import write_as_supervisor, write_own
from kpi.store import clock
from kpi.store.engine import reading, writing
from kpi.store.reviews import final_reviews, review_steps, review_texts, reviews
from tests.office import Office
from tests.scored import scored_office

FIRST, LAST = Month(2026, 1), Month(2026, 3)
HERE = frozenset({"lakeside"})
DANA = Actor("manager", "Dana Whitfield", "dana", HERE)
ERIN = Actor("manager", "Erin Example", "erin", HERE)
DR_LEE = Actor("physician", "Dr. Lee", practices=HERE)
HARPER = Actor("hr", "Harper Ross", practices=HERE)
PEOPLE: dict[str, Actor] = {
    "operator": operator(),
    "physician": DR_LEE,
    "manager": DANA,
    "other manager": ERIN,
    "hr": HARPER,
    "administrator": Actor("administrator", "Ada Stone"),
    "visitor": Actor("visitor", "Somebody"),
}
TABLES = (reviews, review_texts, review_steps, final_reviews)
WHOLE_TEXT = "Two of four fell short; the phones were down in February."


class Clock:
    """Stands at nine on 20 April 2026; each look at it takes a second."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def set_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the clock of everything that happens."""
    found = Clock()
    monkeypatch.setattr(clock, "instant", found)
    return found


class Reviewed:
    """One review of the first quarter, and what people do to it."""

    def __init__(self, engine: Engine, office: Office | None = None) -> None:
        self.office = office or scored_office(engine)
        self.engine = engine
        self.number = open_review(engine, HARPER, "lakeside", "dana", FIRST, LAST).number

    def act(self, actor: Actor, what: Act, note: str = "", rating: str | None = None) -> Review:
        return act(self.engine, actor, "lakeside", self.number, what, note, rating)

    def seen(self, actor: Actor = HARPER) -> ReviewSeen:
        return see_review(self.engine, actor, "lakeside", self.number)

    def write(self, actor: Actor, text: str, kpi: str = "", seen: int | None = None) -> int:
        part = "supervisor" if actor is DR_LEE else None
        if seen is None:
            seen = max(
                (each.revision for each in self.seen(actor).texts
                 if each.kpi == kpi and (part is None or each.part == part)
                 and each.part in self._parts(actor)),
                default=0,
            )  # fmt: skip
        if part == "supervisor":
            return write_as_supervisor(self.engine, actor, "lakeside", self.number, text, seen, kpi)
        return write_own(self.engine, actor, "lakeside", self.number, text, seen, kpi)

    def _parts(self, actor: Actor) -> tuple[str, ...]:
        if actor is DR_LEE:
            return ("supervisor",)
        return ("answer",) if self.state is State.SUPERVISED else ("manager",)

    @property
    def state(self) -> State:
        return self.seen().review.state

    def handed_in(self) -> "Reviewed":
        self.write(DANA, WHOLE_TEXT)
        self.act(DANA, "hand_in")
        return self

    def supervised(self, rating: str = "below", note: str = "") -> "Reviewed":
        self.handed_in()
        self.write(DR_LEE, "A hard quarter, well managed.")
        self.act(DR_LEE, "supervise", note, rating)
        return self

    def acknowledged(self) -> "Reviewed":
        self.supervised()
        self.act(DANA, "acknowledge")
        return self

    def contested(self, *, answered: bool = False) -> "Reviewed":
        self.supervised()
        self.act(DANA, "contest", "The phones were not mine to mend.")
        if answered:
            self.act(HARPER, "answer_contest", "Noted; the rating stands.")
        return self

    def final(self) -> "Reviewed":
        self.acknowledged()
        self.act(HARPER, "confirm")
        self.act(HARPER, "finalize", UNACKNOWLEDGED)
        return self


UNACKNOWLEDGED = "She was hired after the role was published and has read it since."

Rows = dict[str, list[dict[str, Any]]]


def kept(engine: Engine) -> Rows:
    """All that the database holds of reviews."""
    found: Rows = {}
    with reading(engine) as connection:
        for table in TABLES:
            ordered = select(table).order_by(*table.primary_key)
            found[table.name] = [dict(row._mapping) for row in connection.execute(ordered)]
    return found


def put_back(engine: Engine, rows: Rows) -> None:
    """Makes the database hold that of reviews and nothing else."""
    with writing(engine) as connection:
        for table in reversed(TABLES):
            connection.execute(delete(table))
        for table in TABLES:
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])
