"""AR aging: what is owed on a day, by age, at billed charges."""

from kpi.datasets.hearsay import Hearsay
from kpi.datasets.model import LOCATION, PART, Column, Dataset, Kind

OPEN_ENDED = dict.fromkeys(
    ("90+", "91+", ">90", "> 90", "over 90", "90+ days", "> 90 days", "over 90 days"),
    "the file's last column has no end, so balances older than 120 days are in it too",
)

DATASET = Dataset(
    name="ar_aging",
    row="one payer's balances on a day",
    columns=(
        Column("as_of", Kind.DATE, "day of the balances", required=True, example="2026-01-31",
               aliases=("as of", "as of date", "aging date", "report date")),
        Column("days_0_30", Kind.MONEY, "owed up to 30 days", required=True, example="52000.00",
               aliases=("0-30", "0-30 days", "0 to 30", "current(0-30)", "current (0-30)",
                        "current", "1-30")),
        Column("days_31_60", Kind.MONEY, "owed 31 to 60 days", required=True, example="21000.00",
               aliases=("31-60", "31-60 days", "31 to 60")),
        Column("days_61_90", Kind.MONEY, "owed 61 to 90 days", required=True, example="9000.00",
               aliases=("61-90", "61-90 days", "61 to 90")),
        Column("days_91_120", Kind.MONEY, "owed 91 to 120 days", required=True, example="5000.00",
               aliases=("91-120", "91-120 days", "91 to 120"),
               hearsay=Hearsay(doubtful=OPEN_ENDED)),
        Column("days_over_120", Kind.MONEY, "owed longer", required=True, example="6100.00",
               aliases=("120+", "121+", ">120", "> 120", "over 120", "120+ days", "121+ days",
                        "> 120 days", "over 120 days"),
               hearsay=Hearsay(sums=(("121-150", "150+"), ("121-150", "151+"),
                                     ("121-150", "151-180", "180+"),
                                     ("121-150", "151-180", "181+"), ("121-180", "180+"),
                                     ("121-180", "181+")))),
        Column("credits", Kind.MONEY, "unapplied credits, negative, in no bucket",
               aliases=("unapplied", "credit", "unapplied credits", "unapplied credit",
                        "credit balance"),
               hearsay=Hearsay(sums=(("credit", "unapplied"), ("credits", "unapplied")))),
        Column("payer", Kind.TEXT, "payer",
               aliases=("insurance", "carrier", "payer name", "insurance company",
                        "financial class", "type")),
        LOCATION,
        PART,
    ),
    month=("as_of",),
    period="as_of",
    identity=("payer",),
)  # fmt: skip
