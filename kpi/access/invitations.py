"""Links by which somebody chooses a passphrase: the first one, or a new one. Each works once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import Connection, Engine, delete, insert, select, update

from kpi.access import trail
from kpi.access.accounts import Account, account_numbered, get_account, require_looked_after
from kpi.access.actor import Actor, require
from kpi.access.passphrases import hashed
from kpi.errors import InputError
from kpi.store import clock
from kpi.store.clock import now, stored
from kpi.store.engine import reading, writing
from kpi.store.people import identities, invitations, sessions, users

LASTS = timedelta(hours=72)


def invite(engine: Engine, actor: Actor, id: str) -> str:
    """Makes a link's secret for an account; earlier ones no longer work. It is shown once and kept
    only as its hash. A disabled account is open again once a passphrase is chosen by it.

    Raises NotFound and NotPermitted.
    """
    require(actor, "manage_accounts")
    with writing(engine) as connection:
        account = _looked_after(connection, actor, id)
        secret = _link(connection, account)
        trail.note(connection, actor, "account", f"invited {account.id}")
    return secret


def reset(engine: Engine, actor: Actor, id: str) -> str:
    """Takes an account's passphrase away, ends its sessions, and makes a link's secret for a new
    one: for a passphrase that others know. Raises NotFound and NotPermitted."""
    require(actor, "manage_accounts")
    with writing(engine) as connection:
        account = _looked_after(connection, actor, id)
        connection.execute(
            update(users).where(users.c.number == account.number).values(passphrase=None)
        )
        connection.execute(delete(sessions).where(sessions.c.user == account.number))
        secret = _link(connection, account)
        trail.note(connection, actor, "account", f"reset {account.id}")
    return secret


def _looked_after(connection: Connection, actor: Actor, id: str) -> Account:
    account = get_account(connection, id)
    require_looked_after(actor, account)
    return account


def _link(connection: Connection, account: Account) -> str:
    """The secret of a new link, in place of earlier ones."""
    secret = secrets.token_urlsafe(32)
    connection.execute(delete(invitations).where(invitations.c.user == account.number))
    connection.execute(
        insert(invitations).values(
            secret=_kept(secret), user=account.number, ends_at=stored(clock.instant() + LASTS)
        )
    )
    return secret


def invited(engine: Engine, secret: str) -> Account:
    """Whom a link is for. Raises InputError for one that never worked or no longer works."""
    with reading(engine) as connection:
        number = connection.execute(
            select(invitations.c.user).where(
                invitations.c.secret == _kept(secret), invitations.c.ends_at > now()
            )
        ).scalar_one_or_none()
        if number is None:
            raise _over()
        return account_numbered(connection, number)


def choose_passphrase(engine: Engine, secret: str, passphrase: str) -> Account:
    """Sets the passphrase of whom a link is for, uses the link up, and ends the sessions that the
    account has. Raises InputError for a weak passphrase and a link that does not work."""
    account = invited(engine, secret)
    found = hashed(passphrase, (account.id, account.name))
    with writing(engine) as connection:
        _use(connection, account, secret)
        connection.execute(
            update(users).where(users.c.number == account.number).values(passphrase=found)
        )
        trail.note(connection, account.actor, "account", f"{account.id} chose a passphrase")
        return account_numbered(connection, account.number)


def tie_identity(engine: Engine, secret: str, issuer: str, subject: str) -> Account:
    """Ties what an OpenID provider says to the account of whom a link is for, in place of what was
    tied to it from there before; uses the link up and ends the sessions that the account has.

    Raises InputError for a link that does not work and an identity that is another account's.
    """
    account = invited(engine, secret)
    with writing(engine) as connection:
        _use(connection, account, secret)
        at_issuer = identities.c.issuer == issuer
        whose = connection.execute(
            select(identities.c.user).where(at_issuer, identities.c.subject == subject)
        ).scalar_one_or_none()
        if whose not in (None, account.number):
            raise InputError(
                "Whom your organisation vouches for has another account of Rolecard already; sign "
                "out there, or ask your administrator which of the two is yours."
            )
        connection.execute(delete(identities).where(at_issuer, identities.c.user == account.number))
        connection.execute(
            insert(identities).values(issuer=issuer, subject=subject, user=account.number)
        )
        trail.note(connection, account.actor, "account", f"{account.id} tied to {issuer}")
        return account_numbered(connection, account.number)


def _use(connection: Connection, account: Account, secret: str) -> None:
    """Uses a link up: its account is open, and whoever was signed in with it is so no more."""
    used = connection.execute(
        delete(invitations).where(
            invitations.c.secret == _kept(secret), invitations.c.ends_at > now()
        )
    )
    if not used.rowcount:  # somebody was faster
        raise _over()
    connection.execute(
        update(users).where(users.c.number == account.number).values(disabled_at=None)
    )
    connection.execute(delete(sessions).where(sessions.c.user == account.number))


def _over() -> InputError:
    return InputError(
        "This link does not work any more: each works once, for three days. Ask your administrator "
        "for a new one."
    )


def _kept(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
