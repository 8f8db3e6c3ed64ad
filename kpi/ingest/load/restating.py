"""What a receipt says of how a file meets what earlier ones brought."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, or_, select

from kpi.datasets import Dataset
from kpi.ingest.load.stage import Stage
from kpi.measures.aggregates import RECORD
from kpi.measures.refresh import Moved
from kpi.months import Month
from kpi.store.tables import dataset_months, records

_LISTED = 6


def held_months(connection: Connection, practice: int, dataset: Dataset) -> set[int]:
    """Months of which the practice has figures."""
    query = select(dataset_months.c.month).where(
        dataset_months.c.practice == practice, dataset_months.c.dataset == dataset.name
    )
    return set(connection.execute(query.distinct()).scalars())


def restated_notes(held: set[int], moved: Moved) -> list[str]:
    """Which months had figures before that now change."""
    months = sorted(Month.from_code(code) for code in moved.of(RECORD) & held)
    if not months:
        return []
    more = f" and {len(months) - _LISTED} more" if len(months) > _LISTED else ""
    said = ", ".join(month.words for month in months[:_LISTED])
    return [f"Restated: {said}{more}, which had figures before."]


def scale_notes(connection: Connection, practice: int, stage: Stage) -> list[str]:
    """Whether a question of a survey is answered on another scale than before. No question is
    named: in a column that was mapped wrongly it could be a person."""
    ends = ("question", "scale_min", "scale_max")
    if stage.dataset.name != "surveys" or not set(ends) <= set(stage.own):
        return []
    rows, before = stage.table, records["surveys"]
    query = select(func.count(rows.c.question.distinct()), func.min(rows.c.line)).where(
        select(before.c.key)
        .where(
            before.c.practice == practice,
            before.c.live == 1,
            func.lower(before.c.question) == func.lower(rows.c.question),
            and_(before.c.scale_min.is_not(None), rows.c.scale_min.is_not(None)),
            or_(before.c.scale_min != rows.c.scale_min, before.c.scale_max != rows.c.scale_max),
        )
        .exists()
    )
    count, line = connection.execute(query).one()
    if not count:
        return []
    which = "A question is" if count == 1 else f"{count} questions are"
    its = "its" if count == 1 else "their"
    return [
        f"{which} answered on another scale than before (first in line {line}): {its} figures "
        "before and after do not compare."
    ]
