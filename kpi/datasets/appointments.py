"""Appointments: one booked visit, kept or not."""

from kpi.datasets.model import LOCATION, Column, Dataset, Kind

STATUS = {
    "scheduled": ("pending", "booked", "confirmed", "future", "open", "reminder done", "proposed"),
    "completed": (
        "complete", "checked out", "checkedout", "check out", "seen", "kept", "fulfilled",
        "arrived and seen", "visit completed", "closed", "done", "coding done",
    ),
    "no_show": ("no show", "noshow", "ns", "n/s", "dnka", "did not keep appointment", "missed"),
    "cancelled": ("canceled", "cancel", "canc", "cancelled late", "late cancel"),
    "rescheduled": ("reschedule", "resched", "r/s", "moved"),
}  # fmt: skip

DATASET = Dataset(
    name="appointments",
    row="one booked visit",
    columns=(
        Column("appointment_id", Kind.ID, "the booking's number", required=True,
               space="appointment", example="A-1001"),
        Column("start_at", Kind.TIME, "booked start", required=True, example="2026-01-05 09:00"),
        Column("status", Kind.CHOICE, "what became of it", required=True, choices=STATUS,
               example="completed"),
        Column("scheduled_minutes", Kind.WHOLE, "booked length in minutes", signed=False,
               unit="minutes", example="20"),
        Column("booked_at", Kind.TIME, "when it was booked"),
        Column("arrived_at", Kind.TIME, "when the patient came", example="2026-01-05 08:52"),
        Column("roomed_at", Kind.TIME, "when the patient was shown to a room"),
        Column("seen_at", Kind.TIME, "when the clinician came in", example="2026-01-05 09:07"),
        Column("departed_at", Kind.TIME, "when the patient left"),
        Column("cancelled_at", Kind.TIME, "when it was cancelled or moved"),
        Column("provider", Kind.TEXT, "clinician", example="Dr. Example"),
        LOCATION,
        Column("payer", Kind.TEXT, "who pays"),
        Column("appointment_type", Kind.TEXT, "kind of visit"),
        Column("new_patient", Kind.BOOLEAN, "first visit to the practice"),
        Column("changed_by", Kind.CHOICE, "who cancelled or moved it",
               choices={"patient": ("pt",), "practice": ("office", "clinic", "provider", "staff")}),
        Column("booking_error", Kind.BOOLEAN, blank_is_zero=True,
               text="wrong provider, type, length, place or coverage, found later"),
    ),
    month=("start_at",),
    key=("appointment_id",),
    daily=True,
    quiet=("status", "scheduled"),
)  # fmt: skip
