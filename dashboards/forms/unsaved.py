"""What was typed and could not be saved: kept in the tab, so that it can be copied."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboards.markup.text import note

_KEPT = "unsaved"

ENDED = "The session had ended."
"""Why a text was not saved, where that is why."""


@dataclass(frozen=True, slots=True)
class _Unsaved:
    """A text, the page's part that it was typed in, and why it was not saved."""

    where: str
    text: str
    why: str


def keep(where: str, text: str, why: str) -> None:
    """Keeps a text that was typed in a part of a page, in place of the one before it."""
    st.session_state[_KEPT] = _Unsaved(where, text, why)


def draw(where: str) -> None:
    """Shows what was typed there and not saved, until it is put away."""
    kept: _Unsaved | None = st.session_state.get(_KEPT)
    if kept is None or kept.where != where:
        return
    st.html(note(f"{kept.why} What you wrote was not saved; copy what you need.", "worse"))
    st.code(kept.text, language=None, wrap_lines=True)
    if st.button("Put it away", key="unsaved_away"):
        del st.session_state[_KEPT]
        st.rerun()


def taken(where: str) -> str | None:
    """What was typed there and not saved, if anything was; it is kept no longer."""
    kept: _Unsaved | None = st.session_state.get(_KEPT)
    if kept is None or kept.where != where:
        return None
    del st.session_state[_KEPT]
    return kept.text


def draw_last() -> None:
    """The same where no page can be shown: its text is all that there is."""
    kept: _Unsaved | None = st.session_state.get(_KEPT)
    if kept is None:
        return
    st.html(
        note("What you typed last was not saved. Copy it from here before you leave this page.")
    )
    st.code(kept.text, language=None, wrap_lines=True)
