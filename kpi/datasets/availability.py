"""Availability: one provider's day in the schedule."""

from kpi.datasets.model import LOCATION, Column, Dataset, Kind

DATASET = Dataset(
    name="availability",
    row="one provider's day",
    columns=(
        Column("day", Kind.DATE, "day", required=True, example="2026-01-05",
               aliases=("date", "schedule date")),
        Column("provider", Kind.TEXT, "clinician", required=True, example="Dr. Example",
               aliases=("resource", "doctor", "rendering provider")),
        Column("minutes_open", Kind.WHOLE, "minutes open for visits", signed=False,
               unit="minutes", example="420",
               aliases=("open minutes", "available minutes", "template minutes")),
        Column("minutes_booked", Kind.WHOLE, "minutes of them that were booked", signed=False,
               unit="minutes", example="380", aliases=("booked minutes", "scheduled minutes")),
        Column("third_next_available_days", Kind.WHOLE,
               "days until the third next open visit", signed=False, example="3",
               aliases=("third next available", "tna", "3rd next available", "tna days")),
        LOCATION,
    ),
    month=("day",),
    period="day",
    identity=("provider",),
    daily=True,
    by_hand=True,
)  # fmt: skip
