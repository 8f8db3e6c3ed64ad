"""Every state × act × person of the review cycle, held against a table written here by itself."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor
from kpi.access.audit import entries
from kpi.errors import InputError, NotPermitted
from kpi.review.cycle.acting import act
from kpi.review.cycle.table import ACTS, Act
from kpi.review.cycle.writing import write_as_supervisor, write_own
from tests.review.reviewed import (
    DANA,
    DR_LEE,
    HARPER,
    PEOPLE,
    UNACKNOWLEDGED,
    Reviewed,
    kept,
    put_back,
    set_clock,
)
from tests.scored import scored_office

ALLOWED: dict[tuple[str, str], tuple[str, str]] = {
    ("open", "hand_in"): ("manager", "self_assessed"),
    ("open", "waive_self"): ("physician, hr, operator", "self_assessed"),
    ("self_assessed", "supervise"): ("physician", "supervised"),
    ("supervised", "acknowledge"): ("manager", "acknowledged"),
    ("supervised", "contest"): ("manager", "contested"),
    ("supervised", "waive_acknowledgement"): ("hr, operator", "acknowledged"),
    ("supervised", "send_back"): ("hr, operator", "self_assessed"),
    ("acknowledged", "confirm"): ("hr", "acknowledged"),
    ("acknowledged", "send_back"): ("hr, operator", "self_assessed"),
    ("acknowledged", "finalize"): ("hr, operator", "final"),
    ("contested", "answer_contest"): ("hr", "contested"),
    ("contested", "confirm"): ("hr", "contested"),
    ("contested", "send_back"): ("hr, operator", "self_assessed"),
    ("contested", "finalize"): ("hr, operator", "final"),
    ("final", "reopen"): ("hr, operator", "open"),
}
"""State and act to who may and what is next. Saving texts is held against WRITING."""

WRITING: dict[str, tuple[str, str]] = {
    "write_self": ("open", "manager, operator"),
    "write_supervisor": ("self_assessed", "physician, operator"),
    "write_answer": ("supervised", "manager, operator"),
}

WHO: dict[str, str] = {
    "hand_in": "manager", "acknowledge": "manager", "contest": "manager",
    "waive_self": "physician, hr, operator", "supervise": "physician",
    "waive_acknowledgement": "hr, operator", "answer_contest": "hr", "confirm": "hr",
    "send_back": "hr, operator", "finalize": "hr, operator", "reopen": "hr, operator",
}  # fmt: skip

REACHED: dict[str, Callable[[Reviewed], object]] = {
    "open": lambda review: review.write(DANA, "A draft."),
    "self_assessed": lambda review: (review.handed_in(), review.write(DR_LEE, "A draft.")),
    "supervised": lambda review: review.supervised(),
    "acknowledged": lambda review: (review.acknowledged(), review.act(HARPER, "confirm")),
    "contested": lambda review: (
        review.contested(answered=True), review.act(HARPER, "confirm"),
    ),
    "final": lambda review: review.final(),
}  # fmt: skip
"""How each state is reached, with all that holds that the acts ask for."""

STEPS = [name for name in ACTS if not name.startswith("write")]


def tried(review: Reviewed, actor: Actor, what: Act) -> str:
    """The state that an act leads to, or ``not his`` and ``not now`` with the sentence."""
    rating = "below" if what == "supervise" else None
    try:
        return act(
            review.engine, actor, "lakeside", review.number, what, UNACKNOWLEDGED, rating
        ).state.value  # fmt: skip
    except NotPermitted as error:
        return f"not his: {error}"
    except InputError as error:
        return f"not now: {error}"


def test_every_act_of_every_person(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Allowed acts lead to the next state, and all others say why not and change nothing. On
    PostgreSQL each allowed act is tried by one of those who may: refusing is the same code."""
    set_clock(monkeypatch)
    office = scored_office(engine)
    empty = kept(engine)
    for state, reach in REACHED.items():
        review = Reviewed(engine, office)
        reach(review)
        for what in STEPS:
            _try_all(review, state, what)
        put_back(engine, empty)


