"""Actions of a development plan: added, changed, done, dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import cast

import streamlit as st

from dashboards.forms.results import say
from dashboards.forms.typed import sent, typed
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.markup.text import note
from dashboards.views.plan import STATE, action_words
from kpi.report.changes import day_words
from kpi.review.cycle.plan import STATES, PlanAction, add_action, change_action

_MONTHS_AHEAD = timedelta(days=90)


def add(here: Here, names: Mapping[str, str], today: date) -> None:
    """The form for a new action."""
    assignment = here.assignment
    with st.expander("Add an action"), guarded():
        about = str(assignment.number)
        action = st.text_area(
            "What is to be done", max_chars=1000, height=75,
            **typed(here.session, "plan_action", about),
        )  # fmt: skip
        left, middle, right = st.columns(3)
        owner = left.text_input(
            "Who does it", max_chars=200, **typed(here.session, "plan_owner", about)
        )
        due = middle.date_input("Due", today + _MONTHS_AHEAD, key="plan_due")
        kpi = right.selectbox(
            "For which KPI", [None, *names], key="plan_kpi",
            format_func=lambda id: "No one KPI" if id is None else names[id],
        )  # fmt: skip
        if st.button("Add the action", key="plan_add", type="primary"):
            add_action(
                here.engine, here.session.now(), assignment.manager.id, assignment.practice.id,
                action, owner, cast(date, due), kpi,
            )  # fmt: skip
            sent(here.session, about, "plan_action", "plan_owner")
            say("The action is in the plan.")


def change(here: Here, found: Sequence[PlanAction]) -> None:
    """The choice of an action, and what can be changed of it."""
    with st.expander("Change an action, or close it"), guarded():
        known = {each.number: each for each in found}
        number = st.selectbox(
            "Action", list(known), format_func=lambda at: action_words(known[at]),
            key="plan_which",
        )  # fmt: skip
        each = known[number]
        seen = st.session_state.setdefault(f"plan_seen_{number}", each.version)
        state = st.segmented_control(
            "State", STATES, format_func=STATE.__getitem__, default=each.state,
            key=f"plan_state_{number}", required=True,
        )  # fmt: skip
        text = st.text_area(
            "What is to be done", each.action, key=f"plan_text_{number}", max_chars=1000, height=75
        )
        left, right = st.columns(2)
        owner = left.text_input(
            "Who does it", each.owner, key=f"plan_owner_{number}", max_chars=200
        )
        due = right.date_input("Due", each.due, key=f"plan_due_{number}")
        if seen != each.version:
            _overtaken(each)
        if st.button("Save the action", key=f"plan_save_{number}", type="primary"):
            changed = change_action(
                here.engine, here.session.now(), here.assignment.manager.id,
                here.assignment.practice.id, number, seen, text, owner, cast(date, due), state,
            )  # fmt: skip
            _forget(number)
            say(f"Saved: the action is {STATE[changed.state].lower()}.")


def _overtaken(each: PlanAction) -> None:
    """What somebody else has saved since, and the ways on."""
    st.html(
        note(
            f"{each.by} saved this action on {each.at[:10]}: “{each.action}”, {each.owner}, due "
            f"{day_words(each.due)}, {STATE[each.state].lower()}. It was not overwritten; what you "
            "entered stands above.",
            "worse",
        )
    )
    with st.container(horizontal=True):
        st.button(
            "Go on with the saved one", key=f"plan_theirs_{each.number}", on_click=_forget,
            args=(each.number,),
        )  # fmt: skip
        st.button(
            "Let me save mine over it", key=f"plan_mine_{each.number}", on_click=_see,
            args=(each.number, each.version),
        )  # fmt: skip


def _forget(number: int) -> None:
    for name in ("seen", "state", "text", "owner", "due"):
        st.session_state.pop(f"plan_{name}_{number}", None)


def _see(number: int, version: int) -> None:
    st.session_state[f"plan_seen_{number}"] = version
