"""Declarations of nothing to report, and when a month rests on one."""

from sqlalchemy import ColumnElement, exists

from kpi.store.tables import attestations, dataset_months


def rested_on() -> ColumnElement[bool]:
    """Of a declaration: that its month has no record. One that has rests on that instead."""
    return ~exists().where(
        dataset_months.c.practice == attestations.c.practice,
        dataset_months.c.dataset == attestations.c.dataset,
        dataset_months.c.month == attestations.c.month,
        dataset_months.c.rows > 0,
    )
