"""Appointments: one booked visit, kept or not."""

from kpi.datasets.hearsay import Hearsay
from kpi.datasets.model import LOCATION, Column, Dataset, Kind

STATUS = {
    "scheduled": (
        "pending", "booked", "confirmed", "unconfirmed", "not confirmed", "tentative", "future",
        "reminder done", "proposed",
    ),
    "completed": (
        "complete", "checked out", "checkedout", "check out", "seen", "kept", "fulfilled",
        "arrived and seen", "visit completed", "closed", "done", "coding done", "charge entered",
    ),
    "no_show": (
        "no show", "noshow", "ns", "n/s", "dnka", "did not keep appointment", "missed",
        "patient no show",
    ),
    "cancelled": ("canceled", "cancel", "canc", "cancelled late", "late cancel"),
    "rescheduled": ("reschedule", "resched", "r/s", "moved"),
}  # fmt: skip

# Codes of one vendor, or words of a visit that was under way when the report was run: the patient
# came. Who came, waited and left ("LWBS") is asked about: nobody can know how a practice counts it.
LIKELY_STATUS = {
    "scheduled": ("f", "pen", "conf"),
    "completed": (
        "2", "3", "4", "chk", "arr", "rr", "dis", "arrived", "arrived late", "checked in",
        "check in", "in room", "in exam room", "roomed", "in session", "discharged",
    ),
    "cancelled": ("x",),
}  # fmt: skip

DATASET = Dataset(
    name="appointments",
    row="one booked visit",
    columns=(
        Column("appointment_id", Kind.ID, "the booking's number", required=True,
               space="appointment", example="A-1001",
               aliases=("appointment id", "apptid", "appt id", "appointment number",
                        "appointment #", "appt #", "appt number", "aptnum")),
        Column("start_at", Kind.TIME, "booked start", required=True, example="2026-01-05 09:00",
               aliases=("appointment date", "appt date", "scheduled time", "start date",
                        "appointment start time", "appt start time", "appointment time",
                        "appt time", "start time", "begin time", "date", "time")),
        Column("status", Kind.CHOICE, "what became of it", required=True, choices=STATUS,
               example="completed",
               aliases=("visit status", "appointment status", "appt status", "apptstatus",
                        "confirmation status", "final status", "apptslotstatus"),
               flags={"no show ind": "no_show", "appt kept ind": "completed",
                      "kept ind": "completed", "resched ind": "rescheduled",
                      "cancel ind": "cancelled"},
               hearsay=Hearsay(likely=LIKELY_STATUS,
                               no_record=("o", "open", "open slot", "blocked", "break", "lunch"),
                               refined_by=("appt no show", "no show", "appt cncl reason",
                                           "cancel reason", "cancellation reason"))),
        Column("scheduled_minutes", Kind.WHOLE, "booked length in minutes", signed=False,
               unit="minutes", example="20",
               aliases=("duration", "appt duration", "appt length", "length", "minutes")),
        Column("booked_at", Kind.TIME, "when it was booked",
               aliases=("created at", "created on", "created date", "create timestamp",
                        "date created", "appt scheduled date", "booked on")),
        Column("arrived_at", Kind.TIME, "when the patient came", example="2026-01-05 08:52",
               aliases=("arrival time", "arrived", "arrive time", "check-in time", "checkin time",
                        "check in time", "checked in at")),
        Column("roomed_at", Kind.TIME, "when the patient was shown to a room",
               aliases=("roomed", "room time", "roomed time", "in room time")),
        Column("seen_at", Kind.TIME, "when the clinician came in", example="2026-01-05 09:07",
               aliases=("seen", "seen time", "provider in", "provider in time", "in session time")),
        Column("departed_at", Kind.TIME, "when the patient left",
               aliases=("departed", "departure time", "check-out time", "checkout time",
                        "check out time", "discharge time")),
        Column("cancelled_at", Kind.TIME, "when it was cancelled or moved",
               aliases=("cancelled on", "cancel date", "cancel time", "cancellation date")),
        Column("provider", Kind.TEXT, "clinician", example="Dr. Example",
               aliases=("rendering provider", "rendrng prvdr", "appointment provider",
                        "appt schdlng prvdr", "provider name", "doctor", "resource",
                        "resource provider", "clinician", "practitioner")),
        LOCATION,
        Column("payer", Kind.TEXT, "who pays",
               aliases=("primary insurance", "patient primary ins pkg name", "primary payer",
                        "insurance", "insurance name", "carrier", "payer name")),
        Column("appointment_type", Kind.TEXT, "kind of visit",
               aliases=("appttype", "appt type", "visit type", "type", "event",
                        "appointment reason", "profile"),
               hearsay=Hearsay(no_record=("lunch", "block", "blocked", "blocked slot", "vacation",
                                          "meeting", "break", "provider hold", "hold",
                                          "do not schedule"))),
        Column("new_patient", Kind.BOOLEAN, "first visit to the practice",
               aliases=("new pt", "is new patient")),
        Column("changed_by", Kind.CHOICE, "who cancelled or moved it",
               choices={"patient": ("pt",), "practice": ("office", "clinic", "provider", "staff")},
               aliases=("cancelled by", "canceled by", "cancel by")),
        Column("booking_error", Kind.BOOLEAN, blank_is_zero=True,
               text="wrong provider, type, length, place or coverage, found later"),
    ),
    month=("start_at",),
    key=("appointment_id",),
    daily=True,
    quiet=("status", "scheduled"),
    voids={"delete ind": "deleted", "deleted": "deleted", "void": "voided",
           "void flag": "voided", "appt is break": "blocked slot", "is break": "blocked slot"},
)  # fmt: skip
