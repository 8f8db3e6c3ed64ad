"""Every function that shows or changes something asks who acts, before it reads a thing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.access.actor import ACTIONS, KINDS, Actor, Kind
from kpi.errors import NotPermitted
from kpi.store.engine import reading
from tests.access.asked import (
    ASKS,
    ASKS_NOTHING,
    OF_NO_PRACTICE,
    arguments,
    called,
    places,
    statements,
    taking_an_actor,
)
from tests.access.test_actor import MAY
from tests.databases import made

EVERY = taking_an_actor()
OWN, ELSEWHERE = frozenset({"lakeside"}), frozenset({"hillcrest"})


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    found = made(f"sqlite:///{tmp_path / 'rolecard.db'}")
    places(found)
    yield found
    found.dispose()


def test_every_function_that_takes_an_actor_is_known() -> None:
    """A new function belongs into ASKS, or into ASKS_NOTHING with its reason."""
    assert sorted(EVERY) == sorted([*ASKS, *ASKS_NOTHING])


def test_every_action_is_asked_for_by_a_function() -> None:
    assert {*ACTIONS} == {*ASKS.values()}


def refused(name: str, engine: Engine, actor: Actor) -> bool:
    """Whether a function refuses; what else becomes of made-up arguments is not looked at."""
    with reading(engine) as connection:
        try:
            function = EVERY[name]
            called(function, arguments(function, engine, connection, actor))
        except NotPermitted:
            return True
        except Exception:  # an argument that stands for nothing: permission was given by then
            return False
    return False


def test_nobody_who_is_not_signed_in_reads_or_changes_a_thing(engine: Engine) -> None:
    visitor = Actor("visitor", "Somebody")
    for name in ASKS:
        with reading(engine) as connection:
            given = arguments(EVERY[name], engine, connection, visitor)
            with statements(engine) as read, pytest.raises(NotPermitted):
                called(EVERY[name], given)
            assert read == [], name


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_of_the_table_holds_for_every_function(engine: Engine, kind: Kind) -> None:
    manager = "dana" if kind == "manager" else None
    for name, action in ASKS.items():
        allowed = kind in MAY[action].split()
        for practices in (None, OWN, ELSEWHERE):
            reached = practices != ELSEWHERE or name in OF_NO_PRACTICE
            if name.startswith(("access.accounts", "access.invitations")) and practices:
                continue
            actor = Actor(kind, "Pat Example", manager, practices)
            found = refused(name, engine, actor)
            assert found is not (allowed and reached), (name, practices)


CUT_TO_OWN = (
    "review.scores.side_by_side.practices_side_by_side",
    "review.scores.moves.moves", "review.scores.upload_moves.upload_moves",
    "review.cycle.acting.act",
    "review.cycle.listing.in_the_way", "review.cycle.listing.list_reviews",
    "review.cycle.listing.review_numbered",
    "review.cycle.listing.see_review", "review.cycle.listing.waiting_for",
    "review.frozen.verifying.verify_file",
    "review.frozen.verifying.verify_review", "review.frozen.all_final.verify_all",
)  # fmt: skip
"""What gives a manager her own alone; tests/review/test_cycle.py and test_listing.py hold reviews
to it, since what is not there cannot be refused."""


def test_a_manager_is_refused_what_is_another_ones(engine: Engine) -> None:
    other = Actor("manager", "Pat Example", "marcus", OWN)
    own = [name for name, action in ASKS.items() if action == "read_scores"]
    for name in own:
        if name not in CUT_TO_OWN:
            assert refused(name, engine, other), name
