"""Measures of AR aging: the balances at the month's last snapshot."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, or_, select

from kpi.measures.aggregates import Computed, Condition, DatasetMeasures, Row, counted
from kpi.store.slots import Slot, conflicts
from kpi.store.tables import records

t = records["ar_aging"]

_OVER_120 = t.c.days_over_120
_OVER_90 = t.c.days_91_120 + _OVER_120
_BALANCE = t.c.days_0_30 + t.c.days_31_60 + t.c.days_61_90 + _OVER_90


def _last_snapshots(
    connection: Connection, practice: int, months: set[int]
) -> list[tuple[int, int, Slot]]:
    """Month, day and slot of the last snapshot of each location and part.

    A snapshot of the whole practice and later ones by location are the same money: as in loading,
    the later one stands.
    """
    location, part = func.coalesce(t.c.location, ""), func.coalesce(t.c.part, "")
    query = (
        select(t.c.record_month, t.c.as_of, location, part)
        .where(counted(t, practice), t.c.record_month.in_(months))
        .distinct()
        .order_by(t.c.as_of.desc())
    )
    standing: list[tuple[int, int, Slot]] = []
    for month, as_of, place, piece in connection.execute(query):
        slot = Slot(place, piece)
        if not any(
            other_month == month and other_day != as_of and conflicts(slot, other)
            for other_month, other_day, other in standing
        ):
            standing.append((month, as_of, slot))
    return standing


def _entering(connection: Connection, _measure: str, practice: int, months: set[int]) -> Condition:
    return or_(
        t.c.record_month.is_(None),
        *(
            (t.c.as_of == as_of)
            & (func.coalesce(t.c.location, "") == slot.location)
            & (func.coalesce(t.c.part, "") == slot.part)
            for _month, as_of, slot in _last_snapshots(connection, practice, months)
        ),
    )


def _balances(connection: Connection, practice: int, months: set[int]) -> Iterable[Row]:
    location = func.coalesce(t.c.location, "")
    query = (
        select(t.c.record_month, location, *map(func.sum, (_BALANCE, _OVER_90, _OVER_120)))
        .where(counted(t, practice), _entering(connection, "", practice, months))
        .group_by(t.c.record_month, location)
    )
    for month, place, balance, over_90, over_120 in connection.execute(query):
        yield month, place, "ar_balance", int(balance) / 100
        yield month, place, "ar_over_90", int(over_90) / 100
        yield month, place, "ar_over_120", int(over_120) / 100


MEASURES = DatasetMeasures(
    "ar_aging",
    (Computed(("ar_balance", "ar_over_90", "ar_over_120"), _balances, _entering),),
)
