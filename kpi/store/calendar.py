"""SQL expressions of stored dates and times, the same on every database."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, literal_column


# Written into the statement, not bound: PostgreSQL compares grouped expressions by their text.
def _number(value: int) -> ColumnElement[int]:
    return literal_column(str(value), Integer)


_MARCH_1968 = _number(671)  # days from 1968-03-01 to 1970-01-01
_FOUR_YEARS = _number(1461)


def month_of_days(days: ColumnElement[Any]) -> ColumnElement[int]:
    """The month (``202601``) of a stored date, in the years that dates are stored of.

    Years are counted from 1 March, so that the leap day is a year's last; after Howard Hinnant's
    "chrono-compatible low-level date algorithms", cut down to a span with no century rule.
    """
    since = days + _MARCH_1968
    year = (since * _number(4) + _number(3)) // _FOUR_YEARS
    day_of_year = since - (year * _FOUR_YEARS) // _number(4)
    month = (day_of_year * _number(5) + _number(2)) // _number(153)  # 0 is March
    wrapped = (month // _number(10)) * _number(88)
    return cast(year * _number(100) + month + wrapped + _number(196803), Integer)


def days_of_seconds(seconds: ColumnElement[Any]) -> ColumnElement[int]:
    """The stored date that a stored time falls on."""
    return cast(seconds // _number(86400), Integer)


def weekday_of_days(days: ColumnElement[Any]) -> ColumnElement[int]:
    """The weekday of a stored date: 0 is Monday, as in Python."""
    # 1970-01-01 was a Thursday; 521 weeks before it lies before every date that is stored.
    return (days + _number(3 + 7 * 521)) % _number(7)
