"""Reviews and verifications as ``--format json`` gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kpi.review.cycle.listing import ReviewListed, ReviewSeen
from kpi.review.cycle.reviews import Review
from kpi.review.frozen.restating import KpiMove, Restated
from kpi.review.frozen.verifying import Verification


def reviews_document(found: Sequence[ReviewListed]) -> dict[str, Any]:
    """What ``kpi review list --format json`` gives."""
    return {
        "reviews": [
            {
                **review_line(each.review),
                "days_left": each.days_left,
                "blockers": None if each.blockers is None else list(each.blockers),
            }
            for each in found
        ]
    }


def review_line(review: Review) -> dict[str, Any]:
    """A review in a list."""
    return {
        "number": review.number,
        "version": review.version,
        "practice": review.assignment.practice.id,
        "manager": review.assignment.manager.id,
        "name": review.assignment.manager.name,
        "role": review.assignment.role,
        "from": str(review.first),
        "to": str(review.last),
        "state": review.state.value,
        "due_on": review.due_on.isoformat(),
        "decided_rating": review.rating,
    }


def review_document(found: ReviewSeen) -> dict[str, Any]:
    """What ``kpi review show --format json`` gives: the review, and its whole scorecard."""
    return {
        **review_line(found.review),
        "days_left": found.days_left,
        "blockers": [each.sentence for each in found.blockers],
        "acts": [
            {"act": each.act, "words": each.words, "why_not": each.why_not} for each in found.acts
        ],
        "texts": [
            {
                "part": each.part,
                "kpi": each.kpi or None,
                "text": each.text,
                "revision": each.revision,
                "by": each.by,
                "at": each.at,
                "handed_in": each.handed_in,
            }
            for each in found.texts
        ],
        "final": [
            {"version": each.version, "sha256": each.sha256, "by": each.by, "at": each.at}
            for each in found.frozen
        ],
        "scorecard": found.document,
    }


def verification_document(found: Verification) -> dict[str, Any]:
    """What ``kpi verify --format json`` gives."""
    return {
        "review": found.review,
        "version": found.version,
        "manager": found.manager,
        "practice": found.practice,
        "from": found.first,
        "to": found.last,
        "sha256": found.sha256,
        "program": found.program,
        "ok": found.ok,
        "faults": list(found.faults),
        "notes": list(found.notes),
        "score": found.score,
        "restated": None if found.restated is None else _restated(found.restated),
    }


def _restated(found: Restated) -> dict[str, Any]:
    return {
        "score": found.score,
        "indicated_rating": found.rating,
        "not_followed": list(found.not_followed),
        "events": [
            {
                "at": each.event.at,
                "cause": each.event.cause.value,
                "dataset": each.event.dataset,
                "upload": each.event.upload,
                "file": each.file,
                "actor": each.event.actor,
                "score_before": each.before,
                "score_after": each.after,
                "kpis": [_move(move) for move in each.moves],
            }
            for each in found.events
        ],
        "unexplained": [_move(each) for each in found.unexplained],
    }


def _move(each: KpiMove) -> dict[str, Any]:
    return {
        "kpi": each.kpi,
        "before": {"status": each.before.status.value, "value": each.before.value},
        "after": {"status": each.after.status.value, "value": each.after.value},
    }
