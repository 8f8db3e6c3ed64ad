"""Which assignment a period falls into, and what nobody learns by asking."""

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.managers import Assignment, add_manager, assignment_for
from kpi.access.practices import add_practice
from kpi.errors import InputError, NotPermitted
from kpi.months import Month
from kpi.store.engine import reading

JAN, MAR = Month(2026, 1), Month(2026, 3)
DANA = Actor("manager", "Dana", manager="dana", practices=frozenset({"lakeside"}))
OWNER = Actor("physician", "Pat", practices=frozenset({"lakeside"}))


@pytest.fixture
def two_practices(engine: Engine) -> Engine:
    """Marcus runs two practices in the same months."""
    for practice in ("lakeside", "hillcrest"):
        add_practice(engine, operator(), practice, practice.title())
        add_manager(engine, operator(), "marcus", "Marcus", practice, JAN)
    return engine


def found(engine: Engine, actor: Actor, manager: str) -> Assignment:
    with reading(engine) as connection:
        return assignment_for(connection, actor, manager, JAN, MAR)


def test_a_period_in_two_assignments_is_refused_and_both_named(two_practices: Engine) -> None:
    with pytest.raises(InputError, match=r"--practice \(hillcrest, lakeside\)"):
        found(two_practices, operator(), "marcus")


@pytest.mark.parametrize("other", ["marcus", "marcu", "nobody"])
def test_a_manager_learns_nothing_of_others(two_practices: Engine, other: str) -> None:
    with pytest.raises(NotPermitted) as refusal:
        found(two_practices, DANA, other)
    assert "arcus" not in str(refusal.value)


def test_an_owner_is_not_told_of_practices_that_are_not_hers(two_practices: Engine) -> None:
    assert found(two_practices, OWNER, "marcus").practice.id == "lakeside"
