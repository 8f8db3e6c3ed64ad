"""Complaints: one complaint and how it went on."""

from kpi.datasets.model import LOCATION, Column, Dataset, Kind

DATASET = Dataset(
    name="complaints",
    row="one complaint",
    columns=(
        Column("complaint_id", Kind.ID, "the complaint's number", required=True,
               space="complaint", example="K-1"),
        Column("received_on", Kind.DATE, "day it came", required=True, example="2026-01-12"),
        Column("resolved_on", Kind.DATE, "day it was settled", example="2026-01-15"),
        Column("category", Kind.TEXT, "what it is about", example="waiting time"),
        LOCATION,
    ),
    month=("received_on",),
    key=("complaint_id",),
    attestable=True,
    by_hand=True,
)  # fmt: skip
