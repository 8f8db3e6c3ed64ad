"""Payments: one posting that lowers (or, a refund, raises) what is owed."""

from kpi.datasets.hearsay import Hearsay
from kpi.datasets.model import LOCATION, Column, Dataset, Kind

POSTING = {
    "payment": ("pmt", "receipt", "copay", "payment received"),
    "refund": ("refunded",),
    "contractual": ("contractual adjustment", "contractual allowance", "write off contractual"),
    "bad_debt": ("bad debt write off", "collections write off"),
    "other_adjustment": ("adjustment", "other", "other write off"),
}

# A write-off may be what a contract demands or a debt that is given up: that is asked about.
LIKELY_POSTING = {
    "payment": ("payments", "ins payment", "insurance payment", "patient payment", "pat payment",
                "pt payment", "check", "cash", "credit card", "eft", "era"),
    "contractual": ("contractual", "allowance", "ins adjustment"),
    "refund": ("refunds", "patient refund", "insurance refund"),
    "bad_debt": ("collections", "sent to collections"),
}  # fmt: skip

DATASET = Dataset(
    name="payments",
    row="one posting to an account",
    columns=(
        Column("payment_id", Kind.ID, "the posting's number", required=True, space="payment",
               example="P-3001",
               aliases=("paymentid", "payment #", "receipt id", "posting id", "transaction id")),
        Column("posted_date", Kind.DATE, "day it was posted", required=True, example="2026-01-20",
               aliases=("post date", "date posted", "posting date", "payment date"),
               hearsay=Hearsay(doubtful={
                   "deposit date": "the day of the deposit, not of the posting",
                   "check date": "the day of the check, not of the posting",
                   "received date": "the day the money came, not of the posting"})),
        Column("amount", Kind.MONEY, "positive where it lowers what is owed; a refund is negative",
               required=True, example="95.00",
               aliases=("payment amount", "payment", "paid amount", "paid amt", "pmt",
                        "payments")),
        Column("kind", Kind.CHOICE, "what it is", required=True, choices=POSTING,
               example="payment", aliases=("transaction type", "posting type", "type"),
               hearsay=Hearsay(likely=LIKELY_POSTING)),
        Column("source", Kind.CHOICE, "who paid",
               choices={"insurance": ("ins", "payer"), "patient": ("pt", "self", "self pay")},
               aliases=("payer type", "paid by")),
        Column("payer", Kind.TEXT, "payer",
               aliases=("insurance", "carrier", "payer name", "insurance company")),
        Column("provider", Kind.TEXT, "clinician",
               aliases=("rendering provider", "rendrng prvdr", "provider name", "doctor",
                        "practitioner")),
        LOCATION,
        Column("claim_id", Kind.ID, "claim it settles", space="claim",
               aliases=("claim no", "claim number", "claim #", "claimid")),
        Column("service_date", Kind.DATE, "day of service",
               aliases=("date of service", "dos", "svc date", "claim dos")),
        Column("at_visit", Kind.BOOLEAN, "paid at the visit",
               aliases=("time of service payment", "copay at visit")),
    ),
    month=("posted_date",),
    key=("payment_id",),
    daily=True,
    voids={"void": "voided", "void flag": "voided", "voided": "voided", "deleted": "deleted"},
)  # fmt: skip
