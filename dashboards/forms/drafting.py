"""The draft that a page shows: read from the database on every run, saved at every change.

Nothing of it is kept in the tab but the text that the page was drawn with, so that a change is
saved over that text or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboards import session
from dashboards.forms import unsaved
from dashboards.forms.results import say
from dashboards.markup.text import note
from dashboards.session import Session
from dashboards.views.answers import sentence_of
from kpi.errors import RolecardError
from kpi.review.roles.drafts import Draft, OvertakenDraft, discard_draft, draft_of, save_draft

_SHOWN, _LEFT, _WRONG = "draft_shown", "draft_left", "draft_wrong"


@dataclass(frozen=True, slots=True)
class _Left:
    """A text that could not be saved over another one."""

    practice: str
    role: str
    text: str
    why: str


def shown(who: Session, practice: str, role: str) -> Draft | None:
    """The draft of a practice's role as it stands, if there is one; changes go over it."""
    found = draft_of(who.engine, who.actor, practice, role)
    st.session_state[_SHOWN] = found
    return found


def change(edit: Callable[[str], str], typed: str = "") -> None:
    """Saves the draft's text changed; for what a control calls before the page runs again.

    ``typed``: what is kept to be copied where it cannot be saved.
    """
    held: Draft | None = st.session_state.get(_SHOWN)
    if held is None:
        return
    text, where = held.text, _where(held.practice, held.role)
    try:
        who = session.current()
        if who is None:  # the page that runs next says so, and shows what was typed
            if typed:
                unsaved.keep(where, typed, unsaved.ENDED)
            return
        text = edit(held.text)
        if text != held.text:
            save_draft(who.engine, who.actor, held.practice, held.role, text, held.sha256)
    except OvertakenDraft as overtaken:
        st.session_state[_LEFT] = _Left(held.practice, held.role, text, sentence_of(overtaken))
    except RolecardError as error:
        if typed:
            unsaved.keep(where, typed, sentence_of(error))
        else:
            st.session_state[_WRONG] = sentence_of(error)


def said(who: Session, practice: str, role: str) -> None:
    """What the last change came to where it could not be saved, and what can be done about it."""
    unsaved.draw(_where(practice, role))
    wrong = st.session_state.pop(_WRONG, "")
    if wrong:
        st.html(note(wrong, "worse"))
    left: _Left | None = st.session_state.get(_LEFT)
    if left is None or (left.practice, left.role) != (practice, role):
        return
    st.html(note(f"{left.why} What you wrote stands here until you choose.", "worse"))
    with st.expander("What you wrote"):
        st.code(left.text, language="yaml")
    now = draft_of(who.engine, who.actor, practice, role)
    with st.container(horizontal=True):
        if st.button("Go on with the other text", key="draft_theirs"):
            del st.session_state[_LEFT]
            st.rerun()
        if st.button("Put mine in its place", key="draft_mine"):
            del st.session_state[_LEFT]
            seen = now.sha256 if now is not None else None
            save_draft(who.engine, who.actor, practice, role, left.text, seen)
            say("Your text is the draft now.")


def _where(practice: str, role: str) -> str:
    return f"draft {practice} {role}"


def throw_away(who: Session, draft: Draft) -> None:
    """The button that throws the draft away, once one is sure."""
    with st.expander("Throw the draft away"):
        sure = st.checkbox("Yes, throw it away; versions in force stay", key="draft_sure")
        if st.button("Throw away", key="draft_discard", disabled=not sure):
            discard_draft(who.engine, who.actor, draft.practice, draft.role, draft.sha256)
            say("The draft is thrown away.")
