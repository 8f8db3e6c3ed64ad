"""Rows in quarantine: which they are, why, and dismissing those that will not be mended."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.forms.results import say
from dashboards.forms.take_away import File, listed
from dashboards.forms.typed import sent, typed
from dashboards.frame import Here
from dashboards.markup.text import block, note, small, table
from dashboards.views.quarantine import HEADINGS, cells, label, summary
from dashboards.views.words import count_of
from kpi.ingest.declaring import dismiss
from kpi.ingest.quarantine import Refused, in_quarantine

SHOWN = 50


def draw(here: Here, may_dismiss: bool) -> list[File]:
    """The list and the form; nothing where no row is in quarantine. Gives all rows to take away:
    what may identify a patient stands in none of them."""
    rows = in_quarantine(here.engine, here.actor, here.assignment.practice.id)
    if not rows:
        return []
    st.html(block("<h2>Rows in quarantine</h2>", small(summary(rows, SHOWN))))
    st.html(block(table(HEADINGS, map(cells, rows[:SHOWN]), {1}, dense=True)))
    if may_dismiss:
        with st.expander("Dismiss rows with a reason"):
            _form(here, rows[:SHOWN])
    return [listed("Rows in quarantine", "quarantine", HEADINGS, map(cells, rows))]


def _form(here: Here, rows: Sequence[Refused]) -> None:
    practice = here.assignment.practice.id
    chosen = st.multiselect(
        "Rows",
        range(len(rows)),
        format_func=lambda at: label(rows[at]),
        key="dismiss_rows",
        placeholder="Choose the rows",
    )
    reason = st.text_input(
        "Reason", help="No patient's name.", **typed(here.session, "dismiss_reason", practice)
    )
    if not st.button("Dismiss the chosen rows", key="dismiss"):
        return
    if not chosen or not reason.strip():
        st.html(note("Choose at least one row and say why it is dismissed.", "worse"))
        return
    for at in chosen:
        dismiss(here.engine, here.actor, practice, rows[at].upload, rows[at].line, reason)
    st.session_state.pop("dismiss_rows", None)  # what is left has other places in the list
    sent(here.session, practice, "dismiss_reason")
    say(f"{count_of(len(chosen), 'row')} dismissed. Undo it in the log of uploads.")
