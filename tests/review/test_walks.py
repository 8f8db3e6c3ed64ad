"""A review walked through in any order by anybody stays one that its own table allows."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.errors import RolecardError
from kpi.review.frozen.verifying import verify_review
from tests.office import Office
from tests.review.reviewed import (
    DANA,
    DR_LEE,
    HARPER,
    PEOPLE,
    UNACKNOWLEDGED,
    Clock,
    Reviewed,
    kept,
    put_back,
)
from tests.review.test_cycle import ALLOWED, STEPS

WALKS = st.lists(
    st.tuples(st.sampled_from(STEPS), st.sampled_from(sorted(PEOPLE)), st.integers(0, 5)),
    min_size=8,
    max_size=22,
)


@dataclass
class Model:
    """What has to be so, kept by the rules of docs/reviews.md alone."""

    state: str = "open"
    version: int = 1
    written: bool = False  # the supervisor, on the whole
    confirmed: bool = False
    answered: bool = True
    steps: int = 1
    finals: int = 0

    def allows(self, what: str, who: str) -> bool:
        people, _ = ALLOWED.get((self.state, what), ("", ""))
        held = {
            "supervise": self.written,
            "confirm": self.answered and not self.confirmed,
            "finalize": self.answered and self.confirmed,
        }
        return who in people.split(", ") and held.get(what, True)

    def does(self, what: str) -> None:
        self.state = ALLOWED[self.state, what][1]
        self.steps += 1
        if what == "confirm":
            self.confirmed = True
        elif what == "contest":
            self.answered = False
        elif what == "answer_contest":
            self.answered = True
        elif what in ("supervise", "send_back", "reopen"):
            self.confirmed, self.answered = False, True
        if what == "finalize":
            self.finals += 1
        if what == "reopen":
            self.version += 1


@settings(
    max_examples=6, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(WALKS)
def test_any_walk(office: Office, clock: Clock, walk: list[tuple[str, str, int]]) -> None:
    put_back(office.engine, {name: [] for name in kept(office.engine)})
    review, model = Reviewed(office.engine, office), Model()
    review.write(DANA, "As a whole, a fair quarter.")
    for what, who, toward in walk:
        ways = [
            (each, person)
            for each in STEPS
            for person in PEOPLE
            if model.allows(each, person) and each not in ("send_back", "reopen")
        ]
        # Every other step goes on toward the end, so that walks get there; the rest is anything.
        on = ways[toward % len(ways)] if toward > 2 and ways else (what, who)
        if model.state == "self_assessed" and not model.written:
            review.write(DR_LEE, "Well managed.")
            model.written = True
        step(review, model, *on)
    found = review.seen(HARPER)
    steps = found.review.steps
    assert (found.review.state.value, found.review.version) == (model.state, model.version)
    assert len(steps) == model.steps
    assert [each.at for each in steps] == sorted(each.at for each in steps)
    assert len(found.frozen) == model.finals
    for each in found.frozen:
        verified = verify_review(
            review.engine, HARPER, "lakeside", review.number, each.version
        )  # fmt: skip
        assert verified.faults == ()


def step(review: Reviewed, model: Model, what: str, who: str) -> None:
    rating = "below" if what == "supervise" else None
    before = kept(review.engine)
    try:
        after = review.act(PEOPLE[who], what, UNACKNOWLEDGED, rating)
    except RolecardError:
        assert not model.allows(what, who), (model, what, who)
        assert kept(review.engine) == before
        return
    assert model.allows(what, who), (model, what, who)
    model.does(what)
    assert after.state.value == model.state
