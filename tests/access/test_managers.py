"""Managers and their assignments: a change to one is a change to the practice it is scored by."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from kpi.access.actor import Actor, operator
from kpi.access.managers import add_manager, end_assignment, list_assignments
from kpi.access.practices import add_practice
from kpi.errors import InputError
from kpi.months import Month
from kpi.review.scores.scoring import data_version
from kpi.store.engine import reading
from tests.databases import made

FIRST, LAST = Month(2025, 1), Month(2025, 6)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """Two practices; nobody runs them yet."""
    found = made(f"sqlite:///{tmp_path / 'rolecard.db'}")
    for id in ("maple", "oak"):
        add_practice(found, operator(), id, id.capitalize())
    return found


def revisions(engine: Engine) -> dict[str, int]:
    """Each practice's revision; practices without an assignment have none here."""
    with reading(engine) as connection:
        return {
            each.practice.id: data_version(connection, each.practice)
            for each in list_assignments(engine, operator())
        }


def test_an_assignment_made_or_ended_is_a_new_revision_of_its_practice_alone(
    engine: Engine,
) -> None:
    add_manager(engine, operator(), "robin", "Robin Vale", "maple", FIRST)
    add_manager(engine, operator(), "sam", "Sam Reed", "oak", FIRST)
    before = revisions(engine)
    assert min(before.values()) > 0
    end_assignment(engine, operator(), "robin", LAST)
    after = revisions(engine)
    assert after["maple"] > before["maple"]
    assert after["oak"] == before["oak"]


def test_a_refused_change_is_no_new_revision(engine: Engine) -> None:
    add_manager(engine, operator(), "robin", "Robin Vale", "maple", FIRST)
    before = revisions(engine)
    with pytest.raises(InputError, match="assigned to maple"):
        add_manager(engine, operator(), "robin", "Robin Vale", "maple", LAST)
    with pytest.raises(InputError, match="started in 2025-01"):
        end_assignment(engine, operator(), "robin", Month(2024, 12))
    assert revisions(engine) == before


def test_an_open_assignment_is_ended_where_it_is_the_only_one_or_named(engine: Engine) -> None:
    with pytest.raises(InputError, match="no manager"):
        end_assignment(engine, operator(), "robin", LAST)
    add_manager(engine, operator(), "robin", "Robin Vale", "maple", FIRST)
    add_manager(engine, operator(), "robin", "Robin Vale", "oak", FIRST)
    with pytest.raises(InputError, match="--practice"):
        end_assignment(engine, operator(), "robin", LAST)
    assert end_assignment(engine, operator(), "robin", LAST, "oak").last == LAST
    # One is open now, so it need not be named any more.
    assert end_assignment(engine, operator(), "robin", LAST).practice.id == "maple"
    with pytest.raises(InputError, match="no open assignment"):
        end_assignment(engine, operator(), "robin", LAST)


def statements(engine: Engine) -> int:
    """How many statements a reader of everything asks to be told her or his assignments."""
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    list_assignments(engine, operator())
    event.remove(engine, "before_cursor_execute", hear)
    return len(asked)


def test_many_practices_are_read_by_as_many_statements_as_one(engine: Engine) -> None:
    """Every page asks for them."""
    add_manager(engine, operator(), "eve", "Eve", "maple", FIRST)
    alone = statements(engine)
    for number in range(20):
        add_practice(engine, operator(), f"branch-{number}", "Branch")
        add_manager(engine, operator(), f"dana-{number}", "Dana", f"branch-{number}", FIRST)
    assert statements(engine) == alone


def test_each_is_at_its_practice_and_a_reader_sees_her_own(engine: Engine) -> None:
    for manager, practice in (("eve", "maple"), ("eve", "oak"), ("flo", "oak")):
        add_manager(engine, operator(), manager, manager.capitalize(), practice, FIRST)

    def seen(actor: Actor) -> list[tuple[str, str]]:
        return [(e.manager.id, e.practice.id) for e in list_assignments(engine, actor)]

    assert seen(operator()) == [("eve", "maple"), ("eve", "oak"), ("flo", "oak")]
    oak = frozenset({"oak"})
    assert seen(Actor("physician", "Dr Lee", practices=oak)) == [("eve", "oak"), ("flo", "oak")]
    assert seen(Actor("manager", "Eve", practices=oak, manager="eve")) == [("eve", "oak")]
    assert seen(Actor("manager", "Nobody", practices=oak)) == []
    assert seen(Actor("hr", "HR", practices=frozenset())) == []
