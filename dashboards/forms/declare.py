"""Declaring that a month had nothing to report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.forms.results import say
from dashboards.frame import Here
from dashboards.markup.text import block, small
from dashboards.views.board import declarable
from dashboards.views.words import name_of
from kpi.ingest.declaring import attest
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
