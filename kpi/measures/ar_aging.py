"""Measures of AR aging: the balances at the month's last snapshot."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from kpi.measures.aggregates import Computed, Condition, DatasetMeasures, Row, counted
from kpi.measures.snapshots import in_last_snapshots
from kpi.store.tables import records

t = records["ar_aging"]

_OVER_120 = t.c.days_over_120
_OVER_90 = t.c.days_91_120 + _OVER_120
_BALANCE = t.c.days_0_30 + t.c.days_31_60 + t.c.days_61_90 + _OVER_90


def _entering(connection: Connection, _measure: str, practice: int, months: set[int]) -> Condition:
    return in_last_snapshots(connection, t, practice, months)


def _balances(
    connection: Connection, practice: int, months: set[int], by: ColumnElement[Any]
) -> Iterable[Row]:
    query = (
        select(t.c.record_month, by, *map(func.sum, (_BALANCE, _OVER_90, _OVER_120)))
        .where(counted(t, practice), in_last_snapshots(connection, t, practice, months))
        .group_by(t.c.record_month, by)
    )
    for month, group, balance, over_90, over_120 in connection.execute(query):
        yield month, group, "ar_balance", int(balance) / 100
        yield month, group, "ar_over_90", int(over_90) / 100
        yield month, group, "ar_over_120", int(over_120) / 100


MEASURES = DatasetMeasures(
    "ar_aging",
    (Computed(("ar_balance", "ar_over_90", "ar_over_120"), _balances, _entering),),
)
