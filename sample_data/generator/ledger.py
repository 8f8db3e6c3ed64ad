"""The monthly profit and loss: made-up accounts, and two ways in which it is exported."""

from collections.abc import Sequence
from dataclasses import dataclass

from .days import month_of
from .draw import between, stream
from .plan import Plan

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Line:
    """One account of the chart: where its amounts come from, and where it stands.

    ``parent`` is the account above it. ``share`` is of the wages, or of the revenue for accounts
    ``by_revenue``.
    """

    account: str
    kind: str
    category: str
    share: float
    parent: str = ""
    by_revenue: bool = False
    swing: float = 0.05


CHART = (
    Line("Office Visits", "revenue", "", 0.91, by_revenue=True, swing=0.01),
    Line("Laboratory", "revenue", "", 0.06, by_revenue=True),
    Line("Immunizations", "revenue", "", 0.04, by_revenue=True, swing=0.2),
    Line("Allowances Given", "revenue", "", -0.008, by_revenue=True, swing=0.3),
    Line("Vaccines and Drugs", "expense", "drugs", 0.022, by_revenue=True, swing=0.2),
    Line("Payroll", "expense", "payroll", 0.0),
    Line("Wages", "expense", "payroll", 1.0, "Payroll", swing=0.02),
    Line("Payroll Taxes", "expense", "payroll", 0.083, "Payroll", swing=0.02),
    Line("Employee Benefits", "expense", "payroll", 0.13, "Payroll", swing=0.02),
    Line("Physician Compensation", "expense", "provider_compensation", 0.31, by_revenue=True),
    Line("Rent or Lease", "expense", "rent", 0.27, swing=0.0),
    Line("Supplies", "expense", "supplies", 0.0),
    Line("Medical Supplies", "expense", "supplies", 0.12, "Supplies", swing=0.2),
    Line("Office Supplies", "expense", "supplies", 0.025, "Supplies", swing=0.4),
    Line("Laboratory", "expense", "other", 0.03, by_revenue=True, swing=0.1),
    Line("Insurance", "expense", "insurance", 0.09, swing=0.0),
    Line("Software and IT", "expense", "technology", 0.10, swing=0.08),
    Line("Billing Service", "expense", "billing", 0.035, by_revenue=True),
    Line("Advertising", "expense", "marketing", 0.02, swing=0.6),
    Line("Utilities", "expense", "other", 0.0),
    Line("Gas and Electric", "expense", "other", 0.03, "Utilities", swing=0.25),
    Line("Telephone", "expense", "other", 0.02, "Utilities", swing=0.05),
    Line("Interest Earned", "other_income", "", 0.002, by_revenue=True),
    Line("Loan Interest", "other_expense", "", 0.018, swing=0.0),
)

_FIXED = {"Rent or Lease", "Insurance", "Loan Interest"}


def amounts(plan: Plan, index: int, revenue: int) -> list[int]:
    """The month's amount of each line of the chart, in cents; revenue is what was accrued."""
    rng = stream(plan.id, "ledger", index)
    level = plan.story(index).costs
    found = []
    for line in CHART:
        swing = 1 + line.swing * between(rng, -1, 1)
        if line.by_revenue:
            base = revenue * line.share
        else:
            rises = 1 + 0.03 * (index // 12) if line.account in _FIXED else level
            base = plan.wages * 100 * line.share * rises
        found.append(round(base * swing))
    return found


def budgets(plan: Plan, index: int, revenue: int) -> list[int]:
    """What was planned for each line: as in January of that year, whole dollars."""
    start = index - index % 12
    planned = amounts(plan, start, revenue)
    return [round(amount / 10_000) * 10_000 for amount in planned]


def path(line: Line) -> str:
    """The account with the one above it."""
    return f"{line.parent}:{line.account}" if line.parent else line.account


def statement_path(line: Line) -> str:
    """The account as it is known once read from a statement: costs of goods have a prefix."""
    return f"Cost of Goods Sold:{path(line)}" if line.category == "drugs" else path(line)


# -- QuickBooks, profit and loss by month ------------------------------------------------------


def quickbooks(
    company: str, indexes: Sequence[int], table: Sequence[Sequence[int]]
) -> list[list[str]]:
    """Rows of a by-month profit and loss; ``table`` has a list of amounts for each month."""
    year, first = month_of(indexes[0])
    last = month_of(indexes[-1])[1]
    long = ("January", "June", "December")
    names = {1: long[0], 6: long[1], 12: long[2]}
    heads = [f"{MONTH_NAMES[month_of(index)[1] - 1]} {year}" for index in indexes]
    width = len(heads) + 2
    rows = [
        ["Profit and Loss"],
        [company],
        [f"{names[first]}-{names[last]}, {year}"],
        [],
        ["Distribution account", *heads, "Total"],
    ]
    columns = [list(column) for column in zip(*table, strict=True)]
    sums: dict[str, list[int]] = {}
    sections = (
        ("Income", [n for n, line in enumerate(CHART) if line.kind == "revenue"]),
        ("Cost of Goods Sold", [n for n, line in enumerate(CHART) if line.category == "drugs"]),
        ("Expenses", [n for n, line in enumerate(CHART)
                      if line.kind == "expense" and line.category != "drugs"]),
        ("Other Income", [n for n, line in enumerate(CHART) if line.kind == "other_income"]),
        ("Other Expenses", [n for n, line in enumerate(CHART) if line.kind == "other_expense"]),
    )  # fmt: skip
    for title, numbers in sections:
        if title == "Other Income":
            sums["noi"] = _minus(sums["gross"], sums["Expenses"])
            rows.append(_totals("Net Operating Income", sums["noi"]))
        rows.append([title])
        rows.extend(_section(numbers, columns))
        sums[title] = _plus([columns[number] for number in numbers])
        rows.append(_totals(f"Total for {title}", sums[title]))
        if title == "Cost of Goods Sold":
            sums["gross"] = _minus(sums["Income"], sums[title])
            rows.append(_totals("Gross Profit", sums["gross"]))
    other = _minus(sums["Other Income"], sums["Other Expenses"])
    rows.append(_totals("Net Other Income", other))
    rows.append(_totals("Net Income", _plus([sums["noi"], other])))
    rows.extend([[], [], []])
    padded = [row + [""] * (width - len(row)) for row in rows]
    stamp = "Accrual Basis Friday, July 10, 2026 09:12 AM GMTZ"
    return [*padded, [stamp, *[""] * (width - 1)]]


def _section(numbers: Sequence[int], columns: Sequence[Sequence[int]]) -> list[list[str]]:
    rows: list[list[str]] = []
    for place, number in enumerate(numbers):
        line = CHART[number]
        values = list(columns[number])
        rows.append([line.account, *(_plain(value) for value in [*values, sum(values)])])
        following = CHART[numbers[place + 1]] if place + 1 < len(numbers) else None
        if line.parent and (following is None or following.parent != line.parent):
            family = [n for n in numbers if line.parent in (CHART[n].parent, CHART[n].account)]
            rows.append(_totals(f"Total for {line.parent}", _plus([columns[n] for n in family])))
    return rows


def _plus(columns: Sequence[Sequence[int]]) -> list[int]:
    return [sum(values) for values in zip(*columns, strict=True)]


def _minus(left: Sequence[int], right: Sequence[int]) -> list[int]:
    return [one - other for one, other in zip(left, right, strict=True)]


def _totals(label: str, values: Sequence[int]) -> list[str]:
    return [label, *(_dollars(value) for value in [*values, sum(values)])]


def _plain(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def _dollars(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"
