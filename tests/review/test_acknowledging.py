"""A manager acknowledges a role version: she alone, what she was shown, once."""

import pytest
from sqlalchemy import Engine, select, update

from kpi.access.actor import Actor, operator
from kpi.access.audit import entries
from kpi.access.practices import get_practice
from kpi.errors import InputError, NotPermitted, RoleRefused
from kpi.months import Month
from kpi.review.basis.versions import published_versions
from kpi.review.roles.acknowledging import (
    ToAcknowledge,
    acknowledge,
    acknowledged,
    acknowledgements,
)
from kpi.review.scores.scoring import score_manager
from kpi.store.engine import reading, writing
from kpi.store.people import role_acknowledgements
from kpi.store.tables import role_versions
from tests.access.people import somebody
from tests.office import Office
from tests.scored import ROLE, assigned, employed, published

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""What asks the tables nothing that another test does not ask on both databases."""
HERE = frozenset({"lakeside"})
DANA = Actor("manager", "Dana Example", "dana", HERE)
HANA = Actor("hr", "Hana Example", practices=HERE)
ROLE_ID = "medical-office-manager"
SECOND = ROLE.replace("2026.1", "2026.2").replace("effective: 2026-01", "effective: 2026-03")


def sign(engine: Engine, each: ToAcknowledge, actor: Actor = DANA) -> None:
    acknowledge(engine, actor, each.practice.id, each.role, each.sha256, each.newest)


def standing(engine: Engine, actor: Actor = DANA) -> list[tuple[str, str, str, bool]]:
    return [
        (each.version, str(each.first), str(each.last), each.acknowledged is not None)
        for each in acknowledgements(engine, actor, "lakeside")
    ]


def rows(engine: Engine) -> int:
    with reading(engine) as connection:
        return len(connection.execute(select(role_acknowledgements)).all())


def test_the_manager_acknowledges_by_name_and_date(engine: Engine) -> None:
    office = employed(engine)
    user = somebody(engine, "dana@lakeside.example", "manager", manager="dana").number
    assert standing(engine) == [("2026.1", "2026-01", "None", False)]
    (waiting,) = acknowledgements(engine, DANA, "lakeside")
    signed = acknowledge(
        engine, Actor("manager", "Dana Example", "dana", HERE, user), "lakeside", ROLE_ID,
        waiting.sha256, waiting.newest,
    )  # fmt: skip
    assert (signed.by, signed.user) == ("Dana", user)
    assert signed.at.endswith("Z")
    assert standing(engine) == [("2026.1", "2026-01", "None", True)]
    newest = entries(engine, operator(), last=1)[0]
    assert (newest.action, newest.subject, newest.practice) == (
        "acknowledge", f"{ROLE_ID} 2026.1", "lakeside",
    )  # fmt: skip
    assert newest.details == {"manager": "dana", "sha256": waiting.sha256}
    with reading(engine) as connection:
        practice = get_practice(connection, office.practice.id)
        assert acknowledged(connection, practice, "dana") == {waiting.sha256: signed}
        assert acknowledged(connection, practice, "eve") == {}


@SQLITE
def test_the_same_again_changes_nothing(engine: Engine) -> None:
    employed(engine)
    (waiting,) = acknowledgements(engine, DANA)
    first = acknowledge(engine, DANA, "lakeside", ROLE_ID, waiting.sha256, waiting.newest)
    count = len(entries(engine, operator()))
    assert acknowledge(engine, DANA, "lakeside", ROLE_ID, waiting.sha256, waiting.newest) == first
    assert len(entries(engine, operator())) == count
    assert rows(engine) == 1


@SQLITE
def test_nobody_signs_for_the_manager(engine: Engine) -> None:
    employed(engine)
    (waiting,) = acknowledgements(engine, HANA)
    others = (
        operator(), HANA, Actor("physician", "Dr. Example", practices=HERE),
        Actor("administrator", "Ada Example"), Actor("visitor", "Somebody"),
        Actor("manager", "Dana Example", "dana", frozenset({"hillcrest"})),
    )  # fmt: skip
    for other in others:
        with pytest.raises(NotPermitted, match="may not acknowledge a role; the manager has to"):
            sign(engine, waiting, other)
    for manager in ("eve", None):  # a manager, but not one who has this role here
        with pytest.raises(InputError, match="judges months of yours at Lakeside"):
            sign(engine, waiting, Actor("manager", "Eve Example", manager, HERE))
    assert rows(engine) == 0


def test_a_version_published_meanwhile_refuses_what_was_shown_before(engine: Engine) -> None:
    office = employed(engine)
    (shown,) = acknowledgements(engine, DANA)
    published(office, SECOND)
    with pytest.raises(InputError, match="published while you were reading"):
        sign(engine, shown)
    assert rows(engine) == 0
    assert standing(engine) == [
        ("2026.1", "2026-01", "2026-02", False), ("2026.2", "2026-03", "None", False),
    ]  # fmt: skip
    old, new = acknowledgements(engine, DANA)
    sign(engine, old)
    sign(engine, new)
    assert [each[3] for each in standing(engine)] == [True, True]


@SQLITE
def test_what_was_never_published_cannot_be_acknowledged(engine: Engine) -> None:
    employed(engine)
    (waiting,) = acknowledgements(engine, DANA)
    with pytest.raises(InputError, match="No version of medical-office-manager"):
        acknowledge(engine, DANA, "lakeside", ROLE_ID, "f" * 64, waiting.newest)
    with pytest.raises(InputError, match="No version of front-desk-lead"):
        acknowledge(engine, DANA, "lakeside", "front-desk-lead", waiting.sha256, waiting.newest)


@SQLITE
def test_only_versions_that_judge_months_of_hers_are_asked_for(engine: Engine) -> None:
    """2026.1 holds to February; one that another replaced from its first month on holds never."""
    office = Office(engine)
    published(office)
    published(office, SECOND.replace("2026.2", "2026.2a"))
    published(office, SECOND)
    assigned(office, "dana", "2026-01..2026-02")
    assigned(office, "eve", "2026-03")
    found = [
        (each.manager.id, each.version, str(each.first), str(each.last))
        for each in acknowledgements(engine, operator())
    ]
    assert found == [
        ("dana", "2026.1", "2026-01", "2026-02"), ("eve", "2026.2", "2026-03", "None"),
    ]  # fmt: skip
    assert [each.manager.id for each in acknowledgements(engine, DANA)] == ["dana"]


@SQLITE
def test_who_sees_which_versions(engine: Engine) -> None:
    office = employed(engine)
    published(office, SECOND.replace(f"role: {ROLE_ID}", "role: billing-lead"))
    every = ["billing-lead 2026.2", f"{ROLE_ID} 2026.1"]

    def seen(actor: Actor, role: str | None = None) -> list[str]:
        found = published_versions(engine, actor, "lakeside", role)
        return [f"{each.role.role} {each.role.version}" for each in found]

    assert seen(HANA) == seen(operator()) == every
    assert seen(HANA, "billing-lead") == every[:1]
    assert seen(DANA) == every[1:]
    assert seen(DANA, "billing-lead") == []
    with pytest.raises(NotPermitted):
        seen(Actor("administrator", "Ada Example"))


CHANGED: dict[str, object] = {
    "text": ROLE.replace("target: 60%", "target: 70%"),
    "sha256": "0" * 64,
    "effective": 202602,
    "version": "2026.9",
}


def test_a_version_that_was_changed_by_other_means_scores_nobody(engine: Engine) -> None:
    employed(engine)
    with reading(engine) as connection:
        good = dict(connection.execute(select(role_versions)).mappings().one())
    for name, other in CHANGED.items():
        with writing(engine) as connection:
            connection.execute(update(role_versions).values({**good, name: other}))
        for look in (
            lambda: score_manager(engine, operator(), "dana", Month(2026, 1), Month(2026, 3)),
            lambda: published_versions(engine, operator(), "lakeside"),
            lambda: acknowledgements(engine, DANA),
        ):
            with pytest.raises(RoleRefused, match="is no longer what was published under"):
                look()
