"""What a review pays: a document of its own, since not all who may see a score may see pay."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from kpi.access.actor import Actor, require, require_pay
from kpi.access.managers import assignment_for
from kpi.months import Month
from kpi.review.basis.inputs import Inputs, inputs_of, score_of
from kpi.role.compensation import bonus_terms
from kpi.score.bonus import Bonus, bonus
from kpi.score.model import Score
from kpi.store.engine import reading

FORMAT = "rolecard-pay/1"


def bonus_for(
    engine: Engine,
    actor: Actor,
    manager_id: str,
    first: Month,
    last: Month,
    practice_id: str | None = None,
    decided: str | None = None,
    base_pay: float | None = None,
) -> dict[str, Any] | None:
    """A manager's bonus for a period as the figures stand now; None where the role has none.

    ``decided``: the rating that people decided; None: the indicated one. ``base_pay``: dollars of
    base pay in the months that score; it is used and not kept. Raises NotFound, InputError,
    NotPermitted.
    """
    require(actor, "read_pay", practice_id)
    with reading(engine) as connection:
        assignment = assignment_for(connection, actor, manager_id, first, last, practice_id)
        require_pay(actor, assignment.practice.id, assignment.manager.id)
        inputs = inputs_of(connection, assignment, first, last)
    found = pay_document(inputs, score_of(inputs), decided, base_pay)
    if found is None:
        return None
    return {"manager": assignment.manager.id, "practice": assignment.practice.id, **found}


def pay_document(
    inputs: Inputs, outcome: Score, decided: str | None = None, base_pay: float | None = None
) -> dict[str, Any] | None:
    """What the last role version of a score pays for it, as JSON; None where it has no bonus.

    Whoever calls has asked whether the actor may see pay. Raises InputError for a rating that the
    role does not have.
    """
    terms = bonus_terms(inputs.versions[-1].role)
    if terms is None:
        return None
    found = bonus(terms, outcome, decided, base_pay)
    return {
        "format": FORMAT,
        "from": str(outcome.first),
        "to": str(outcome.last),
        "months": found.months,
        "role_version": inputs.versions[-1].role.version,
        "score": outcome.score,
        "indicated_rating": outcome.rating,
        "decided_rating": decided,
        **_figures(found),
    }


def _figures(found: Bonus) -> dict[str, Any]:
    return {
        "counted_score": found.counted,
        "counted_just_under": found.under,
        "share": found.share,
        "target": found.target,
        "of_base_pay": found.of_pay,
        "pay_range": None if found.between is None else list(found.between),
        "amount": found.amount,
        "requires": [
            {"kpi": each.kpi, "name": each.name, "state": each.state} for each in found.required
        ],
        "sentences": list(found.sentences),
    }
