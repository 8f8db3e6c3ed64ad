"""Who is signed in: read from the cookie and the session's row on every run, never remembered."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from sqlalchemy import Engine

from dashboards import data
from dashboards.web import cookie
from kpi.access import trail
from kpi.access.accounts import Account
from kpi.access.actor import Actor
from kpi.access.sessions import signed_in
from kpi.errors import NotPermitted

_WHOSE = "whose"


@dataclass(frozen=True, slots=True)
class Session:
    """The session that a page runs in; the account as it stood when the run began."""

    engine: Engine
    secret: str
    account: Account

    @property
    def actor(self) -> Actor:
        """Who acts in this run."""
        return self.account.actor

    def now(self) -> Actor:
        """Who acts at this moment, for what is done once the run is over, as downloads are.

        Raises NotPermitted where the session has ended since.
        """
        account = signed_in(self.engine, self.secret)
        if account is None:
            raise NotPermitted("The session has ended; sign in again.")
        return account.actor


def secret() -> str | None:
    """The secret in the cookie that the browser came with."""
    return cookie.secret_in(st.context.cookies)


def current() -> Session | None:
    """The session of the browser that looks, None where it has ended. Raises DatabaseError."""
    engine, found = data.engine(), secret()
    account = signed_in(engine, found)
    if account is None or found is None:
        return None
    return Session(engine, found, account)


def forget_others(session: Session) -> None:
    """Empties what the tab remembers where it is somebody else's: dropped files among it."""
    number = session.account.number
    if st.session_state.get(_WHOSE, number) != number:
        st.session_state.clear()
    st.session_state[_WHOSE] = number


def note_refusal(refusal: NotPermitted) -> None:
    """Adds to the trail what whoever is signed in may not do."""
    found = current()
    if found is not None:
        trail.note_refusal(found.engine, found.actor, refusal)
