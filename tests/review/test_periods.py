"""Review periods in a practice's own fiscal year, and which of them is complete."""

from datetime import date

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.managers import Assignment
from kpi.errors import NotPermitted
from kpi.months import Month
from kpi.review.basis.periods import (
    PeriodKind,
    periods_to_choose,
    review_period_of,
)
from tests.office import Office, months
from tests.scored import ROLE, assigned, fill, ledger, published


def period(text: str) -> tuple[Month, Month]:
    whole = months(text)
    return whole[0], whole[-1]


@pytest.mark.parametrize(
    ("kind", "month", "fiscal_start", "expected"),
    [
        ("month", "2026-02", 1, "2026-02..2026-02"),
        ("quarter", "2026-02", 1, "2026-01..2026-03"),
        ("quarter", "2026-12", 1, "2026-10..2026-12"),
        ("half", "2026-07", 1, "2026-07..2026-12"),
        ("year", "2026-07", 1, "2026-01..2026-12"),
        ("quarter", "2026-01", 7, "2026-01..2026-03"),
        ("half", "2026-01", 7, "2026-01..2026-06"),
        ("year", "2026-06", 7, "2025-07..2026-06"),
        ("year", "2026-07", 7, "2026-07..2027-06"),
        ("quarter", "2026-01", 2, "2025-11..2026-01"),
        ("quarter", "2026-02", 2, "2026-02..2026-04"),
        ("half", "2026-01", 12, "2025-12..2026-05"),
        ("year", "2026-11", 12, "2025-12..2026-11"),
    ],
)
def test_the_period_that_holds_a_month(
    kind: PeriodKind, month: str, fiscal_start: int, expected: str
) -> None:
    assert review_period_of(kind, Month.parse(month), fiscal_start) == period(expected)


def office_of(engine: Engine, loaded: str, fiscal_start: int = 1) -> tuple[Office, Assignment]:
    office = Office(engine, fiscal_start=fiscal_start)
    for month in months(loaded):
        office.load(ledger(str(month)))
    published(office)
    return office, assigned(office)


def chosen(engine: Engine, assignment: Assignment, today: date) -> list[tuple[Month, Month]]:
    return periods_to_choose(engine, operator(), assignment, today).complete


def running(engine: Engine, assignment: Assignment, today: date) -> tuple[Month, Month] | None:
    return periods_to_choose(engine, operator(), assignment, today).running


def test_complete_periods_newest_first(engine: Engine) -> None:
    _office, assignment = office_of(engine, "2025-10..2026-07")
    assert chosen(engine, assignment, date(2026, 8, 3)) == [
        period("2026-04..2026-06"),
        period("2026-01..2026-03"),  # the role is in force from 2026-01 on
    ]
    assert chosen(engine, assignment, date(2026, 6, 30)) == [period("2026-01..2026-03")]


def test_a_fiscal_year_of_its_own(engine: Engine) -> None:
    _office, assignment = office_of(engine, "2026-01..2026-06", fiscal_start=2)
    assert chosen(engine, assignment, date(2026, 8, 3)) == [
        period("2026-02..2026-04"),
        period("2025-11..2026-01"),
    ]


def test_without_data_or_role_there_is_none(engine: Engine) -> None:
    office = Office(engine)
    assignment = assigned(office)
    assert chosen(engine, assignment, date(2026, 8, 3)) == []
    fill(office)
    assert chosen(engine, assignment, date(2026, 8, 3)) == []
    assert running(engine, assignment, date(2026, 8, 3)) is None


def test_bookings_to_come_do_not_make_a_period_complete(engine: Engine) -> None:
    office, assignment = office_of(engine, "2026-01..2026-02")
    office.load("appointment_id,start_at,status\nA1,2026-03-31 09:00,scheduled\n")
    assert chosen(engine, assignment, date(2026, 8, 3)) == []
    office.load("appointment_id,start_at,status\nA1,2026-03-31 09:00,completed\n")
    assert chosen(engine, assignment, date(2026, 8, 3)) == [period("2026-01..2026-03")]


def test_an_assignments_last_period_ends_with_it(engine: Engine) -> None:
    office, _open = office_of(engine, "2026-01..2026-06")
    ended = assigned(office, "eve", "2026-01..2026-05")
    assert chosen(engine, ended, date(2026, 8, 3)) == [
        period("2026-04..2026-06"),
        period("2026-01..2026-03"),
    ]
    assert running(engine, ended, date(2026, 8, 3)) is None


def test_the_period_under_way(engine: Engine) -> None:
    _office, assignment = office_of(engine, "2026-01..2026-05")
    today = date(2026, 6, 10)
    assert running(engine, assignment, today) == period("2026-04..2026-06")
    assert chosen(engine, assignment, today) == [period("2026-01..2026-03")]


def test_no_period_is_under_way_where_the_last_one_is_complete(engine: Engine) -> None:
    _office, assignment = office_of(engine, "2026-01..2026-03")
    assert running(engine, assignment, date(2026, 4, 10)) is None


def test_an_assignment_that_is_over_or_to_come_has_no_period_under_way(engine: Engine) -> None:
    office, _open = office_of(engine, "2026-01..2026-05")
    over = assigned(office, "eve", "2025-01..2025-12")
    to_come = assigned(office, "flo", "2026-09")
    for each in (over, to_come):
        assert running(engine, each, date(2026, 6, 10)) is None


def test_a_manager_asks_for_her_own_periods_only(engine: Engine) -> None:
    _office, assignment = office_of(engine, "2026-01..2026-03")
    eve = Actor("manager", "Eve", manager="eve")
    with pytest.raises(NotPermitted):
        periods_to_choose(engine, eve, assignment, date(2026, 6, 10))


def test_the_length_changes_with_the_role_version(engine: Engine) -> None:
    office, assignment = office_of(engine, "2026-01..2026-05")
    monthly = (
        ROLE.replace('"2026.1"', '"2026.2"')
        .replace("effective: 2026-01", "effective: 2026-04")
        .replace("review_period: quarter", "review_period: month")
    )
    published(office, monthly)
    assert chosen(engine, assignment, date(2026, 6, 10)) == [
        period("2026-05"),
        period("2026-04"),
        period("2026-01..2026-03"),
    ]
