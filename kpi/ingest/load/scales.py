"""Whether a survey is answered on another scale than before."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, or_, select

from kpi.ingest.load.stage import Stage
from kpi.store.tables import records


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
