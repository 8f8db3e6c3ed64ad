"""Balances that a manager took over, beside the score of a period shortly after."""

from __future__ import annotations

from typing import Any

from kpi.access.managers import Assignment
from kpi.review.basis.inputs import Inputs
from kpi.score.inherited import Inherited, inherited
from kpi.score.model import Score


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
