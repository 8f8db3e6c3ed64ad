"""A review as it stands in a scorecard document: cut to what somebody may see of it.

Each side sees its own drafts, and of the other what that has handed in. So what the manager writes
is hers until she hands it in, and what the supervisor writes is not the manager's to read before
it is signed. Whoever runs commands (the operator) can read the database, and sees all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kpi.access.actor import Actor
from kpi.review.cycle.reviews import PARTS, Part, Review, Step, Text
from kpi.review.cycle.table import State

_OWN_SIDE: dict[Part, str] = {
    "manager": "manager",
    "supervisor": "physician",
    "answer": "manager",
}


def writes(actor: Actor, part: Part) -> bool:
    """Whether a part is of the actor's own side, whose drafts he sees."""
    return actor.kind in ("operator", _OWN_SIDE[part])


def visible(text: Text, actor: Actor | None) -> str | None:
    """What the actor may see of a text; without an actor what all may. None for nothing."""
    own = actor is not None and writes(actor, text.part)
    return (text.draft if own else text.handed_in) or None


def texts_json(
    review: Review | None, texts: Iterable[Text], kpis: Iterable[str], actor: Actor | None = None
) -> dict[str, Any]:
    """The texts for the document, of the whole and of each KPI; blank ones are None."""
    said = {(each.part, each.kpi): visible(each, actor) for each in texts}

    def of(kpi: str) -> dict[str, str | None]:
        return {part: said.get((part, kpi)) for part in PARTS}

    return {
        "whole": of(""),
        "kpis": {kpi: of(kpi) for kpi in kpis},
        "contest": _note(review.contest if review else None),
        "contest_answer": _note(review.contest_answer if review else None),
    }


def review_json(review: Review, period_kind: str, indicated: str | None) -> dict[str, Any]:
    """The review for the document: where it stands, its ratings, and every step in order."""
    confirmed, final = review.confirmed, review.last_step("finalize")
    return {
        "number": review.number,
        "version": review.version,
        "state": review.state.value,
        "from": str(review.first),
        "to": str(review.last),
        "due_on": review.due_on.isoformat(),
        "period_kind": period_kind,
        "indicated_rating": indicated,
        "decided_rating": review.rating,
        "rating_reason": review.rating_reason,
        "confirmed_by": None if confirmed is None else {"by": confirmed.by, "at": confirmed.at},
        "self_part_missing_reason": _note(_without_self(review)),
        "acknowledgement_missing_reason": _note(review.unacknowledged),
        "final_all_the_same_reason": _note(final),
        "steps": steps_json(review.steps),
    }


def steps_json(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Steps for the document."""
    return [
        {
            "version": each.version,
            "action": each.action,
            "state": each.state.value,
            "by": each.by,
            "kind": each.kind,
            "user": each.user,
            "at": each.at,
            "note": each.note,
        }
        for each in steps
    ]


def _without_self(review: Review) -> Step | None:
    """The step by which the self part was waived, unless it was handed in after all, later."""
    if review.state is State.OPEN:
        return None
    found = review.last_step("waive_self", "hand_in")
    return found if found is not None and found.action == "waive_self" else None


def _note(step: Step | None) -> str | None:
    return None if step is None else step.note
