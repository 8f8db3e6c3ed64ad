"""Who is signed in: read from the cookie and the session's row once a run, and never remembered
beyond it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

import streamlit as st
from sqlalchemy import Engine

from dashboards import data
from dashboards.web import cookie
from kpi.access import trail
from kpi.access.accounts import Account
from kpi.access.actor import Actor
from kpi.access.managers import Assignment, list_assignments
from kpi.access.sessions import signed_in
from kpi.errors import NotPermitted

_WHOSE = "whose"


@dataclass(frozen=True)
class Session:
    """The session that a page runs in; the account as it stood when the run began."""

    engine: Engine
    secret: str
    account: Account

    @property
    def actor(self) -> Actor:
        """Who acts in this run."""
        return self.account.actor

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Those that she or he may see, as they stood when first asked for. Raises NotPermitted."""
        return list_assignments(self.engine, self.actor)

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


_RUN: ContextVar[Session | None] = ContextVar("run", default=None)


@contextmanager
def run_of(session: Session) -> Iterator[None]:
    """A run that is this session's from its beginning to its end."""
    token = _RUN.set(session)
    try:
        yield
    finally:
        _RUN.reset(token)


def current() -> Session | None:
    """The session of the run, or of the browser that looks where part of a page runs by itself;
    None where it has ended. Raises DatabaseError."""
    if (found := _RUN.get()) is not None:
        return found
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
