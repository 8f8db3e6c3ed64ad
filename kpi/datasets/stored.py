"""How a value of each column kind is stored, the same on SQLite and PostgreSQL.

Whole numbers throughout: they compare, add and subtract exactly and alike on every database.

========  =========================================================
money     cents
decimal   ten-thousandths
date      days since 1970-01-01
time      seconds since 1970-01-01 00:00, the practice's own clock
month     year * 100 + month
boolean   0 or 1
id        first 16 bytes of a keyed hash
text      as it is
========  =========================================================
"""

from datetime import date, datetime, timedelta

DECIMAL_SCALE = 10_000

FIRST_YEAR, LAST_YEAR = 1970, 2099
"""Dates and times outside of these years are taken for mistakes. ``kpi.store.calendar`` counts
on it: it knows no years before, and no 29 February that 2100 lacks."""
_EPOCH = date(1970, 1, 1)
_MIDNIGHT = datetime(1970, 1, 1)


def days_of(day: date) -> int:
    """A date as stored: days since 1970-01-01."""
    return (day - _EPOCH).days


def date_of(days: int) -> date:
    """A stored date."""
    return _EPOCH + timedelta(days=days)


def seconds_of(moment: datetime) -> int:
    """A practice-local time (no zone) as stored: whole seconds since 1970-01-01 00:00."""
    return int((moment - _MIDNIGHT).total_seconds())


def time_of(seconds: int) -> datetime:
    """A stored practice-local time."""
    return _MIDNIGHT + timedelta(seconds=seconds)
