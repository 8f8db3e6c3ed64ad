"""Incidents and complaints entered by hand: written as a canonical CSV and loaded like any file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from uuid import uuid4

import streamlit as st

from dashboards.forms.results import say
from dashboards.frame import Here
from dashboards.markup.month_end import receipt_block
from dashboards.markup.text import note
from dashboards.views.by_hand import (
    DECISIONS,
    INCIDENT_KINDS,
    SEVERITIES,
    Value,
    canonical_csv,
    lacking,
)
from dashboards.views.receipt import receipt_view
from kpi.ingest.ingestion import ingest
from kpi.ingest.locations import list_locations

_NUMBER_HELP = (
    "Your own number for it. Keep it: entering the same number again changes this entry. "
    "Left empty, one is made up."
)


def draw(here: Here) -> None:
    """The two forms."""
    places = _places(here)
    with st.expander("Add an incident"), st.form("incident", border=False):
        values = {**_incident(), **_location("incident", places)}
        if st.form_submit_button("Add the incident"):
            _load(here, "incidents", "incident_id", values)
    with st.expander("Add a complaint"), st.form("complaint", border=False):
        values = {**_complaint(), **_location("complaint", places)}
        if st.form_submit_button("Add the complaint"):
            _load(here, "complaints", "complaint_id", values)


def _places(here: Here) -> list[str]:
    """The locations to choose from: the assignment's, else all that the data name."""
    if here.assignment.locations:
        return list(here.assignment.locations)
    found = list_locations(here.engine, here.actor, here.assignment.practice.id)
    return ["", *found] if found else []


def _location(form: str, places: Sequence[str]) -> dict[str, Value]:
    """The location, where the practice's data have any."""
    if not places:
        return {}
    return {
        "location": st.selectbox(
            "Location", places, format_func=lambda name: name or "Not given",
            key=f"{form}_location",
        )
    }  # fmt: skip


def _incident() -> dict[str, Value]:
    left, right = st.columns(2)
    with left:
        number = st.text_input("Number", key="incident_number", help=_NUMBER_HELP)
        kind = st.selectbox(
            "Kind",
            list(INCIDENT_KINDS),
            format_func=INCIDENT_KINDS.__getitem__,
            key="incident_kind",
        )
        occurred = st.date_input("Occurred on", None, key="incident_occurred")
        discovered = st.date_input("Discovered on", None, key="incident_discovered")
        severity = st.selectbox(
            "Severity", ["", *SEVERITIES], format_func=lambda text: text or "Not given",
            key="incident_severity",
        )  # fmt: skip
    with right:
        confirmed = st.selectbox(
            "Decision", list(DECISIONS), format_func=DECISIONS.__getitem__, key="incident_decision"
        )
        affected = st.number_input("Records affected", 0, None, 0, key="incident_records")
        reported = st.date_input("Reported on", None, key="incident_reported")
        closed = st.date_input("Closed on", None, key="incident_closed")
        reportable = st.checkbox("A breach that must be notified", key="incident_reportable")
        recordable = st.checkbox("Recordable under OSHA", key="incident_recordable")
    return {
        "incident_id": number,
        "kind": kind,
        "occurred_on": occurred,
        "discovered_on": discovered,
        "confirmed": confirmed,
        "reportable": reportable,
        "recordable": recordable,
        "records_affected": affected or None,
        "severity": severity,
        "reported_on": reported,
        "closed_on": closed,
    }


def _complaint() -> dict[str, Value]:
    left, right = st.columns(2)
    with left:
        number = st.text_input("Number", key="complaint_number", help=_NUMBER_HELP)
        received = st.date_input("Received on", None, key="complaint_received")
    with right:
        category = st.text_input("Category", key="complaint_category", help="No patient's name.")
        resolved = st.date_input("Resolved on", None, key="complaint_resolved")
    return {
        "complaint_id": number,
        "received_on": received,
        "resolved_on": resolved,
        "category": category,
    }


def _load(here: Here, dataset: str, id_column: str, values: Mapping[str, Value]) -> None:
    number = str(values[id_column] or "").strip() or f"by-hand-{uuid4().hex[:12]}"
    record = {**values, id_column: number}
    wanting = lacking(dataset, record)
    if wanting:
        st.html(note(wanting, "worse"))
        return
    content = BytesIO(canonical_csv(dataset, record))
    name = f"{dataset} entered by hand.csv"
    (receipt,) = ingest(
        here.engine, here.actor, here.assignment.practice.id, content, name, dataset=dataset
    )
    if receipt.status == "refused" or receipt.quarantined:
        st.html(receipt_block(receipt_view(receipt, preview=False)))
        return
    say(f"Entered as upload {receipt.id}, under the number {number}.")
