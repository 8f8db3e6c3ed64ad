"""What leaves Rolecard as a file stands in the trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine

from kpi.access import trail
from kpi.access.actor import Action, Actor, require, require_own
from kpi.access.managers import Assignment
from kpi.access.practices import get_practice
from kpi.months import Month
from kpi.store.engine import writing


def note_export(
    engine: Engine,
    actor: Actor,
    practice_id: str | None,
    subject: str,
    action: Action = "read_uploads",
    manager: str | None = None,
    **details: Any,
) -> None:
    """Notes that somebody takes a scorecard, a list or rows away as a file; said before the file is
    made, so that none leaves unnoted. ``action``: what shows the same on a page; ``practice_id``
    None: of more than one practice; ``manager``: whose figures they are. Raises NotFound and
    NotPermitted."""
    require(actor, action, practice_id)
    if manager is not None:
        require_own(actor, manager)
        details = {"manager": manager, **details}
    with writing(engine) as connection:
        practice = None if practice_id is None else get_practice(connection, practice_id).number
        trail.note(connection, actor, "export", subject, practice, **details)


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
