"""Signing in: by passphrase, or by what an OpenID provider says."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, insert, select

from kpi.access import throttle, trail
from kpi.access.accounts import Account, account_id, account_numbered
from kpi.access.actor import Actor
from kpi.access.passphrases import matches
from kpi.access.sessions import start
from kpi.errors import InputError, NotPermitted
from kpi.store import clock
from kpi.store.engine import reading, writing
from kpi.store.people import identities, users

_WRONG = "The name or the passphrase is wrong. After several tries each further one has to wait."


def by_passphrase(engine: Engine, id: str, passphrase: str, address: str) -> str:
    """Signs in; gives the session's secret. ``address``: where the browser is seen from.

    Raises NotPermitted with the same sentence whatever is wrong, after the same work, and with how
    long to wait where a name was tried too often from there.
    """
    now = clock.instant()
    try:
        folded, possible = account_id(id), True
    except InputError:
        folded, possible = id[:200], False  # nor is each such name one that a database takes
    with reading(engine) as connection:
        wait = throttle.wait(connection, folded, address, now)
        named = select(users).where(users.c.id == folded)
        row = connection.execute(named).first() if possible else None
    if wait:
        raise NotPermitted(
            f"Too many tries: wait {round(wait.total_seconds()) or 1} seconds and try again."
        )
    right = matches(passphrase, row.passphrase if row is not None else None)
    with writing(engine) as connection:
        if row is None or not right or row.disabled_at is not None:
            throttle.failed(connection, folded, address, now)
            number = None if row is None else row.number
            # Not the name as typed: a passphrase may stand in the wrong field.
            said = "an unknown name" if row is None else row.id
            visitor = Actor("visitor", "somebody", user=number)
            trail.note(connection, visitor, "sign_in", said, outcome="refused")
        else:
            throttle.succeeded(connection, folded, address)
            return _start(connection, account_numbered(connection, row.number), "passphrase")
    raise NotPermitted(_WRONG)


def by_identity(engine: Engine, issuer: str, subject: str, email: str | None) -> str:
    """Signs in whoever a provider vouches for; gives the session's secret.

    An identity is matched on issuer and subject. One that is new is tied to the account of its
    verified ``email``, once: later the address may change hands, the subject does not. Raises
    NotPermitted where there is no such account or it is shut.
    """
    with writing(engine) as connection:
        known = select(identities.c.user).where(
            identities.c.issuer == issuer, identities.c.subject == subject
        )
        number = connection.execute(known).scalar_one_or_none()
        if number is None and email:
            number = _tie(connection, issuer, subject, email)
        if number is not None:
            account = account_numbered(connection, number)
            if not account.disabled:
                return _start(connection, account, "openid")
        visitor = Actor("visitor", "somebody", user=number)
        trail.note(connection, visitor, "sign_in", f"by {issuer}", outcome="refused")
    raise NotPermitted(
        "Your organisation vouches for you, and Rolecard has no open account that is tied to you; "
        "ask your administrator for an invitation."
    )


def _tie(connection: Connection, issuer: str, subject: str, email: str) -> int | None:
    """Ties an identity to the account of an address that none of the issuer's is tied to yet."""
    try:
        folded = account_id(email)
    except InputError:
        return None
    number = connection.execute(
        select(users.c.number).where(users.c.id == folded, users.c.disabled_at.is_(None))
    ).scalar_one_or_none()
    if number is None:
        return None
    taken = select(identities.c.subject).where(
        identities.c.issuer == issuer, identities.c.user == number
    )
    if connection.execute(taken).first():
        return None
    connection.execute(insert(identities).values(issuer=issuer, subject=subject, user=number))
    return int(number)


def _start(connection: Connection, account: Account, way: str) -> str:
    trail.note(connection, account.actor, "sign_in", account.id, way=way)
    return start(connection, account)
