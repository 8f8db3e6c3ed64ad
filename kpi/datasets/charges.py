"""Charges: one charge line."""

from kpi.datasets.model import LOCATION, Column, Dataset, Kind

DATASET = Dataset(
    name="charges",
    row="one charge line",
    columns=(
        Column("charge_id", Kind.ID, "the line's number", required=True, space="charge",
               example="C-2001"),
        Column("posted_date", Kind.DATE, "day it was posted", required=True, example="2026-01-06"),
        Column("amount", Kind.MONEY, "charged", required=True, example="180.00"),
        Column("service_date", Kind.DATE, "day of service", example="2026-01-05"),
        Column("provider", Kind.TEXT, "clinician"),
        LOCATION,
        Column("payer", Kind.TEXT, "who pays"),
        Column("procedure_code", Kind.TEXT, "what was done"),
        Column("units", Kind.DECIMAL, "units of the line"),
        Column("work_rvu", Kind.DECIMAL, "work RVU of the line, not of the unit"),
        Column("claim_id", Kind.ID, "claim it went out on", space="claim"),
    ),
    month=("posted_date",),
    key=("charge_id",),
    daily=True,
)  # fmt: skip
