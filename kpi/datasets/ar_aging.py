"""AR aging: what is owed on a day, by age, at billed charges."""

from kpi.datasets.model import LOCATION, PART, Column, Dataset, Kind

DATASET = Dataset(
    name="ar_aging",
    row="one payer's balances on a day",
    columns=(
        Column("as_of", Kind.DATE, "day of the balances", required=True, example="2026-01-31"),
        Column("days_0_30", Kind.MONEY, "owed up to 30 days", required=True, example="52000.00"),
        Column("days_31_60", Kind.MONEY, "owed 31 to 60 days", required=True, example="21000.00"),
        Column("days_61_90", Kind.MONEY, "owed 61 to 90 days", required=True, example="9000.00"),
        Column("days_91_120", Kind.MONEY, "owed 91 to 120 days", required=True, example="5000.00"),
        Column("days_over_120", Kind.MONEY, "owed longer", required=True, example="6100.00"),
        Column("credits", Kind.MONEY, "unapplied credits, negative, in no bucket"),
        Column("payer", Kind.TEXT, "payer"),
        LOCATION,
        PART,
    ),
    month=("as_of",),
    period="as_of",
    identity=("payer",),
)  # fmt: skip
