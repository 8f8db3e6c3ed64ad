"""Sessions: who is signed in, until when. A session lives in the database, its secret in a cookie.

Asked on every run of a page and before every action, so that signing out, a new passphrase, a shut
account and a changed kind bite at once, in all tabs.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import Connection, Engine, delete, insert, or_, select, update

from kpi.access import trail
from kpi.access.accounts import Account, account_numbered
from kpi.errors import DatabaseError
from kpi.store import clock
from kpi.store.clock import moment, stored
from kpi.store.engine import reading, writing
from kpi.store.people import sessions, users

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
_NOTED_EVERY = timedelta(minutes=1)


def start(connection: Connection, account: Account) -> str:
    """Starts a session; gives its secret, which is kept only as a hash."""
    now = clock.instant()
    over = or_(
        sessions.c.seen_at < stored(now - IDLE), sessions.c.started_at < stored(now - LONGEST)
    )
    connection.execute(delete(sessions).where(over))
    secret = secrets.token_urlsafe(32)
    connection.execute(
        insert(sessions).values(
            secret=_kept(secret), user=account.number, started_at=stored(now), seen_at=stored(now)
        )
    )
    return secret


def signed_in(engine: Engine, secret: str | None) -> Account | None:
    """Whose session a cookie's secret names, if it is neither ended nor over. Its use is noted.

    What a forged, an old or another program's secret names is nobody, and so is a session from a
    future that the clock was set back from: it would last for as long as the clock was wrong.
    """
    if not secret:
        return None
    now = clock.instant()
    with reading(engine) as connection:
        row = connection.execute(
            select(sessions, users.c.disabled_at)
            .join(users, users.c.number == sessions.c.user)
            .where(sessions.c.secret == _kept(secret))
        ).first()
        if row is None or row.disabled_at is not None:
            return None
        idle, lasted = now - moment(row.seen_at), now - moment(row.started_at)
        if not -IDLE <= idle <= IDLE or lasted > LONGEST:
            return None
        account = account_numbered(connection, row.user)
    if now - moment(row.seen_at) >= _NOTED_EVERY:
        # While a file is loaded nobody waits for this; the next run notes it.
        with suppress(DatabaseError), writing(engine, wait=0) as connection:
            connection.execute(
                update(sessions)
                .where(sessions.c.secret == _kept(secret))
                .values(seen_at=stored(now))
            )
    return account


def sign_out(engine: Engine, secret: str | None) -> None:
    """Ends the session of a cookie's secret, if it is one."""
    account = signed_in(engine, secret)
    if account is None or secret is None:
        return
    with writing(engine) as connection:
        connection.execute(delete(sessions).where(sessions.c.secret == _kept(secret)))
        trail.note(connection, account.actor, "sign_out", account.id)


def _kept(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
