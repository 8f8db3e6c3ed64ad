"""Accounts: who may sign in, as what, at which practices."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.forms import people
from dashboards.forms.results import said
from dashboards.forms.take_away import Export, listed, take_away
from dashboards.guard import guarded
from dashboards.markup.text import block, empty, table, title
from dashboards.views.accounts import HEADINGS, account_rows
from kpi.access.accounts import list_accounts


def draw() -> None:
    """The list, then what an administrator may do about it."""
    who = frame.signed_in()
    found = list_accounts(who.engine, who.actor)
    st.html(title("Accounts", "Who may sign in"))
    said()
    people.link_made()
    if found:
        rows = account_rows(found)
        st.html(block(table(HEADINGS, rows, set())))
        files = [listed("Accounts", "accounts", HEADINGS, rows)]
        take_away(who, files, Export("list of accounts", "manage_accounts"))
    else:
        st.html(empty("No account yet", "Add the first one here; its owner gets a link."))
    with guarded():
        people.add(who)
    if found:
        with guarded():
            people.change(who, found)


draw()