def _try_all(review: Reviewed, state: str, what: Act) -> None:
    engine = review.engine
    start = before = kept(engine)
    allowed, next_state = ALLOWED.get((state, what), ("", ""))
    if what == "confirm" and allowed:
        steps = [each for each in start["review_steps"] if each["action"] != "confirm"]
        before = {**start, "review_steps": steps}
        put_back(engine, before)
    for who, actor in PEOPLE.items():
        may = who in allowed.split(", ")
        if engine.dialect.name == "postgresql" and who != allowed.split(", ")[0]:
            continue
        found, case = tried(review, actor, what), (state, what, who)
        if may:
            assert found == next_state, case
            put_back(engine, before)
        elif who in WHO[what].split(", "):
            assert re.match(r"not now: The review is [a-z-]+[;,]", found), (case, found)
        else:
            assert found.startswith("not his: "), (case, found)
    assert kept(engine) == before
    put_back(engine, start)


def test_who_may_write_when(review: Reviewed) -> None:
    engine, office = review.engine, review.office
    put_back(engine, {name: [] for name in kept(engine)})
    for state, reach in REACHED.items():
        review = Reviewed(engine, office)
        reach(review)
        start = kept(engine)
        for function, acts in (
            (write_own, ("write_self", "write_answer")),
            (write_as_supervisor, ("write_supervisor",)),
        ):
            its_time = state in [WRITING[each][0] for each in acts]
            for who, actor in PEOPLE.items():
                try:
                    function(engine, actor, "lakeside", review.number, "x", 0, "hipaa_violations")
                    found = "saved"
                except NotPermitted:
                    found = "not his"
                except InputError as error:
                    found = f"not now: {error}"
                if who not in WRITING[acts[0]][1].split(", "):
                    assert found == "not his", (state, who)
                elif its_time:
                    assert found == "saved", (state, who)
                else:
                    assert found.startswith("not now: The review is "), found
                put_back(engine, start)
        put_back(engine, {name: [] for name in start})


def test_a_command_signs_for_nobody_and_says_who_does(review: Reviewed) -> None:
    for what, who in (
        ("hand_in", "the manager in person"), ("supervise", "a physician of the practice"),
        ("acknowledge", "the manager in person"), ("confirm", "HR"), ("answer_contest", "HR"),
    ):  # fmt: skip
        said = f"A command signs for nobody: .* is for {who}, signed in, on the page Review"
        with pytest.raises(NotPermitted, match=said):
            review.act(PEOPLE["operator"], what)


def test_every_step_is_named_dated_and_in_the_trail(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    review = Reviewed(engine).contested(answered=True)
    review.act(HARPER, "confirm")
    review.act(HARPER, "finalize", UNACKNOWLEDGED)
    steps = review.seen().review.steps
    assert [(each.action, each.by) for each in steps] == [
        ("open", "Harper Ross (hr)"), ("hand_in", "Dana Whitfield (manager)"),
        ("supervise", "Dr. Lee (physician)"), ("contest", "Dana Whitfield (manager)"),
        ("answer_contest", "Harper Ross (hr)"), ("confirm", "Harper Ross (hr)"),
        ("finalize", "Harper Ross (hr)"),
    ]  # fmt: skip
    assert [each.at for each in steps] == sorted({each.at for each in steps})
    assert review.seen().document["review"]["steps"][3]["note"] == (
        "The phones were not mine to mend."
    )
    trail = entries(engine, PEOPLE["operator"], deed="review")
    assert len(trail) == 7
    assert trail[0].subject == (
        f"review {review.number} of dana, 2026-01 to 2026-03: make the review final"
    )
    (frozen,) = review.seen().frozen
    assert trail[0].details == {"version": 1, "sha256": frozen.sha256}
