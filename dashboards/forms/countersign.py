"""What waits for a countersignature, and signing it or saying why not."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.forms.results import say
from dashboards.forms.typed import sent, typed
from dashboards.frame import Here
from dashboards.markup.text import block, note, safe, small
from dashboards.views.countersign import WaitingLine, waiting_line
from kpi.access.actor import may
from kpi.ingest.countersigning import countersign, decline
from kpi.review.oversight.countersigning import Waiting


def draw(here: Here, found: Sequence[Waiting]) -> None:
    """The list, and a press each for whoever may sign; nothing where nothing waits."""
    practice = here.assignment.practice
    if not found:
        return
    signs = may(here.actor, "countersign", practice.id)
    st.html(
        block(
            f"<h2>Waits for a countersignature ({len(found)})</h2>",
            small(
                "The figures are as loaded. What a manager did to months that she is scored by "
                "counts for a gate once a physician or HR has signed it."
            ),
        )
    )
    for each in found:
        line = waiting_line(each, practice.timezone)
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.html(_said(line))
        if signs:
            with right:
                _answer(here, line)


def _said(line: WaitingLine) -> str:
    quiet = "<br>".join(small(text) for text in (line.detail, line.gates, line.declined) if text)
    return block(f"{safe(line.what)}<br>{quiet}")


def _answer(here: Here, line: WaitingLine) -> None:
    practice, upload = here.assignment.practice.id, line.upload
    if st.button(f"Countersign {upload}", key=f"countersign_{upload}", width="stretch"):
        countersign(here.engine, here.actor, practice, upload)
        say(f"Upload {upload} is countersigned.")
    key = f"decline_reason_{upload}"
    with st.popover(f"Decline {upload}", width="stretch"):
        reason = st.text_input("Why not?", max_chars=500, **typed(here.session, key, practice))
        pressed = st.button(f"Decline upload {upload}", key=f"decline_{upload}")
        if pressed and not reason.strip():
            st.html(note("Say why you do not countersign.", "worse"))
        elif pressed:
            decline(here.engine, here.actor, practice, upload, reason)
            sent(here.session, practice, key)
            say(f"Upload {upload} goes on waiting, with your reason beside it.")
