"""Claims: one claim, from submission to its first adjudication."""

from kpi.datasets.hearsay import Hearsay
from kpi.datasets.model import LOCATION, Column, Dataset, Kind

OUTCOME = {
    "paid": ("paid in full",),
    "partial": ("partially paid",),
    "denied": ("era denied", "denial"),
    "pending": ("in process", "billed", "hold", "payer acknowledged"),
}

# A claim that is closed may have been paid or written off, and one that was rejected never came
# to adjudication: those are asked about.
LIKELY_OUTCOME = {
    "pending": ("drop", "mgrhold", "cbohold", "in process payer", "incomplete information"),
    "denied": ("appealed",),
}

DATASET = Dataset(
    name="claims",
    row="one claim",
    columns=(
        Column("claim_id", Kind.ID, "the claim's number", required=True, space="claim",
               example="CL-501", aliases=("claim no", "claim number", "claim #", "claimid")),
        Column("submitted_date", Kind.DATE, "day it was first sent", required=True,
               example="2026-01-12",
               aliases=("first bill date", "submitted", "date submitted", "bill date",
                        "claim created date")),
        Column("payer", Kind.TEXT, "who is billed",
               aliases=("prmry ins pkg name", "primary insurance", "insurance", "carrier")),
        LOCATION,
        Column("service_date", Kind.DATE, "day of the visit",
               aliases=("claim dos", "dos", "date of service", "svc date")),
        Column("amount", Kind.MONEY, "billed amount", example="180.00",
               aliases=("total charge", "charges", "billed", "billed amount", "claim amount")),
        Column("first_pass", Kind.BOOLEAN,
               "accepted by the payer with no rejection, edit or resubmission", example="true",
               aliases=("clean claim", "accepted first pass", "first pass accepted", "clean")),
        Column("outcome", Kind.CHOICE, "the first adjudication", example="paid",
               choices=OUTCOME, aliases=("claim status", "billing status", "status"),
               hearsay=Hearsay(likely=LIKELY_OUTCOME)),
        Column("outcome_date", Kind.DATE, "day of the first adjudication", example="2026-02-03",
               aliases=("adjudication date", "paid date", "remit date", "denial date")),
        Column("denied_amount", Kind.MONEY, "amount denied at first",
               aliases=("amount denied", "denied")),
        Column("denial_reason", Kind.TEXT, "why it was denied",
               aliases=("kick code", "reason code", "denial code", "carc")),
    ),
    month=("submitted_date",),
    key=("claim_id",),
    daily=True,
)  # fmt: skip
