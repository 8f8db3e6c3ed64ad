"""The log of uploads, and undoing one of them."""

from __future__ import annotations

from collections.abc import Set

import streamlit as st

from dashboards import clock
from dashboards.forms.results import say
from dashboards.forms.take_away import File, listed
from dashboards.frame import Here
from dashboards.markup.month_end import uploads_block
from dashboards.markup.moves import moved_block
from dashboards.markup.text import block, small
from dashboards.views.moves import moved_view
from dashboards.views.uploads import HEADINGS, UploadLine, label, upload_lines
from kpi.ingest.log import uploads_list
from kpi.ingest.undoing import undo
from kpi.review.scores.upload_moves import upload_moves

SHOWN = 20


def draw(here: Here, may_undo: bool, waits: Set[int]) -> list[File]:
    """The log, newest first, and the choice of an entry to undo; gives all of it to take away.
    ``waits``: the entries that wait for a countersignature."""
    practice = here.assignment.practice.id
    lines = upload_lines(uploads_list(here.engine, here.actor, practice), waits)
    st.html(block("<h2>Uploads</h2>"))
    if not lines:
        st.html(
            block(
                small("Nothing is loaded yet. Begin with last month's exports, one file a report.")
            )
        )
        return []
    everything = len(lines) > SHOWN and st.toggle(f"Show all {len(lines)}", key="log_all")
    st.html(uploads_block(lines if everything else lines[:SHOWN]))
    _moved(here, lines)
    standing = [line for line in lines if line.standing]
    if may_undo and standing:
        _undo(here, standing)
    return [listed("Uploads", "uploads", HEADINGS, (line.cells for line in lines))]


def _moved(here: Here, lines: list[UploadLine]) -> None:
    with st.expander("What an upload moved"):
        named = {line.id: label(line) for line in lines}
        id = st.selectbox(
            "Upload", list(named), format_func=named.__getitem__, key="moved_upload", index=None,
            placeholder="Choose an entry of the log",
        )  # fmt: skip
        if id is None:
            return
        found = upload_moves(
            here.engine, here.actor, here.assignment.practice.id, id, clock.today()
        )
        zone = here.assignment.practice.timezone
        st.html(moved_block([moved_view(each, zone) for each in found]))


def _undo(here: Here, standing: list[UploadLine]) -> None:
    with st.expander("Undo an upload"):
        named = {line.id: label(line) for line in standing}
        id = st.selectbox(
            "Upload", list(named), format_func=named.__getitem__, key="undo_upload", index=None,
            placeholder="Choose an entry of the log",
        )  # fmt: skip
        st.html(
            block(
                small(
                    "Undoing takes the entry out of the log as if it had never been loaded: what "
                    "later files brought stays. The log keeps a line that it was undone."
                )
            )
        )
        sure = st.checkbox("Yes, undo it", key="undo_sure", disabled=id is None)
        if st.button("Undo", disabled=not sure or id is None) and id is not None:
            for key in ("undo_upload", "undo_sure"):
                st.session_state.pop(key, None)
            say(undo(here.engine, here.actor, here.assignment.practice.id, id))
