"""An account that is erased leaves what was signed with it, and nothing that one signs in with."""

import json

import pytest
from sqlalchemy import Engine, insert, select

from kpi.access.accounts import add_account, disable_account, list_accounts
from kpi.access.actor import Actor, Kind, operator
from kpi.access.audit import entries, seals
from kpi.access.erasing import erase_account
from kpi.access.holds import hold_manager, hold_practice, release_hold
from kpi.access.invitations import invite
from kpi.access.kept import keep
from kpi.access.sign_in import by_identity, by_passphrase
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.review.frozen.verifying import verify_review
from kpi.store.engine import reading, writing
from kpi.store.kept import kept
from kpi.store.people import identities, invitations, sessions, user_practices, users
from tests.access.people import PASSPHRASE, somebody
from tests.commands.running import held
from tests.office import Office
from tests.review.reviewed import UNACKNOWLEDGED, Reviewed, set_clock

pytestmark = pytest.mark.usefixtures("quick_hashes")

ISSUER = "https://login.example"


def shut(engine: Engine, id: str, kind: Kind = "hr", manager: str | None = None) -> int:
    """An account that has signed in both ways, was invited again and is shut; gives its number."""
    number = somebody(engine, id, kind, ("lakeside",), manager).number
    by_passphrase(engine, id, PASSPHRASE, "127.0.0.1")
    with writing(engine) as connection:
        connection.execute(insert(identities).values(issuer=ISSUER, subject="s1", user=number))
    disable_account(engine, operator(), id)
    invite(engine, operator(), id)
    return number


@pytest.fixture
def review(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Reviewed:
    set_clock(monkeypatch)
    return Reviewed(engine)


def final_by(review: Reviewed, dana: Actor) -> None:
    """Takes the review to its end, the manager's steps signed in with her account."""
    from tests.review import reviewed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reviewed, "DANA", dana)
        review.acknowledged()
    review.act(reviewed.HARPER, "confirm")
    review.act(reviewed.HARPER, "finalize", UNACKNOWLEDGED)


def test_nothing_is_left_to_sign_in_with_and_what_was_signed_verifies(review: Reviewed) -> None:
    engine = review.engine
    dana = somebody(engine, "dana@lakeside.example", "manager", ("lakeside",), "dana")
    final_by(review, dana.actor)
    steps = held(engine)["review_steps"]
    keep(engine, dana.actor, "guide", "2")
    disable_account(engine, operator(), dana.id)
    invite(engine, operator(), dana.id)
    with writing(engine) as connection:
        connection.execute(insert(identities).values(issuer=ISSUER, subject="s1", user=dana.number))
    assert erase_account(engine, operator(), "Dana@Lakeside.example ") == dana.number
    with reading(engine) as connection:
        row = connection.execute(select(users).where(users.c.number == dana.number)).one()
        for table in (identities, invitations, sessions, user_practices, kept):
            mine = select(table).where(table.c.user == dana.number)
            assert connection.execute(mine).first() is None, table.name
    assert (row.name, row.passphrase, row.manager) == (f"Erased account {dana.number}", None, None)
    assert "dana" not in json.dumps([row.id, row.name]).casefold()
    assert verify_review(engine, operator(), "lakeside", review.number).ok
    assert seals(engine, operator()).broken_at is None
    assert held(engine)["review_steps"] == steps
    assert dana.actor.label in repr(steps)
    newest = entries(engine, operator(), last=1)[0]
    assert (newest.action, newest.subject) == ("account", f"erased account {dana.number}")


def test_the_name_is_free_again_and_the_number_is_not(engine: Engine) -> None:
    Office(engine)
    number = shut(engine, "hana@lakeside.example")
    erase_account(engine, operator(), "hana@lakeside.example")
    assert list_accounts(engine, operator()) == []
    for act in (invite, disable_account, erase_account):
        with pytest.raises(NotFound):
            act(engine, operator(), "hana@lakeside.example")
    with pytest.raises(NotPermitted):
        by_passphrase(engine, "hana@lakeside.example", PASSPHRASE, "127.0.0.1")
    with pytest.raises(NotPermitted):
        by_identity(engine, ISSUER, "s1", "hana@lakeside.example")
    again = add_account(
        engine, operator(), "hana@lakeside.example", "Hana", "hr", ("lakeside",)
    )  # fmt: skip
    assert again.number != number


def test_one_that_is_open_is_shut_first(engine: Engine) -> None:
    Office(engine)
    somebody(engine, "hana", "hr")
    before = held(engine)
    with pytest.raises(InputError, match="shut it first, with: kpi account disable hana"):
        erase_account(engine, operator(), "hana")
    assert held(engine) == before


def test_a_hold_or_a_review_that_is_not_final_keeps_it(review: Reviewed) -> None:
    engine = review.engine
    shut(engine, "dana", "manager", "dana")
    lee = somebody(engine, "lee", "physician").actor
    for hold, of in ((hold_manager, "dana"), (hold_practice, "lakeside")):
        number = hold(engine, operator(), of, "A claim").number
        with pytest.raises(InputError, match="dana is under a hold"):
            erase_account(engine, operator(), "dana")
        release_hold(engine, operator(), number, "Settled")
    review.act(lee, "waive_self", "She has left.")
    disable_account(engine, operator(), "lee")
    for id in ("dana", "lee"):
        said = f"{id} has a part in what is not final yet \\(review {review.number}\\)"
        with pytest.raises(InputError, match=said):
            erase_account(engine, operator(), id)


def test_an_account_for_all_practices_is_kept_by_any_hold(engine: Engine) -> None:
    Office(engine)
    somebody(engine, "ada", "administrator", None)
    somebody(engine, "ben", "administrator", None)
    disable_account(engine, operator(), "ada")
    number = hold_practice(engine, operator(), "lakeside", "A claim").number
    with pytest.raises(InputError, match="ada is under a hold"):
        erase_account(engine, operator(), "ada")
    release_hold(engine, operator(), number, "Settled")
    erase_account(engine, operator(), "ada")
    assert [each.id for each in list_accounts(engine, operator())] == ["ben"]


def test_an_administrator_of_one_practice_erases_nobody_beyond_it(engine: Engine) -> None:
    Office(engine)
    somebody(engine, "hana", "hr", None)
    disable_account(engine, operator(), "hana")
    ada = Actor("administrator", "Ada Example", practices=frozenset({"lakeside"}))
    with pytest.raises(NotPermitted, match="does not look after this account"):
        erase_account(engine, ada, "hana")
