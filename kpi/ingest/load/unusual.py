"""Figures far from the practice's own other months: cents taken for dollars, dollars in thousands,
hours in a column of minutes. Asked about before they are kept, never corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Connection

from kpi.ingest.questions import FileAsks, Question
from kpi.measures.refresh import Moved
from kpi.measures.stored import monthly_values
from kpi.months import Month

FAR = 10
"""A figure more than ten times another, or less than a tenth of it, is far from it."""

_AROUND = 24  # months on either side
_LEAST = 3  # months that make a past


@dataclass(frozen=True, slots=True)
class _Figure:
    """What is looked at: a measure, on average ``per`` another one, or, with none, as it is.

    ``low``: whether too little is asked about as well; a sum is small in a month that has begun.
    """

    measure: str
    words: str
    per: str | None = None
    low: bool = True


_FIGURES: Mapping[str, tuple[_Figure, ...]] = {
    "charges": (_Figure("gross_charges", "on average {} a line", "charge_lines"),),
    "payments": (_Figure("receipts", "{} in all", low=False),),
    "ledger": (_Figure("revenue", "{} of revenue"), _Figure("expenses", "{} of expenses")),
    "ar_aging": (_Figure("ar_balance", "{} owed"),),
    "calls": (_Figure("calls_offered", "on average {} calls a day", "call_days"),),
    "availability": (
        _Figure("minutes_open", "on average {} minutes open a clinician's day",
                "provider_days_measured"),
    ),
    "staff_hours": (_Figure("staff_hours", "{} hours", low=False),),
}  # fmt: skip


def refuse_unusual(connection: Connection, practice: int, dataset: str, moved: Moved) -> None:
    """Raises FileAsks if a month that moved is now far from the median of the others.

    Looks at the months around; where fewer than three have the figure, nothing can be told.
    """
    codes = {code for months in moved.months.values() for code in months}
    figures = _FIGURES.get(dataset, ())
    if not codes or not figures:
        return
    touched = {Month.from_code(code) for code in codes}
    around = [min(touched) + step for step in range(-_AROUND, 0)]
    around += sorted(touched) + [max(touched) + step for step in range(1, _AROUND + 1)]
    names = {name for each in figures for name in (each.measure, each.per) if name}
    found = monthly_values(connection, practice, names, around)
    for figure in figures:
        for month, value, usual in _far(figure, found, touched):
            raise FileAsks(
                Question.UNUSUAL,
                f"The {dataset} of {month.words} are {figure.words.format(f'{value:,.2f}')}, but "
                f"were {usual:,.2f} in the months before, so nothing was loaded. Were cents "
                "exported as dollars, or dollars in thousands?",
            )


def _far(
    figure: _Figure, found: Mapping[str, Mapping[Month, float]], touched: set[Month]
) -> Iterator[tuple[Month, float, float]]:
    """Months whose figure is far from the usual one, with both."""
    values = _values(figure, found)
    others: Sequence[float] = [
        abs(value) for month, value in values.items() if month not in touched
    ]
    if len(others) < _LEAST:
        return
    usual = median(others)
    for month in sorted(touched & values.keys()):
        value = abs(values[month])
        if value > FAR * usual > 0 or (figure.low and 0 < value * FAR < usual):
            yield month, values[month], usual


def _values(figure: _Figure, found: Mapping[str, Mapping[Month, float]]) -> dict[Month, float]:
    values = found.get(figure.measure, {})
    if figure.per is None:
        return dict(values)
    counts = found.get(figure.per, {})
    return {month: value / counts[month] for month, value in values.items() if counts.get(month)}
