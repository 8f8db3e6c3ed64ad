"""Ledger: one account's month, as in a profit and loss statement."""

from kpi.datasets.model import LOCATION, PART, Column, Dataset, Kind

CATEGORY = {
    "payroll": ("wages", "salaries"),
    "provider_compensation": ("physician compensation", "provider pay"),
    "rent": ("rent or lease", "occupancy"),
    "supplies": ("medical supplies", "office supplies"),
    "drugs": ("vaccines", "pharmaceuticals"),
    "insurance": ("malpractice insurance",),
    "technology": ("software", "it"),
    "billing": ("billing fees", "billing service"),
    "marketing": ("advertising",),
    "other": (),
}

DATASET = Dataset(
    name="ledger",
    row="one account's month",
    columns=(
        Column("month", Kind.MONTH, "month", required=True, example="2026-01"),
        Column("account", Kind.TEXT, "account, with its path where names repeat", required=True,
               example="Rent"),
        Column("kind", Kind.CHOICE, "which side of the statement", required=True,
               choices={"revenue": ("income",), "expense": ("expenses", "cost of goods sold"),
                        "other_income": (), "other_expense": ("other expenses",)},
               example="expense"),
        Column("amount", Kind.MONEY, "positive in its own kind", required=True, example="6200.00"),
        Column("category", Kind.CHOICE, "group of an expense", choices=CATEGORY, example="rent"),
        Column("budget", Kind.MONEY, "planned amount"),
        Column("basis", Kind.CHOICE, "accounting basis",
               choices={"cash": ("cash basis",), "accrual": ("accrual basis",)}),
        LOCATION,
        PART,
    ),
    month=("month",),
    period="month",
    identity=("account", "kind"),
)  # fmt: skip
