"""Audits: one audit, from its due date to its corrective action."""

from kpi.datasets.model import LOCATION, Column, Dataset, Kind

DATASET = Dataset(
    name="audits",
    row="one audit",
    columns=(
        Column("audit_id", Kind.ID, "the audit's number", required=True, space="audit",
               example="AU-7", aliases=("audit number", "audit #")),
        Column("kind", Kind.CHOICE, "what was audited", required=True, example="coding",
               choices={"hipaa": ("privacy",), "osha": ("safety",),
                        "coding": ("chart", "charts", "coding review"), "billing": ("claims",),
                        "cash": ("cash drawer", "deposits"), "other": ()},
               aliases=("type", "audit type", "area")),
        Column("due_on", Kind.DATE, "day it was due", example="2026-01-31",
               aliases=("due date", "due")),
        Column("performed_on", Kind.DATE, "day it was done", example="2026-01-28",
               aliases=("performed", "date performed", "audit date", "completed")),
        Column("passed", Kind.BOOLEAN, "whether it was passed", example="true",
               aliases=("pass", "result")),
        Column("items_reviewed", Kind.WHOLE, "items (codes, charts) reviewed", signed=False,
               example="30", aliases=("reviewed", "codes reviewed", "charts reviewed")),
        Column("items_correct", Kind.WHOLE, "of those, correct", signed=False, example="29",
               aliases=("correct", "codes correct")),
        Column("findings", Kind.WHOLE, "number of findings", signed=False),
        Column("corrective_due_on", Kind.DATE, "day the corrective action is due",
               aliases=("corrective action due",)),
        Column("corrective_done_on", Kind.DATE, "day the corrective action was done",
               aliases=("corrective action done", "corrective action completed")),
        LOCATION,
    ),
    month=("performed_on", "due_on"),
    key=("audit_id",),
    attestable=True,
    by_hand=True,
)  # fmt: skip
