"""The sample's months and the days on which its practices are open."""

from datetime import date, timedelta
from functools import cache

FIRST = (2024, 1)
MONTHS = 30
"""January 2024 to June 2026."""

LAST_DAY = date(2026, 6, 30)
"""The day on which the sample ends: what comes later nobody knows yet."""

WARM_UP = 8
"""Months before the first that are made up too, so that the opening receivables have a past."""


def month_of(index: int) -> tuple[int, int]:
    """Year and month of a month's index; 0 is January 2024."""
    number = FIRST[0] * 12 + FIRST[1] - 1 + index
    return number // 12, number % 12 + 1


def index_of(day: date) -> int:
    """The index of the month that holds a day."""
    return (day.year - FIRST[0]) * 12 + day.month - FIRST[1]


def month_text(index: int) -> str:
    """``2024-01``."""
    year, month = month_of(index)
    return f"{year:04d}-{month:02d}"


def first_day(index: int) -> date:
    """The first day of a month."""
    return date(*month_of(index), 1)


def last_day(index: int) -> date:
    """The last day of a month."""
    return first_day(index + 1) - timedelta(days=1)


def quarter_text(index: int) -> str:
    """``2024-q1``, the name that quarterly files carry."""
    year, month = month_of(index)
    return f"{year:04d}-q{(month + 2) // 3}"


@cache
def holidays(year: int) -> frozenset[date]:
    """The days on which both practices are closed besides weekends."""
    found = {
        _nth(year, 5, 0, -1),
        _nth(year, 9, 0, 1),
        _nth(year, 11, 3, 4),
        _nth(year, 11, 3, 4) + timedelta(days=1),
    }
    for fixed in (date(year, 1, 1), date(year, 7, 4), date(year, 12, 25)):
        observed = {5: -1, 6: 1}.get(fixed.weekday(), 0)
        found.add(fixed + timedelta(days=observed))
    return frozenset(found)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month, the last for -1."""
    start, end = date(year, month, 1), date(year, month, 28)
    while (end + timedelta(days=1)).month == month:
        end += timedelta(days=1)
    days = [start + timedelta(days=each) for each in range(end.day)]
    matching = [day for day in days if day.weekday() == weekday]
    return matching[nth if nth < 0 else nth - 1]


def clinic_days(index: int) -> list[date]:
    """The days of a month on which the practices see patients."""
    start, end = first_day(index), last_day(index)
    closed = holidays(start.year) | holidays(start.year + 1)
    days = [start + timedelta(days=each) for each in range((end - start).days + 1)]
    return [day for day in days if day.weekday() < 5 and day not in closed]


def next_clinic_day(day: date) -> date:
    """That day, or the first one after it on which the practices are open."""
    while day.weekday() >= 5 or day in holidays(day.year) | holidays(day.year + 1):
        day += timedelta(days=1)
    return day


def after_clinic_days(day: date, count: int) -> date:
    """The clinic day that lies so many clinic days after a day."""
    for _ in range(count):
        day = next_clinic_day(day + timedelta(days=1))
    return day
