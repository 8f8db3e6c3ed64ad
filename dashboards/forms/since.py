"""What changed since: the figure on a day, each event that moved it, and the figure now."""

from __future__ import annotations

import streamlit as st

from dashboards import clock, data, frame
from dashboards.frame import Here
from dashboards.markup.since import changes_block
from dashboards.markup.text import block, safe, small
from dashboards.views.since import MOST, since_view, usual_day
from kpi.review.scores.scoring import ManagerScore
from kpi.score.model import KpiScore

_NOTE = (
    "A correction, an undone file or a declaration can change a figure that was seen before. All "
    "figures are by today's formula, over the months of this page; times are by the practice's "
    "own clock."
)


def draw(here: Here, scored: ManagerScore, row: KpiScore) -> None:
    """The section, from the day in the address on, or from thirty days ago."""
    st.html(block("<h2>What changed since?</h2>"))
    today = clock.today()
    day = here.address.since or usual_day(today)
    frame.choose_day("Since the start of", min(day, today), today, "since")
    found = data.changed(here.engine, here.actor, scored, row.kpi.id, min(day, today))
    count = len(found.changes)
    view = since_view(found, every=count <= MOST or st.session_state.get("since_all", False))
    st.html(block(f"<p>{safe(view.said)}</p>"))
    if not view.lines:
        return
    st.html(changes_block(view.lines))
    if count > MOST:
        st.toggle(f"Show all {count} changes", key="since_all")
    st.html(block(small(_NOTE)))
