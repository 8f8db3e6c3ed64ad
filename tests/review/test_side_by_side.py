"""Which practices stand side by side, for whom, and which review period of each."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.managers import add_manager, end_assignment, list_assignments
from kpi.access.practices import add_practice
from kpi.errors import NotPermitted
from kpi.months import Month
from kpi.review.scores.side_by_side import Beside, has_several, practices_side_by_side
from tests.databases import made
from tests.office import Office, months
from tests.scored import assigned, ledger, published

MAY = date(2026, 5, 20)


@pytest.fixture(scope="module")
def practices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """By name: ash, whose quarters end with April; birch, where nothing is published; Cedar, where
    nobody is assigned; elm, whose manager left in March; lakeside. Data reaches to April in all
    that have any. Nothing changes them, so they are made once."""
    folder = tmp_path_factory.mktemp("side_by_side")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_HOME", str(folder))
        engine = made(f"sqlite:///{folder / 'rolecard.db'}")
        for id, fiscal_start in (("lakeside", 1), ("ash", 2), ("elm", 1)):
            office = Office(engine, id, fiscal_start)
            for month in months("2026-01..2026-04"):
                office.load(ledger(str(month)))
            published(office)
            assigned(office, manager=f"of_{id}")
        add_practice(engine, operator(), "birch", "Birch")
        add_manager(engine, operator(), "of_birch", "Bo", "birch", Month(2026, 1))
        add_practice(engine, operator(), "cedar", "Cedar")
        end_assignment(engine, operator(), "of_elm", Month(2026, 3))
        yield engine
        engine.dispose()


def shown(lines: tuple[Beside, ...]) -> list[tuple[str, str | None]]:
    return [
        (each.practice.id, each.lacks or (each.period and f"{each.period[0]}..{each.period[1]}"))
        for each in lines
    ]


def test_each_shows_its_last_complete_period_in_the_order_of_names(practices: Engine) -> None:
    found = practices_side_by_side(practices, operator(), MAY)
    assert shown(found.lines) == [
        ("ash", "2026-02..2026-04"), ("birch", "role"), ("cedar", "manager"), ("elm", "manager"),
        ("lakeside", "2026-01..2026-03"),
    ]  # fmt: skip
    assert [str(last) for _, last in found.periods] == ["2026-04", "2026-03", "2026-01"]


def test_with_a_chosen_period_the_others_show_what_had_ended_by_then(practices: Engine) -> None:
    quarter = (Month(2026, 1), Month(2026, 3))
    found = practices_side_by_side(practices, operator(), MAY, quarter)
    # Of ash's quarters the one that began in November had ended: only January is under a role.
    assert shown(found.lines)[0] == ("ash", "2025-11..2026-01")
    assert shown(found.lines)[-1] == ("lakeside", "2026-01..2026-03")
    first = practices_side_by_side(practices, operator(), MAY, (Month(2025, 11), Month(2026, 1)))
    assert shown(first.lines)[-1] == ("lakeside", "period")
    # A period that none of them has is as good as none.
    assert practices_side_by_side(practices, operator(), MAY, (quarter[0],) * 2).chosen is None


def test_whoever_left_stands_beside_the_others_in_her_time_only(practices: Engine) -> None:
    now = practices_side_by_side(practices, operator(), MAY)
    assert ("elm", "manager") in shown(now.lines)
    then = practices_side_by_side(practices, operator(), MAY, (Month(2026, 1), Month(2026, 3)))
    assert ("elm", "2026-01..2026-03") in shown(then.lines)


def test_everybody_sees_what_they_may_and_nothing_else(practices: Engine) -> None:
    partner = Actor("physician", "Pat", practices=frozenset({"ash", "cedar"}))
    assert [each.practice.id for each in practices_side_by_side(practices, partner, MAY).lines] == [
        "ash", "cedar",
    ]  # fmt: skip
    own = Actor("manager", "Ada", "of_ash", frozenset({"ash", "cedar"}))
    assert [each.practice.id for each in practices_side_by_side(practices, own, MAY).lines] == [
        "ash"
    ]
    assert not has_several(own, list_assignments(practices, own))
    assert has_several(operator(), list_assignments(practices, operator()))
    with pytest.raises(NotPermitted):
        practices_side_by_side(practices, Actor("administrator", "Al"), MAY)
