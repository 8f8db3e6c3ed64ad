"""Accounts: added, changed, shut; who may do it; names that cannot be mistaken."""

import pytest
from sqlalchemy import Engine

from kpi.access.accounts import (
    add_account,
    change_account,
    disable_account,
    list_accounts,
)
from kpi.access.actor import Actor, operator
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.months import Month
from tests.access.people import somebody

pytestmark = pytest.mark.usefixtures("quick_hashes")

LOCAL_ADMINISTRATOR = Actor("administrator", "Ada Example", practices=frozenset({"lakeside"}))


@pytest.fixture(autouse=True)
def places(engine: Engine) -> None:
    for id in ("lakeside", "hillcrest"):
        add_practice(engine, operator(), id, id.title())
    add_manager(engine, operator(), "dana", "Dana Example", "lakeside", Month(2026, 1))


def test_an_account_acts_as_its_kind_at_its_practices(engine: Engine) -> None:
    account = add_account(
        engine, operator(), "Dana@Lakeside.example", "  Dana   Example ", "manager",
        ["lakeside"], "dana",
    )  # fmt: skip
    assert (account.id, account.name) == ("dana@lakeside.example", "Dana Example")
    assert (account.ready, account.disabled) == (False, False)
    actor = account.actor
    assert (actor.kind, actor.manager, actor.practices) == (
        "manager", "dana", frozenset({"lakeside"}),
    )  # fmt: skip


def test_an_account_of_all_practices_is_scoped_to_none(engine: Engine) -> None:
    account = add_account(engine, operator(), "hana", "Hana Example", "hr", None)
    assert account.practices is None
    assert account.actor.practices is None


@pytest.mark.parametrize(
    ("kind", "practices", "manager", "sentence"),
    [
        ("manager", ["lakeside"], None, "names the manager whose scores are her own"),
        ("hr", ["lakeside"], "dana", "no other kind does"),
        ("operator", None, None, "is for one of physician, manager, hr, administrator"),
        ("visitor", None, None, "is for one of"),
        ("hr", [], None, "Name the practices"),
    ],
)
def test_what_an_account_cannot_be(engine, kind, practices, manager, sentence) -> None:
    with pytest.raises(InputError, match=sentence):
        add_account(engine, operator(), "pat", "Pat Example", kind, practices, manager)
    assert list_accounts(engine, operator()) == []


@pytest.mark.parametrize("id", ["", "  ", "pat smith", "p\u0430t", "p\nat", "x" * 121, "pat\u200b"])
def test_names_that_are_refused(engine: Engine, id: str) -> None:
    """A Cyrillic a, a line break, an unseen character: nobody could tell them from another's."""
    with pytest.raises(InputError, match="account's name"):
        add_account(engine, operator(), id, "Pat Example", "hr", None)


def test_full_width_letters_are_the_same_name(engine: Engine) -> None:
    add_account(engine, operator(), "pat", "Pat Example", "hr", None)
    with pytest.raises(InputError, match="There is an account 'pat' already"):
        add_account(engine, operator(), "\uff30\uff41\uff54", "Pat Other", "hr", None)


def test_unknown_practices_and_managers_change_nothing(engine: Engine) -> None:
    with pytest.raises(NotFound, match="no practice 'nowhere'"):
        add_account(engine, operator(), "pat", "Pat", "hr", ["lakeside", "nowhere"])
    with pytest.raises(NotFound, match="no manager 'nobody'"):
        add_account(engine, operator(), "pat", "Pat", "manager", ["lakeside"], "nobody")
    assert list_accounts(engine, operator()) == []


def test_who_looks_after_some_practices_gives_no_others(engine: Engine) -> None:
    for practices in (["hillcrest"], ["lakeside", "hillcrest"], None):
        with pytest.raises(NotPermitted, match="not her or his own"):
            add_account(engine, LOCAL_ADMINISTRATOR, "pat", "Pat", "hr", practices)
    assert add_account(engine, LOCAL_ADMINISTRATOR, "pat", "Pat", "hr", ["lakeside"]).id == "pat"
    somebody(engine, "hana", "hr", None)
    assert [each.id for each in list_accounts(engine, LOCAL_ADMINISTRATOR)] == ["pat"]
    for change in (disable_account, lambda *a: change_account(*a, "physician", ["lakeside"])):
        with pytest.raises(NotPermitted, match="does not look after"):
            change(engine, LOCAL_ADMINISTRATOR, "hana")


@pytest.mark.parametrize("kind", ["physician", "manager", "hr", "visitor"])
def test_only_administrators_change_accounts(engine: Engine, kind) -> None:
    actor = Actor(kind, "Pat Example", manager="dana")
    for act in (
        lambda: add_account(engine, actor, "pat", "Pat", "hr", None),
        lambda: disable_account(engine, actor, "pat"),
        lambda: change_account(engine, actor, "pat", "hr", None),
        lambda: list_accounts(engine, actor),
    ):
        with pytest.raises(NotPermitted, match="an administrator has to"):
            act()


def test_the_last_administrator_stays(engine: Engine) -> None:
    somebody(engine, "ada", "administrator", None)
    with pytest.raises(InputError, match="The last administrator"):
        disable_account(engine, operator(), "ada")
    with pytest.raises(InputError, match="The last administrator"):
        change_account(engine, operator(), "ada", "hr", None)
    somebody(engine, "bo", "administrator", None)
    assert disable_account(engine, operator(), "ada").disabled


def test_an_account_is_given_another_kind(engine: Engine) -> None:
    somebody(engine, "pat", "hr", None)
    changed = change_account(engine, operator(), "pat", "physician", ["hillcrest"])
    assert (changed.kind, changed.practices, changed.ready) == ("physician", ("hillcrest",), True)
