"""What an action gave, kept over the one run of the page that follows it."""

from __future__ import annotations

import streamlit as st

from dashboards.markup.text import note

_SAID = "said"


def say(sentence: str) -> None:
    """Keeps a sentence for the next run, and starts it."""
    st.session_state[_SAID] = sentence
    st.rerun()


def said() -> None:
    """Shows the sentence that the last action left, once.

    In a box of its own, which stays: what is open further down would close when the sentence goes.
    """
    sentence = st.session_state.pop(_SAID, "")
    with st.container():
        if sentence:
            st.html(note(sentence, "better"))
