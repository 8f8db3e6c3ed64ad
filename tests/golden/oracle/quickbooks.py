"""A by-month profit and loss as ledger rows, an account a month."""

from datetime import datetime
from fractions import Fraction

from .cells import Row

_SECTIONS = {
    "Income": "revenue",
    "Cost of Goods Sold": "expense",
    "Expenses": "expense",
    "Other Income": "other_income",
    "Other Expenses": "other_expense",
}


def ledger_rows(table: list[list[str]], categories: dict[str, str]) -> list[Row]:
    """Every account's months: what stands between a section's heading and its total.

    A label that a ``Total for`` row closes before its section ends heads the accounts between.
    Costs of goods carry their section's name, as expenses may have accounts of the same name.
    """
    start = next(n for n, row in enumerate(table) if row[0] == "Distribution account")
    months = [datetime.strptime(head, "%b %Y").strftime("%Y-%m") for head in table[start][1:-1]]
    labels = [row[0] for row in table]
    found: list[Row] = []
    section = parent = ""
    for number in range(start + 1, len(table)):
        label, cells = labels[number], table[number][1:-1]
        if not section:
            if label in _SECTIONS and not any(cells):
                section = label
        elif label == f"Total for {section}":
            section = ""
        elif label == f"Total for {parent}":
            parent = ""
        else:
            ends = labels.index(f"Total for {section}", number)
            account = f"{parent}:{label}" if parent else label
            if section == "Cost of Goods Sold":
                account = f"{section}:{account}"
            if f"Total for {label}" in labels[number:ends]:
                parent = label
            kind = _SECTIONS[section]
            for month, text in zip(months, cells, strict=True):
                found.append({
                    "month": month, "account": account, "kind": kind,
                    "amount": Fraction(text.replace("$", "").replace(",", "")),
                    "category": categories.get(account) if kind == "expense" else None,
                })  # fmt: skip
    return found
