"""Declaring that a month had nothing to report, and countersigning what a manager declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.forms.results import say
from dashboards.frame import Here
from dashboards.markup.text import block, safe, small
from dashboards.views.board import declarable
from dashboards.views.uploads import label, waiting
from dashboards.views.words import name_of
from kpi.ingest.countersigning import countersign
from kpi.ingest.declaring import attest
from kpi.ingest.log import uploads_list
from kpi.months import Month


def draw(
    here: Here,
    entries: Sequence[Mapping[str, Any]],
    attestable: Sequence[str],
    months: Sequence[Month],
) -> None:
    """The form "nothing to report", for the months that are missing."""
    found = declarable(entries, attestable, months)
    with st.expander("Nothing to report for a month"):
        if not found:
            st.html(block(small("No month of incidents or complaints is missing.")))
            return
        st.html(
            block(
                small(
                    "A month without incidents or complaints counts only once somebody says so. "
                    "A physician or HR countersigns it."
                )
            )
        )
        with st.form("attest", border=False):
            at = st.selectbox(
                "Month",
                range(len(found)),
                format_func=lambda at: f"{name_of(found[at][0])}, {found[at][1].words}",
            )
            sent = st.form_submit_button("Declare that there was nothing")
        if sent and at is not None:
            dataset, month = found[at]
            attest(here.engine, here.actor, here.assignment.practice.id, dataset, month)
            say(
                f"Noted: no {name_of(dataset).lower()} in {month.words}. "
                "It waits for a countersignature."
            )


def countersignatures(here: Here) -> None:
    """What waits for a physician's or HR's countersignature, and the button for it."""
    practice = here.assignment.practice.id
    lines = waiting(uploads_list(here.engine, here.actor, practice))
    if not lines:
        return
    st.html(block("<h2>Waits for a countersignature</h2>"))
    may = here.actor.kind in ("physician", "hr")
    for line in lines:
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.html(block(safe(label(line)), "<br>", small(f"declared by {line.who}")))
        if may and right.button("Countersign", key=f"countersign_{line.id}"):
            countersign(here.engine, here.actor, practice, line.id)
            say(f"Upload {line.id} is countersigned.")
