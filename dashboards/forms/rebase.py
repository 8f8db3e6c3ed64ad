"""Limits of a chart drawn anew from a month on: saying so, and putting them back."""

from __future__ import annotations

import streamlit as st

from dashboards.forms.results import say
from dashboards.forms.typed import sent, typed
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.text import block, small
from kpi.access.actor import may
from kpi.months import Month
from kpi.review.basis.rebasing import rebase, rebasings_of, withdraw_rebasing
from kpi.score.model import KpiScore

_WHY = (
    "Where the process itself changed (a new phone system, another schedule), limits drawn from "
    "the months before say little of the months after. From the month named on they are drawn from "
    "its own months, once there are 12; older months keep theirs. Points never change by it."
)


def draw(here: Here, row: KpiScore) -> None:
    """The form under the chart, for who may draw limits anew; nothing for others."""
    practice = here.assignment.practice.id
    if not may(here.actor, "rebase", practice):
        return
    made = rebasings_of(here.engine, here.actor, practice, row.kpi.id)
    standing = [each for each in made if each.withdrawn_at is None]
    with st.expander("The process changed: draw the limits anew"), guarded():
        st.html(block(small(_WHY)))
        for each in standing:
            label = f"Put back the limits drawn anew from {each.month.words} on"
            if st.button(label, key=f"rebase_back_{each.number}"):
                withdraw_rebasing(here.engine, here.session.now(), practice, each.number)
                say("The limits are as they were before.")
                st.rerun()
        months = _months(row, {each.month for each in standing})
        if not months:
            return
        month = st.selectbox(
            "First month of the changed process", months, format_func=lambda each: each.words,
            key="rebase_month",
        )  # fmt: skip
        about = f"{practice} {row.kpi.id}"
        reason = st.text_input(
            "What changed?", max_chars=2000, **typed(here.session, "rebase_reason", about)
        )
        if st.button("Draw the limits anew", key="rebase_set"):
            rebase(here.engine, here.session.now(), practice, row.kpi.id, month, reason)
            sent(here.session, about, "rebase_reason")
            say(f"From {month.words} on the limits are drawn anew.")


def _months(row: KpiScore, taken: set[Month]) -> list[Month]:
    """The months from which limits can be drawn anew, the newest first; never the chart's first."""
    known = sorted(month for month, value in row.reading.points.items() if value is not None)
    return [month for month in reversed(known[1:]) if month not in taken]
