"""Which months of a dataset are complete."""

from datetime import date, datetime, timedelta

from .reading import Practice, months_from, rows_of

_DAY = {"appointments": "start_at", "charges": "posted_date", "payments": "posted_date"}
_DECLARABLE = ("complaints", "incidents")


def incomplete(practice: Practice, dataset: str, months: list[str]) -> list[str]:
    """Those of the months that are partial or missing."""
    found = []
    for month in months:
        of_month = rows_of(practice, dataset, [month])
        refused = sum(month in each.months for each in practice.refused[dataset])
        if dataset in _DAY:
            days = {
                _day(row[_DAY[dataset]]) for row in of_month if row.get("status") != "scheduled"
            }
            complete = bool(days) and _longest_gap(month, days) <= 5
        else:
            complete = bool(of_month) or month in practice.attested[dataset]
        if refused and (dataset in _DECLARABLE or refused > 0.02 * (len(of_month) + refused)):
            complete = False
        if not complete:
            found.append(month)
    return found


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _longest_gap(month: str, days: set[date]) -> int:
    """The most weekdays in a row, within the month, that have no record."""
    day = date.fromisoformat(f"{month}-01")
    longest = run = 0
    while f"{day:%Y-%m}" == month:
        if day.weekday() < 5:
            run = 0 if day in days else run + 1
            longest = max(longest, run)
        day += timedelta(days=1)
    return longest


def days_of(first: str, last: str) -> tuple[int, int]:
    """Days of the period, and of its year: 366 where it holds a 29 February."""
    months = months_from(first, last)
    day = date.fromisoformat(f"{first}-01")
    count, leap = 0, False
    while f"{day:%Y-%m}" in months:
        count += 1
        leap = leap or (day.month, day.day) == (2, 29)
        day += timedelta(days=1)
    return count, 366 if leap else 365
