"""Accounts that people sign in with: added, changed, invited, shut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboards.forms.results import say
from dashboards.markup.text import block, note, small
from dashboards.session import Session
from dashboards.views.accounts import label, link
from dashboards.views.words import KIND
from kpi.access.accounts import SIGNS_IN, Account, add_account, change_account, disable_account
from kpi.access.actor import Kind
from kpi.access.invitations import invite, reset
from kpi.access.managers import list_assignments
from kpi.access.practices import list_practices

_LINK = "invitation_link"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an account is to be. ``practices`` None: all of them."""

    kind: Kind
    practices: list[str] | None
    manager: str | None


def add(who: Session) -> None:
    """The form for a new account; its owner's link is made with it."""
    with st.expander("Add an account"):
        id = st.text_input(
            "E-mail address", key="account_id", max_chars=120,
            help="What she or he signs in with. It stays as it is.",
        )  # fmt: skip
        name = st.text_input("Name", key="account_name", max_chars=200)
        wanted = _wanted(who, "new", None)
        if st.button("Add, and make the link", key="account_add"):
            added = add_account(
                who.engine, who.actor, id, name, wanted.kind, wanted.practices, wanted.manager
            )
            for key in ("account_id", "account_name"):
                st.session_state.pop(key, None)
            _keep_link(invite(who.engine, who.actor, added.id))
            say(f"{added.name} is added. Give her or him the link below.")


def change(who: Session, found: Sequence[Account]) -> None:
    """The choice of an account, and what can be done to it."""
    with st.expander("Change, invite or shut an account"):
        named = {each.id: each for each in found}
        id = st.selectbox(
            "Account", list(named), format_func=lambda id: label(named[id]), key="account_chosen",
            index=None, placeholder="Choose an account",
        )  # fmt: skip
        if id is None:
            return
        chosen = named[id]
        wanted = _wanted(who, str(chosen.number), chosen)
        if st.button("Save the change", key="account_change"):
            change_account(who.engine, who.actor, id, wanted.kind, wanted.practices, wanted.manager)
            say(f"{chosen.name} is changed; it holds from the next action on.")
        _let_in(who, chosen)
        if not chosen.disabled:
            _shut(who, chosen)


def link_made() -> None:
    """Shows the link that was made just now, this once; its going closes nothing further down."""
    made = st.session_state.pop(_LINK, None)
    with st.container():
        if made is None:
            return
        st.html(
            note(
                "This link works once, for three days, and is not shown again. Give it to nobody "
                "but its owner, who chooses a passphrase by it."
            )
        )
        st.code(made, language=None, wrap_lines=True)


def _let_in(who: Session, chosen: Account) -> None:
    st.html(
        block(
            small(
                "By a link its owner chooses a passphrase: the first, or a new one for somebody "
                "who forgot hers. Take the passphrase away where others know it: its owner is "
                "signed out everywhere as well."
            )
        )
    )
    with st.container(horizontal=True):
        if st.button("Make a link", key="account_invite"):
            _keep_link(invite(who.engine, who.actor, chosen.id))
            say(f"A link for {chosen.name} is made.")
        if st.button("Take the passphrase away, and make a link", key="account_reset"):
            _keep_link(reset(who.engine, who.actor, chosen.id))
            say(f"{chosen.name} is signed out everywhere, and a link is made.")


def _shut(who: Session, chosen: Account) -> None:
    sure = st.checkbox(
        f"Yes, shut the account of {chosen.name} and sign it out everywhere",
        key=f"account_sure_{chosen.number}",
    )
    if st.button("Shut the account", key="account_disable", disabled=not sure):
        disable_account(who.engine, who.actor, chosen.id)
        say(f"The account of {chosen.name} is shut, and signed out everywhere.")


def _wanted(who: Session, key: str, now: Account | None) -> _Wanted:
    """The choices of a kind and of practices, which show what an account is ``now``."""
    kind: Kind = st.selectbox(
        "Kind", SIGNS_IN, format_func=KIND.__getitem__, key=f"account_kind_{key}",
        index=SIGNS_IN.index(now.kind) if now is not None else 0,
    )  # fmt: skip
    everywhere = who.actor.practices is None and st.checkbox(
        "All practices, and those to come", key=f"account_everywhere_{key}",
        value=now is not None and now.practices is None,
    )  # fmt: skip
    practices: list[str] | None = None
    if not everywhere:
        known = {each.id: each.name for each in list_practices(who.engine, who.actor)}
        given = now.practices if now is not None and now.practices is not None else ()
        practices = st.multiselect(
            "Practices", list(known), format_func=known.__getitem__,
            key=f"account_practices_{key}", default=[id for id in given if id in known],
        )  # fmt: skip
    manager = _manager(who, key, now) if kind == "manager" else None
    return _Wanted(kind, practices, manager)


def _manager(who: Session, key: str, now: Account | None) -> str | None:
    known = {each.manager.id: each.manager.name for each in list_assignments(who.engine, who.actor)}
    options = list(known)
    manager: str | None = st.selectbox(
        "Whose scores are her or his own", options, format_func=known.__getitem__,
        key=f"account_manager_{key}", placeholder="Choose a manager",
        index=options.index(now.manager) if now is not None and now.manager in known else None,
    )  # fmt: skip
    return manager


def _keep_link(secret: str) -> None:
    st.session_state[_LINK] = link(st.context.url, secret)
