"""Checking a final scorecard, by who may ask whether it still is what was frozen."""

from __future__ import annotations

import streamlit as st

from dashboards.frame import Here
from dashboards.markup.text import block, small
from dashboards.markup.verified import checked_block
from dashboards.views.verified import checked
from kpi.review.cycle.listing import ReviewSeen
from kpi.review.frozen.verifying import verify_review

CHECKS = ("hr", "physician")
"""The kinds of people that check."""


def draw(here: Here, seen: ReviewSeen) -> None:
    """The button for each version that was frozen, and the findings."""
    if here.actor.kind not in CHECKS or not seen.frozen:
        return
    st.html(
        block(
            "<h2>Check</h2>",
            small(
                "Computes the score again from the frozen measures, holds SHA-256, chain and trail "
                "against one another, and names what was restated since."
            ),
        )
    )
    latest = seen.frozen[-1].version
    with st.container(horizontal=True):
        for each in reversed(seen.frozen):
            words = "Check this final scorecard"
            if len(seen.frozen) > 1:
                words = f"Check final version {each.version}"
            kind = "primary" if each.version == latest else "secondary"
            if st.button(words, key=f"check_{seen.review.number}_{each.version}", type=kind):
                st.session_state[_KEY] = (seen.review.number, each.version)
    number, version = st.session_state.pop(_KEY, (None, None))
    if number == seen.review.number:
        practice = seen.review.assignment.practice
        with st.spinner("Computing it again"):
            found = verify_review(here.engine, here.actor, practice.id, number, version)
        st.html(checked_block(checked(found, practice.timezone)))


_KEY = "check_asked"
