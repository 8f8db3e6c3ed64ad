"""What leaves Rolecard as a file stands in the trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.managers import Assignment
from kpi.access.practices import get_practice
from kpi.months import Month
from kpi.store.engine import writing


def note_export(
    engine: Engine, actor: Actor, practice_id: str, subject: str, **details: Any
) -> None:
    """Notes that somebody takes a scorecard, or rows of a practice, away as a file; said before the
    file is made, so that none leaves unnoted. Raises NotFound and NotPermitted."""
    require(actor, "read_uploads", practice_id)
    with writing(engine) as connection:
        practice = get_practice(connection, practice_id)
        trail.note(connection, actor, "export", subject, practice.number, **details)


def note_scorecard(
    engine: Engine,
    actor: Actor,
    assignment: Assignment,
    first: Month,
    last: Month,
    formats: Sequence[str],
) -> None:
    """The same of one manager's scorecard."""
    note_export(
        engine, actor, assignment.practice.id, f"scorecard of {assignment.manager.id}",
        months=[str(first), str(last)], formats=[*formats],
    )  # fmt: skip
