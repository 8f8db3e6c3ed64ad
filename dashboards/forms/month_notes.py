"""Notes on the months of a KPI: what happened, marked on its trend and listed under it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.forms.results import say
from dashboards.forms.typed import sent, typed
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.text import block, small
from kpi.access.actor import may
from kpi.months import Month
from kpi.review.oversight.month_notes import LONGEST, MonthNote, note_month, withdraw_note
from kpi.score.model import KpiScore

_WHY = (
    "A new phone system, a holiday week, somebody ill: what a reader of the trend should know. All "
    "who see this KPI here read it. It changes no figure. No patient's name."
)


def draw(here: Here, row: KpiScore, months: Sequence[Month], found: Sequence[MonthNote]) -> None:
    """The form under the trend, and the ways to take notes off; nothing for who may not."""
    practice = here.assignment.practice.id
    if not may(here.actor, "annotate", practice):
        return
    with st.expander("Note what happened in a month"), guarded():
        st.html(block(small(_WHY)))
        month = st.selectbox(
            "Month", list(reversed(months)), format_func=lambda each: each.words,
            key="note_month",
        )  # fmt: skip
        about = f"{practice} {row.kpi.id}"
        text = st.text_input(
            "What happened?", max_chars=LONGEST, **typed(here.session, "note_text", about)
        )
        if st.button("Note it", key="note_set"):
            note_month(here.engine, here.session.now(), practice, row.kpi.id, month, text)
            sent(here.session, about, "note_text")
            say(f"Noted on {month.words}.")
        everybodys = here.actor.kind == "hr"
        for each in found:
            if each.own or everybodys:
                label = f"Take the note of {each.month.words} off: {each.text[:60]}"
                if st.button(label, key=f"note_off_{each.number}"):
                    withdraw_note(here.engine, here.session.now(), practice, each.number)
                    say(f"The note of {each.month.words} is taken off.")
