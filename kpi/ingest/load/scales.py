"""Whether a survey is answered on another scale than before."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from kpi.ingest.load.stage import Stage
from kpi.store.tables import records

_ENDS = ("question", "scale_min", "scale_max")


def scale_notes(connection: Connection, practice: int, stage: Stage) -> list[str]:
    """Whether a question of a survey is answered on another scale than before. No question is
    named: in a column that was mapped wrongly it could be a person."""
    if stage.dataset.name != "surveys" or not set(_ENDS) <= set(stage.own):
        return []
    before, rows = records["surveys"], stage.table
    held = select(*_scale(before)).where(
        before.c.practice == practice, before.c.live == 1, before.c.scale_min.is_not(None)
    )
    scales: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for question, low, high in connection.execute(held.distinct()):
        scales[question].add((low, high))
    staged = select(*_scale(rows), func.min(rows.c.line)).where(rows.c.scale_min.is_not(None))
    changed: dict[str, int] = {}
    for question, low, high, line in connection.execute(staged.group_by(*_scale(rows))):
        if scales[question] - {(low, high)}:
            changed[question] = min(line, changed.get(question, line))
    if not changed:
        return []
    count, line = len(changed), min(changed.values())
    which = "A question is" if count == 1 else f"{count} questions are"
    its = "its" if count == 1 else "their"
    return [
        f"{which} answered on another scale than before (first in line {line}): {its} figures "
        "before and after do not compare."
    ]


def _scale(table: Table) -> tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    """A question, the case of its letters folded, and the two ends of its scale."""
    question, low, high = (table.c[name] for name in _ENDS)
    return func.lower(question), low, high
