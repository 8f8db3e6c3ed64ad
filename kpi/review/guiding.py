"""What a scorecard gives to talk about: guidance, balances taken over, the development plan."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from kpi.access.managers import Assignment
from kpi.months import span
from kpi.review.inputs import Inputs
from kpi.review.movement import before, moved_between
from kpi.score.exclusion import excluded_months
from kpi.score.guidance import Guidance, guidance, under_target
from kpi.score.inherited import Inherited, inherited
from kpi.score.model import Score

_TELLING = ("provider", "location", "payer")  # a weekday is nobody to talk about


def guidance_on(
    connection: Connection,
    assignment: Assignment,
    inputs: Inputs,
    outcome: Score,
    *,
    with_moves: bool,
) -> list[Guidance]:
    """What to talk about of each KPI under its target, those that cost most points first.

    ``with_moves``: what moved a KPI against the period before is told too, which takes a walk
    through its records. Whoever calls has asked whether the actor may see the score.
    """
    role = inputs.versions[-1].role
    rows = [row for row in outcome.rows if under_target(row)]
    gated = {gate.kpi for gate in outcome.gates}
    found = []
    for row in sorted(rows, key=lambda each: -(each.points_lost or 0.0)):
        if not with_moves:
            found.append(guidance(role, row))
            continue
        months = assignment.months(outcome.first, outcome.last)
        out = excluded_months(inputs.exclusions, row.kpi.id, months, gated=row.kpi.id in gated)
        months = tuple(month for month in months if month not in out)
        earlier = span(*before(months[0], months[-1]))
        moved = moved_between(connection, assignment, row.kpi, months, earlier)
        if moved.split in _TELLING:
            found.append(guidance(role, row, moved.found, moved.split, moved.words))
        else:
            found.append(guidance(role, row))
    return found


def inherited_by(assignment: Assignment, inputs: Inputs, outcome: Score) -> list[Inherited]:
    """The balances that were taken over when an assignment began in or shortly before a period."""
    found = (
        inherited(
            row.kpi, assignment.first, outcome.first, outcome.last, inputs.facts, row.result.value
        )
        for row in outcome.rows
    )
    return [each for each in found if each is not None]


def inherited_document(found: Inherited) -> dict[str, Any]:
    """A balance taken over for JSON, as it stands on a scorecard."""
    return {
        "kpi": found.kpi,
        "measure": found.measure,
        "month": str(found.month),
        "balance_at_start": found.balance,
        "value_at_start": found.value,
        "to": str(found.last),
        "balance_now": found.balance_now,
        "value_now": found.value_now,
        "words": found.words,
    }
