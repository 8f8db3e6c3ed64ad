"""Incidents: one compliance incident, from report to decision."""

from kpi.datasets.model import LOCATION, Column, Dataset, Kind

DATASET = Dataset(
    name="incidents",
    row="one compliance incident",
    columns=(
        Column("incident_id", Kind.ID, "the incident's number", required=True, space="incident",
               example="I-1"),
        Column("kind", Kind.CHOICE, "which rules it touches", required=True,
               choices={"hipaa": ("privacy",), "osha": ("safety",),
                        "billing": ("billing and coding",), "ethics": ()},
               example="hipaa"),
        Column("occurred_on", Kind.DATE, "day it happened", example="2026-01-14"),
        Column("discovered_on", Kind.DATE, "day it was found", example="2026-01-15"),
        Column("confirmed", Kind.BOOLEAN,
               "true: a violation; false: dismissed; blank: not decided yet", example="true"),
        Column("reportable", Kind.BOOLEAN, "a breach that must be notified", blank_is_zero=True),
        Column("recordable", Kind.BOOLEAN, "an OSHA recordable case", blank_is_zero=True),
        Column("records_affected", Kind.WHOLE, "people whose records were exposed",
               blank_is_zero=True, signed=False),
        Column("severity", Kind.CHOICE, "how grave",
               choices={"low": ("minor",), "medium": ("moderate",), "high": ("major", "severe")}),
        Column("reported_on", Kind.DATE, "day it was notified"),
        Column("closed_on", Kind.DATE, "day it was closed"),
        LOCATION,
    ),
    month=("discovered_on", "occurred_on"),
    key=("incident_id",),
    attestable=True,
    by_hand=True,
)  # fmt: skip
