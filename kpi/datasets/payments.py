"""Payments: one posting that lowers (or, a refund, raises) what is owed."""

from kpi.datasets.model import LOCATION, Column, Dataset, Kind

POSTING = {
    "payment": ("pmt", "receipt", "copay", "payment received"),
    "refund": ("refunded",),
    "contractual": ("contractual adjustment", "contractual allowance", "write off contractual"),
    "bad_debt": ("bad debt write off", "collections write off"),
    "other_adjustment": ("adjustment", "other", "other write off"),
}

DATASET = Dataset(
    name="payments",
    row="one posting to an account",
    columns=(
        Column("payment_id", Kind.ID, "the posting's number", required=True, space="payment",
               example="P-3001"),
        Column("posted_date", Kind.DATE, "day it was posted", required=True, example="2026-01-20"),
        Column("amount", Kind.MONEY, "positive where it lowers what is owed; a refund is negative",
               required=True, example="95.00"),
        Column("kind", Kind.CHOICE, "what it is", required=True, choices=POSTING,
               example="payment"),
        Column("source", Kind.CHOICE, "who paid",
               choices={"insurance": ("ins", "payer"), "patient": ("pt", "self")}),
        Column("payer", Kind.TEXT, "payer"),
        Column("provider", Kind.TEXT, "clinician"),
        LOCATION,
        Column("claim_id", Kind.ID, "claim it settles", space="claim"),
        Column("service_date", Kind.DATE, "day of service"),
        Column("at_visit", Kind.BOOLEAN, "paid at the visit"),
    ),
    month=("posted_date",),
    key=("payment_id",),
    daily=True,
)  # fmt: skip
