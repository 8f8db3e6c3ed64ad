"""Assignments: begun and ended, and leave within them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.forms.results import say
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.text import block, small
from dashboards.session import Session
from dashboards.views.direction import isolated
from dashboards.views.left_out_by_hr import months_to_choose
from kpi.access.leave import Leave, set_leave, withdraw_leave
from kpi.access.managers import add_manager, end_assignment
from kpi.access.practices import Practice
from kpi.months import Month, period_words


def leave_form(here: Here, found: Sequence[Leave], now: Month) -> None:
    """Whole months of leave: set, and taken back."""
    assignment = here.assignment
    manager, practice = assignment.manager.id, assignment.practice.id
    months = months_to_choose(assignment.first, assignment.last, now)
    with st.expander("Set months of leave"), guarded():
        st.html(
            block(
                small(
                    "Whole months that are not the manager's: they do not score. No reason is "
                    "asked for and none is kept."
                )
            )
        )
        left, right = st.columns(2)
        at = months.index(now) if now in months else 0
        first = left.selectbox(
            "First month", months, index=at, format_func=lambda each: each.words, key="leave_first"
        )
        last = right.selectbox(
            "Last month", months, index=at, format_func=lambda each: each.words, key="leave_last"
        )
        if st.button("Set the leave", key="leave_set"):
            set_leave(here.engine, here.session.now(), manager, practice, first, last)
            say(f"Leave in {period_words(first, last)} is set: these months do not score.")
    standing = [each for each in found if each.withdrawn_at is None]
    if not standing:
        return
    with st.expander("Take leave back"), guarded():
        chosen = st.selectbox(
            "Which leave", range(len(standing)), key="leave_which",
            format_func=lambda at: period_words(standing[at].first, standing[at].last),
        )  # fmt: skip
        if st.button("Take it back", key="leave_withdraw"):
            each = standing[chosen]
            withdraw_leave(
                here.engine, here.session.now(), manager, practice, each.first, each.last
            )
            say(f"{period_words(each.first, each.last)} scores again.")


def end_form(here: Here, now: Month) -> None:
    """Ends the assignment shown, if it is open."""
    assignment = here.assignment
    if assignment.last is not None:
        return
    months = months_to_choose(assignment.first, None, now)
    with st.expander("End this assignment"), guarded():
        last = st.selectbox(
            "Last month of the assignment", months, format_func=lambda each: each.words,
            index=months.index(now) if now in months else 0, key="end_last",
        )  # fmt: skip
        sure = st.checkbox(
            f"Yes, {isolated(assignment.manager.name)} leaves after {last.words}", key="end_sure"
        )
        if st.button("End it", key="end_set", disabled=not sure):
            end_assignment(
                here.engine, here.session.now(), assignment.manager.id, last,
                assignment.practice.id,
            )  # fmt: skip
            say(f"The assignment ends with {last.words}.")


def add_form(who: Session, practices: Sequence[Practice], role: str, now: Month) -> None:
    """Assigns a manager, new or known, to a practice."""
    with st.expander("Assign a manager"), guarded():
        named = {each.id: each.name for each in practices}
        left, right = st.columns(2)
        id = left.text_input(
            "Short name", key="assign_id", max_chars=60,
            help="In lower case, as dana; it stays as it is and stands in files.",
        )  # fmt: skip
        name = right.text_input("Name", key="assign_name", max_chars=200)
        practice = left.selectbox(
            "Practice", list(named), format_func=named.__getitem__, key="assign_practice"
        )
        role = right.text_input("Role", value=role, key="assign_role")
        months = months_to_choose(now - 24, None, now)
        first = left.selectbox(
            "First month", months, index=months.index(now), format_func=lambda each: each.words,
            key="assign_first",
        )  # fmt: skip
        places = right.text_input(
            "Locations", key="assign_locations", help="Separated by commas; empty for all."
        )
        if st.button("Assign", key="assign_set"):
            locations = [each.strip() for each in places.split(",") if each.strip()]
            made = add_manager(
                who.engine, who.now(), id.strip(), name, practice, first, None,
                role.strip(), locations,
            )  # fmt: skip
            for key in ("assign_id", "assign_name", "assign_locations"):
                st.session_state.pop(key, None)
            say(f"{isolated(made.manager.name)} is assigned from {first.words} on.")
