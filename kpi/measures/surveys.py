"""Measures of surveys: answers by the day answered, invitations by the day sent."""

from collections.abc import Iterable
from math import fsum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from kpi.datasets.stored import DECIMAL_SCALE
from kpi.measures.aggregates import (
    Basis,
    Computed,
    Condition,
    DatasetMeasures,
    Distinct,
    Row,
    Total,
    counted,
)
from kpi.store.tables import records

t = records["surveys"]

TEN = 10 * DECIMAL_SCALE
answered = t.c.score.is_not(None) & (t.c.scale_max > t.c.scale_min)
recommend = func.lower(t.c.question) == "recommend"
rating = answered & ~recommend
ten_point = and_(answered, recommend, t.c.scale_min == 0, t.c.scale_max == TEN)
top = (t.c.score == t.c.scale_max) | (
    (t.c.scale_min == 0) & (t.c.scale_max == TEN) & (t.c.score >= 9 * DECIMAL_SCALE)
)


def _answer_share(
    connection: Connection, practice: int, months: set[int], by: ColumnElement[Any]
) -> Iterable[Row]:
    """Σ (score − min) / (max − min), summed exactly a scale and then over the scales in order.

    So the same answers give the same bits in whatever order they were loaded.
    """
    query = (
        select(
            t.c.record_month,
            by,
            t.c.scale_min,
            t.c.scale_max,
            func.sum(t.c.score - t.c.scale_min),
        )
        .where(counted(t, practice), t.c.record_month.in_(months), rating)
        .group_by(t.c.record_month, by, t.c.scale_min, t.c.scale_max)
        .order_by(t.c.record_month, by, t.c.scale_min, t.c.scale_max)
    )
    shares: dict[tuple[int, str], list[float]] = {}
    for month, group, low, high, above in connection.execute(query):
        shares.setdefault((month, group), []).append(int(above) / (high - low))
    for (month, group), parts in shares.items():
        yield month, group, "answer_share", fsum(parts)


def _rated(_connection: Connection, _measure: str, _practice: int, months: set[int]) -> Condition:
    return rating & t.c.record_month.in_(months)


MEASURES = DatasetMeasures(
    "surveys",
    (
        Total("answers", rating),
        Total("top_box", rating & top),
        Computed(("answer_share",), _answer_share, _rated),
        Total("recommend_answers", ten_point),
        Total("promoters", ten_point & (t.c.score >= 9 * DECIMAL_SCALE)),
        Total("detractors", ten_point & (t.c.score <= 6 * DECIMAL_SCALE)),
        Distinct("invitations", t.c.sent_on.is_not(None), t.c.response_id, basis="sent"),
        Distinct("responses", t.c.sent_on.is_not(None) & t.c.score.is_not(None), t.c.response_id,
                 basis="sent"),
    ),
    bases=(Basis("sent", t.c.sent_on),),
)  # fmt: skip
