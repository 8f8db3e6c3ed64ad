"""Signing in, staying signed in, and being signed out."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from kpi.access.accounts import add_account, change_account, disable_account
from kpi.access.actor import operator
from kpi.access.audit import entries
from kpi.access.invitations import choose_passphrase, invite, invited, tie_identity
from kpi.access.practices import add_practice
from kpi.access.sessions import sign_out, signed_in
from kpi.access.sign_in import by_identity, by_passphrase
from kpi.errors import InputError, NotPermitted
from kpi.store.engine import reading, writing
from kpi.store.people import invitations, sessions, sign_in_failures, users
from tests.access.conftest import Clock
from tests.access.people import PASSPHRASE, somebody

pytestmark = pytest.mark.usefixtures("quick_hashes")

HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
ISSUER = "https://login.example"


@pytest.fixture(autouse=True)
def place(engine: Engine) -> None:
    add_practice(engine, operator(), "lakeside", "Lakeside")


def refused(engine: Engine, id: str, passphrase: str, address: str = HERE) -> str:
    with pytest.raises(NotPermitted) as caught:
        by_passphrase(engine, id, passphrase, address)
    return str(caught.value)


def who(engine: Engine, secret: str | None) -> str | None:
    account = signed_in(engine, secret)
    return account.id if account else None


def test_the_right_passphrase_signs_in(engine: Engine, clock_set: Clock) -> None:
    somebody(engine, "hana@lakeside.example", "hr")
    secret = by_passphrase(engine, " Hana@Lakeside.Example", PASSPHRASE, HERE)
    assert who(engine, secret) == "hana@lakeside.example"
    assert entries(engine, operator())[0].action == "sign_in"


def test_secrets_and_passphrases_are_kept_as_hashes_only(engine: Engine) -> None:
    somebody(engine, "hana", "hr")
    link = invite(engine, operator(), "hana")
    secret = by_passphrase(engine, "hana", PASSPHRASE, HERE)
    with reading(engine) as connection:
        kept = [
            *connection.execute(select(users.c.passphrase)).scalars(),
            *connection.execute(select(sessions.c.secret)).scalars(),
            *connection.execute(select(invitations.c.secret)).scalars(),
        ]
    assert str(kept[0]).startswith("$argon2id$")
    assert not any(told in str(each) for each in kept for told in (PASSPHRASE, secret, link))


def test_whatever_is_wrong_the_sentence_is_the_same(engine: Engine) -> None:
    somebody(engine, "hana", "hr")
    add_account(engine, operator(), "new", "New Example", "hr", None)
    somebody(engine, "gone", "hr")
    disable_account(engine, operator(), "gone")
    said = {
        refused(engine, "hana", "wrong"),
        refused(engine, "nobody", PASSPHRASE),
        refused(engine, "new", PASSPHRASE),
        refused(engine, "gone", PASSPHRASE),
        refused(engine, "ha na \u0430", PASSPHRASE),
        refused(engine, "", ""),
        refused(engine, "hana", "x" * 100_000),
        refused(engine, "hana' OR '1'='1", "' OR '1'='1"),
    }
    assert len(said) == 1


def test_what_was_typed_into_the_wrong_field_is_not_kept(engine: Engine) -> None:
    refused(engine, PASSPHRASE, "hana")
    entry = entries(engine, operator())[0]
    assert (entry.action, entry.outcome, entry.subject) == ("sign_in", "refused", "an unknown name")
    with reading(engine) as connection:
        assert PASSPHRASE not in str(connection.execute(select(sign_in_failures)).all())


def test_guessing_waits_longer_and_longer(engine: Engine, clock_set: Clock) -> None:
    """Five tries are free; then 15, 30, 60 seconds, at most a quarter of an hour."""
    somebody(engine, "hana", "hr")
    for _ in range(5):
        assert "wrong" in refused(engine, "hana", "guess")
    assert refused(engine, "hana", PASSPHRASE) == ("Too many tries: wait 15 seconds and try again.")
    clock_set.passes(seconds=15)
    assert "wrong" in refused(engine, "hana", "guess")
    assert "wait 30 seconds" in refused(engine, "hana", PASSPHRASE)
    for _ in range(12):
        clock_set.passes(minutes=15)
        assert "wrong" in refused(engine, "hana", "guess")
    assert "wait 900 seconds" in refused(engine, "hana", PASSPHRASE)


def test_an_unknown_name_waits_as_a_known_one_does(engine: Engine, clock_set: Clock) -> None:
    somebody(engine, "hana", "hr")
    said = {name: [refused(engine, name, "guess") for _ in range(7)] for name in ("hana", "nobody")}
    assert said["hana"] == said["nobody"]


def test_a_guesser_elsewhere_keeps_nobody_out(engine: Engine, clock_set: Clock) -> None:
    somebody(engine, "hana", "hr")
    somebody(engine, "pat", "physician")
    for _ in range(20):
        refused(engine, "hana", "guess", ELSEWHERE)
    assert who(engine, by_passphrase(engine, "hana", PASSPHRASE, HERE)) == "hana"
    assert who(engine, by_passphrase(engine, "pat", PASSPHRASE, ELSEWHERE)) == "pat"


def test_signing_in_forgets_the_failures(engine: Engine, clock_set: Clock) -> None:
    somebody(engine, "hana", "hr")
    for _ in range(4):
        refused(engine, "hana", "guess")
    by_passphrase(engine, "hana", PASSPHRASE, HERE)
    for _ in range(4):
        refused(engine, "hana", "guess")
    assert by_passphrase(engine, "hana", PASSPHRASE, HERE)


def test_failures_of_the_day_before_are_forgotten(engine: Engine, clock_set: Clock) -> None:
    refused(engine, "nobody", "guess", ELSEWHERE)
    clock_set.passes(hours=25)
    refused(engine, "somebody", "guess")
    with reading(engine) as connection:
        assert len(connection.execute(select(sign_in_failures)).all()) == 1


def test_an_idle_session_ends_after_half_an_hour(engine: Engine, clock_set: Clock) -> None:
    somebody(engine, "hana", "hr")
    secret = by_passphrase(engine, "hana", PASSPHRASE, HERE)
    for _ in range(3):
        clock_set.passes(minutes=29)
        assert who(engine, secret) == "hana"
    clock_set.passes(minutes=31)
    assert who(engine, secret) is None


def test_nobody_is_kept_from_a_page_while_a_file_is_loaded(
    engine: Engine, clock_set: Clock
) -> None:
    """SQLite has one writer; that a session was used is noted later then."""
    somebody(engine, "hana", "hr")
    secret = by_passphrase(engine, "hana", PASSPHRASE, "here")
    clock_set.passes(minutes=20)
    with writing(engine):
        assert signed_in(engine, secret)
    clock_set.passes(minutes=9)
    assert signed_in(engine, secret)
    clock_set.passes(minutes=29)
    assert signed_in(engine, secret)


def test_no_session_outlives_twelve_hours(engine: Engine, clock_set: Clock) -> None:
    somebody(engine, "hana", "hr")
    secret = by_passphrase(engine, "hana", PASSPHRASE, HERE)
    for _ in range(36):
        clock_set.passes(minutes=20)
        assert who(engine, secret) == "hana"
    clock_set.passes(minutes=1)
    assert who(engine, secret) is None


def test_signing_out_ends_this_session_and_no_other(engine: Engine) -> None:
    somebody(engine, "hana", "hr")
    first = by_passphrase(engine, "hana", PASSPHRASE, HERE)
    second = by_passphrase(engine, "hana", PASSPHRASE, ELSEWHERE)
    sign_out(engine, first)
    sign_out(engine, first)
    sign_out(engine, None)
    assert (who(engine, first), who(engine, second)) == (None, "hana")
    assert [each.action for each in entries(engine, operator(), last=1)] == ["sign_out"]


def test_a_new_passphrase_ends_every_session(engine: Engine) -> None:
    somebody(engine, "hana", "hr")
    secret = by_passphrase(engine, "hana", PASSPHRASE, HERE)
    choose_passphrase(engine, invite(engine, operator(), "hana"), "copper lanterns drift west")
    assert who(engine, secret) is None
    assert "wrong" in refused(engine, "hana", PASSPHRASE)


def test_shutting_an_account_bites_at_once(engine: Engine) -> None:
    somebody(engine, "hana", "hr")
    secret = by_passphrase(engine, "hana", PASSPHRASE, HERE)
    link = invite(engine, operator(), "hana")
    disable_account(engine, operator(), "hana")
    assert who(engine, secret) is None
    with pytest.raises(InputError, match="does not work any more"):
        invited(engine, link)


def test_another_kind_and_scope_bite_at_once(engine: Engine) -> None:
    somebody(engine, "hana", "hr", None)
    secret = by_passphrase(engine, "hana", PASSPHRASE, HERE)
    change_account(engine, operator(), "hana", "physician", ["lakeside"])
    account = signed_in(engine, secret)
    assert account is not None
    assert (account.actor.kind, account.actor.practices) == ("physician", frozenset({"lakeside"}))


@pytest.mark.parametrize("secret", [None, "", "forged", "../../etc", "\x00", "\ud800", "a" * 9999])
def test_a_forged_cookie_is_nobodys(engine: Engine, secret: str | None) -> None:
    somebody(engine, "hana", "hr")
    by_passphrase(engine, "hana", PASSPHRASE, HERE)
    assert signed_in(engine, secret) is None


def test_a_link_works_once(engine: Engine, clock_set: Clock) -> None:
    add_account(engine, operator(), "hana", "Hana Example", "hr", None)
    link = invite(engine, operator(), "hana")
    assert invited(engine, link).id == "hana"
    assert choose_passphrase(engine, link, PASSPHRASE).ready
    with pytest.raises(InputError, match="each works once"):
        choose_passphrase(engine, link, "copper lanterns drift west")


def test_a_link_works_for_three_days_and_only_the_last_one(
    engine: Engine, clock_set: Clock
) -> None:
    add_account(engine, operator(), "hana", "Hana Example", "hr", None)
    first = invite(engine, operator(), "hana")
    second = invite(engine, operator(), "hana")
    with pytest.raises(InputError, match="does not work"):
        invited(engine, first)
    clock_set.passes(hours=71, minutes=59)
    assert invited(engine, second).id == "hana"
    clock_set.passes(minutes=1)
    with pytest.raises(InputError, match="does not work"):
        choose_passphrase(engine, second, PASSPHRASE)


def test_an_identity_is_tied_to_its_account_by_a_verified_address_once(engine: Engine) -> None:
    somebody(engine, "hana@lakeside.example", "hr")
    first = by_identity(engine, ISSUER, "s-1", "Hana@lakeside.example")
    assert who(engine, first) == "hana@lakeside.example"
    # Her address at the provider is another one now; she is the same.
    assert who(engine, by_identity(engine, ISSUER, "s-1", "other@lakeside.example"))
    # Somebody else was given her old address.
    with pytest.raises(NotPermitted, match="no open account"):
        by_identity(engine, ISSUER, "s-2", "hana@lakeside.example")
    # Another provider that says the same subject is another provider.
    with pytest.raises(NotPermitted, match="no open account"):
        by_identity(engine, "https://other.example", "s-1", None)


def test_an_invitation_ties_an_identity_in_place_of_the_one_before_and_opens_the_account(
    engine: Engine,
) -> None:
    somebody(engine, "hana", "hr")
    somebody(engine, "kim", "hr")
    tie_identity(engine, invite(engine, operator(), "hana"), ISSUER, "s-1")
    earlier = by_identity(engine, ISSUER, "s-1", None)
    disable_account(engine, operator(), "hana")
    tie_identity(engine, invite(engine, operator(), "hana"), ISSUER, "s-2")
    assert who(engine, by_identity(engine, ISSUER, "s-2", None)) == "hana"
    assert who(engine, earlier) is None
    with pytest.raises(NotPermitted, match="no open account"):
        by_identity(engine, ISSUER, "s-1", None)
    # Whoever is somebody already does not become another, and the invitation is not used up.
    link = invite(engine, operator(), "kim")
    with pytest.raises(InputError, match="has another account"):
        tie_identity(engine, link, ISSUER, "s-2")
    assert invited(engine, link).id == "kim"


def test_an_identity_of_a_shut_account_does_not_sign_in(engine: Engine) -> None:
    somebody(engine, "hana", "hr")
    by_identity(engine, ISSUER, "s-1", "hana")
    disable_account(engine, operator(), "hana")
    with pytest.raises(NotPermitted, match="no open account"):
        by_identity(engine, ISSUER, "s-1", "hana")
    entry = entries(engine, operator(), last=1)[0]
    assert (entry.action, entry.outcome) == ("sign_in", "refused")


def test_the_clock_of_these_tests_is_the_one_that_is_read(clock_set: Clock) -> None:
    assert clock_set() == datetime(2026, 2, 3, 9, 0, tzinfo=UTC)


def test_an_account_without_a_passphrase_is_ready_once_a_provider_vouches_for_it(
    engine: Engine,
) -> None:
    made = add_account(engine, operator(), "hana@lakeside.example", "Hana Example", "hr", None)
    account = signed_in(engine, by_identity(engine, ISSUER, "s-1", "hana@lakeside.example"))
    assert account is not None
    assert (made.ready, account.ready) == (False, True)
