"""The month of every date that can be stored, against Python's own calendar."""

from datetime import date, timedelta

from sqlalchemy import Engine, literal, select

from kpi.datasets.stored import FIRST_YEAR, LAST_YEAR
from kpi.store.calendar import month_of_days
from kpi.store.engine import reading


def test_every_day_falls_in_its_month(engine: Engine) -> None:
    days = (date(LAST_YEAR, 12, 31) - date(FIRST_YEAR, 1, 1)).days + 1
    every = select(literal(0).label("day")).cte("every", recursive=True)
    every = every.union_all(select(every.c.day + 1).where(every.c.day + 1 < days))
    with reading(engine) as connection:
        found = connection.execute(select(every.c.day, month_of_days(every.c.day))).all()
    assert len(found) == days
    for day, month in found:
        expected = date(1970, 1, 1) + timedelta(days=day)
        assert month == expected.year * 100 + expected.month, expected
