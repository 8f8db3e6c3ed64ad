"""Accounts of the ledger that have no category yet: chosen once for the practice."""

from __future__ import annotations

import streamlit as st

from dashboards.forms.results import say
from dashboards.frame import Here
from dashboards.markup.text import block, small
from dashboards.views.words import count_of, name_of
from kpi.catalogue import Unit
from kpi.ingest.accounts import categories, list_accounts, set_account
from kpi.numbers import show


def draw(here: Here) -> None:
    """A choice an account; nothing where every account has its category."""
    practice = here.assignment.practice.id
    listed = list_accounts(here.engine, here.actor, practice)
    found = [each for each in listed if each["category"] is None]
    if not found:
        return
    total = sum(each["amount"] for each in found)
    st.html(
        block(
            "<h2>Accounts without a category</h2>",
            small(
                f"{count_of(len(found), 'account')}, {show(total, Unit.DOLLARS)}: cost KPIs wait "
                "for them. Proposals go by the account's name; check them."
            ),
        )
    )
    options = ["", *categories()]
    with st.form("accounts"):
        chosen = {
            each["account"]: st.selectbox(
                f"{each['account']} ({show(each['amount'], Unit.DOLLARS)})",
                options,
                index=options.index(each["proposed"] or ""),
                format_func=lambda name: name_of(name) if name else "Not chosen",
                key=f"account_{each['account']}",
            )
            for each in found
        }
        sent = st.form_submit_button("Save the categories")
    if sent:
        picked = {account: category for account, category in chosen.items() if category}
        for account, category in picked.items():
            set_account(here.engine, here.actor, practice, account, category)
        say(f"{count_of(len(picked), 'account')} saved with a category.")
