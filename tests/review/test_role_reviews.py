"""The yearly review of roles: done, due or overdue, and who has not acknowledged the version."""

from datetime import date

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.managers import add_manager
from kpi.errors import NotPermitted
from kpi.months import Month
from kpi.review.roles.acknowledging import acknowledge, acknowledgements
from kpi.review.roles.yearly import RoleReview, due_on, role_reviews_due
from tests.office import Office
from tests.scored import ROLE, assigned, employed, published

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
HERE = frozenset({"lakeside"})
DANA = Actor("manager", "Dana Example", "dana", HERE)
HANA = Actor("hr", "Hana Example", practices=HERE)


def listed(engine: Engine, today: date, actor: Actor | None = None) -> list[RoleReview]:
    return list(role_reviews_due(engine, actor or operator(), today))


def only(engine: Engine, today: date) -> RoleReview:
    (found,) = listed(engine, today)
    return found


@pytest.mark.parametrize(
    ("reviewed", "expected"),
    [(date(2025, 12, 10), date(2026, 12, 10)), (date(2024, 2, 29), date(2025, 2, 28)),
     (date(2023, 3, 1), date(2024, 3, 1))],
)  # fmt: skip
def test_a_review_is_due_a_year_later(reviewed: date, expected: date) -> None:
    assert due_on(reviewed) == expected


def test_done_due_overdue(engine: Engine) -> None:
    """Reviewed on 10 December 2025: 60 days before 10 December 2026 is 11 October."""
    employed(engine)
    for today, state in (
        (date(2026, 1, 5), "done"), (date(2026, 10, 10), "done"), (date(2026, 10, 11), "due"),
        (date(2026, 12, 10), "due"), (date(2026, 12, 11), "overdue"), (date(2030, 1, 1), "overdue"),
    ):  # fmt: skip
        found = only(engine, today)
        assert (found.state, found.due_on) == (state, date(2026, 12, 10)), today
    assert (found.role, found.title, found.version) == (
        "medical-office-manager", "Medical Office Manager", "2026.1",
    )  # fmt: skip


@SQLITE
def test_a_new_version_says_anew_when_the_role_was_reviewed(engine: Engine) -> None:
    """It counts from the day of the review, before its version takes effect; a day to come is no
    review yet."""
    office = employed(engine)
    second = (
        ROLE.replace("2026.1", "2027.1").replace("effective: 2026-01", "effective: 2027-01")
        .replace("reviewed: 2025-12-10", "reviewed: 2026-11-02")
    )  # fmt: skip
    published(office, second)
    assert only(engine, date(2026, 11, 1)).due_on == date(2026, 12, 10)
    found = only(engine, date(2026, 11, 2))
    assert (found.state, found.reviewed, found.due_on) == (
        "done", date(2026, 11, 2), date(2027, 11, 2),
    )  # fmt: skip
    assert found.version == "2026.1"
    assert only(engine, date(2027, 1, 1)).version == "2027.1"


@SQLITE
def test_a_role_that_says_no_day_and_one_that_was_never_published(engine: Engine) -> None:
    office = Office(engine)
    published(office, ROLE.replace("reviewed: 2025-12-10\n", ""))
    add_manager(
        engine, operator(), "eve", "Eve", "lakeside", Month(2026, 1), role="front-desk-lead"
    )
    lead, manager = listed(engine, date(2026, 2, 1))
    assert (lead.role, lead.version, lead.state, lead.due_on) == (
        "front-desk-lead", None, "never", None,
    )  # fmt: skip
    assert (manager.version, manager.state, manager.due_on) == ("2026.1", "never", None)


@SQLITE
def test_who_has_not_acknowledged_the_version_in_force(engine: Engine) -> None:
    """Dana until February, Eve from March on; nobody is asked before a version is in force."""
    office = Office(engine)
    published(office)
    assigned(office, "dana", "2025-01..2026-02")
    assigned(office, "eve", "2026-03")

    def waiting(*day: int) -> list[str]:
        return [each.id for each in only(engine, date(*day)).not_acknowledged]

    assert [waiting(2025, 12, 31), waiting(2026, 1, 1), waiting(2026, 3, 1)] == [
        [], ["dana"], ["eve"],
    ]  # fmt: skip
    (version,) = acknowledgements(engine, DANA)
    acknowledge(engine, DANA, "lakeside", version.role, version.sha256, version.newest)
    assert [waiting(2026, 1, 1), waiting(2026, 3, 1)] == [[], ["eve"]]


@SQLITE
def test_who_sees_which_roles(engine: Engine) -> None:
    office = employed(engine)
    published(office, ROLE.replace("role: medical-office-manager", "role: billing-lead"))
    Office(engine, "hillcrest")
    today = date(2026, 2, 1)
    assert [each.role for each in listed(engine, today, HANA)] == [
        "billing-lead", "medical-office-manager",
    ]  # fmt: skip
    (own,) = listed(engine, today, DANA)
    assert (own.role, [each.id for each in own.not_acknowledged]) == (
        "medical-office-manager", ["dana"],
    )  # fmt: skip
    assert listed(engine, today, Actor("hr", "Hal", practices=frozenset({"hillcrest"}))) == []
    with pytest.raises(NotPermitted):
        listed(engine, today, Actor("administrator", "Ada Example"))
