"""Managers and their assignments: a change to one is a change to the practice it is scored by."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
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
