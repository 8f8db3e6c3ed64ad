"""Measures of the ledger, by the account's month."""

from sqlalchemy import ColumnElement, func, literal, select

from kpi.measures.aggregates import DatasetMeasures, Distinct, Total
from kpi.store.tables import accounts, records

t = records["ledger"]

# The file's own category, else the one that the practice gave the account once.
_mapped = (
    select(accounts.c.category)
    .where(accounts.c.practice == t.c.practice, accounts.c.account == t.c.account)
    .scalar_subquery()
)
category: ColumnElement[str] = func.coalesce(t.c.category, _mapped, literal(""))

expense = t.c.kind == "expense"
uncategorised = expense & (category == "")
budgeted = expense & t.c.budget.is_not(None)

MEASURES = DatasetMeasures(
    "ledger",
    (
        Total("revenue", t.c.kind == "revenue", t.c.amount, scale=100),
        Total("expenses", expense, t.c.amount, scale=100),
        Total("operating_expenses", expense & (category != "provider_compensation"), t.c.amount,
              scale=100),
        Total("payroll", expense & (category == "payroll"), t.c.amount, scale=100),
        Total("budget_amount", budgeted, t.c.budget, scale=100),
        Total("budget_actual", budgeted, t.c.amount, scale=100),
        # Not of the catalogue: why a KPI that needs categories has no value.
        Distinct("uncategorised_accounts", uncategorised, t.c.account),
        Total("uncategorised_amount", uncategorised, t.c.amount, scale=100),
    ),
)  # fmt: skip
