"""The scorecard document: everything that a scorecard shows, as one JSON document.

Every rendering (PDF, XLSX, HTML, CSV, JSON) takes this document and nothing else, so that a final
one renders the same for ever. It holds what its score was computed from, so that whoever has it can
compute the score again. Pay is no part of it: not all who may see a score may see pay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine

from kpi import __version__
from kpi.access.actor import Actor
from kpi.access.managers import Assignment, assignment_for
from kpi.errors import InputError
from kpi.measures.figure_log import next_event
from kpi.months import Month
from kpi.review.basis.exclusions import exclusion_document, leave_document
from kpi.review.basis.inputs import Inputs
from kpi.review.basis.versions import PublishedVersion
from kpi.review.cycle.plan import action_document, plan_at
from kpi.review.cycle.reviews import Review, final_row, review_of_period, texts_of
from kpi.review.cycle.seen import review_json, texts_json
from kpi.review.cycle.table import State
from kpi.review.explained.sources import sources_of, spot_checks_json
from kpi.review.frozen.canonical import hash_of_bytes, read_document
from kpi.review.frozen.measures import facts_json
from kpi.review.roles.acknowledging import Acknowledgement, acknowledged
from kpi.review.scores.guiding import guidance_on
from kpi.review.scores.scoring import ManagerScore, score_assignment
from kpi.review.scores.taken_over import inherited_document
from kpi.role import check_role
from kpi.score.as_json import score_json
from kpi.score.guidance import Guidance, guidance_document
from kpi.score.model import KpiScore, Score, SignalReading, VersionInForce
from kpi.store.engine import reading

FORMAT = "rolecard-scorecard/1"


def scorecard_document(
    engine: Engine,
    actor: Actor,
    manager_id: str,
    first: Month,
    last: Month,
    practice_id: str | None = None,
    so_far: bool = False,
) -> dict[str, Any]:
    """The scorecard of a manager's months: the one that was frozen where exactly these months have
    a final review; else as the figures stand now, with what the actor may see of their review.

    Raises NotFound and InputError where the period fits no one assignment, NotPermitted.
    """
    with reading(engine) as connection:
        assignment = assignment_for(connection, actor, manager_id, first, last, practice_id)
        review = review_of_period(connection, assignment, first, last)
        if review is not None and review.state is State.FINAL:
            return frozen_document(connection, review)
        return document_of(
            connection, assignment, first, last, so_far=so_far, review=review, actor=actor
        )


def frozen_document(connection: Connection, review: Review) -> dict[str, Any]:
    """What was frozen of a final review, exactly as it was. Raises InputError where that is not
    the document any more that was frozen."""
    row = final_row(connection, review.assignment.practice.number, review.number, review.version)
    if row is None or hash_of_bytes(row.document.encode()) != row.sha256:
        raise InputError(
            f"What was frozen of review {review.number} is no longer what it was; see what differs "
            f"with: kpi verify {review.number}"
        )
    return read_document(row.document.encode(), f"review {review.number}")


def document_of(
    connection: Connection,
    assignment: Assignment,
    first: Month,
    last: Month,
    *,
    so_far: bool = False,
    review: Review | None = None,
    actor: Actor | None = None,
    scored: ManagerScore | None = None,
    guided: Sequence[Guidance] | None = None,
) -> dict[str, Any]:
    """The same as a connection sees the figures, never what was frozen; whoever calls has asked
    whether the actor may see the score. Of the review's texts it holds what the actor sees, without
    one what everybody does. ``scored``: the score of just these months, where the caller has it,
    and ``guided`` what to talk about of it.
    """
    if scored is None:
        scored = score_assignment(connection, assignment, first, last, so_far)
    inputs, outcome = scored.inputs, scored.score
    if guided is None:
        guided = guidance_on(connection, assignment, inputs, outcome, with_moves=review is not None)
    practice = assignment.practice
    return {
        "format": FORMAT,
        "program": __version__,
        "manager": assignment.manager.id,
        "practice": practice.id,
        "role": assignment.role,
        **computed(outcome, scored.without),
        "title": scored.role_title,
        "manager_name": assignment.manager.name,
        "practice_name": practice.name,
        "timezone": practice.timezone,
        "locations": list(assignment.locations),
        "assignment": {
            "number": assignment.number,
            "from": str(assignment.first),
            "to": None if assignment.last is None else str(assignment.last),
        },
        "review": None
        if review is None
        else review_json(review, inputs.versions[-1].role.review_period, outcome.rating),
        **_versions(inputs, acknowledged(connection, practice, assignment.manager.id)),
        "exclusions": [exclusion_document(each) for each in scored.exclusions],
        "leave": leave_document(scored.leave),
        "inherited": [inherited_document(each) for each in scored.inherited],
        "measures": _measures(inputs),
        "texts": texts_json(
            review,
            [] if review is None else texts_of(connection, review),
            [row.kpi.id for row in outcome.rows],
            actor,
        ),
        "plan": [
            action_document(each) for each in plan_at(connection, assignment, first.first_day)
        ],
        "guidance": [guidance_document(each) for each in guided],
        "definitions": {row.kpi.id: _definition(row) for row in outcome.rows},
        "sources": sources_of(connection, assignment, outcome),
        "spot_checks": spot_checks_json(connection, assignment, outcome.first, outcome.last),
        "data_version": scored.data_version,
        "events_through": next_event(connection) - 1,
        "data_through": None if inputs.held is None else str(inputs.held[1]),
        "previous": None,
        "pay_sha256": None,
    }


def computed(outcome: Score, without: Score | None) -> dict[str, Any]:
    """What follows from the document's own measures, role texts and exclusions, so that it can be
    computed again from them. ``without``: the score had nothing been excluded."""
    found = score_json(outcome)
    for each, row in zip(found["kpis"], outcome.rows, strict=True):
        each |= {
            "name": row.kpi.name,
            "family": row.kpi.family,
            "notes": list(row.result.notes),
        }
    return {
        **found,
        "provisional": outcome.provisional,
        "reason": outcome.reason,
        "without_exclusions": None if without is None else score_json(without),
        "trends": {row.kpi.id: trend_of(row.reading) for row in outcome.rows},
    }


def _versions(inputs: Inputs, signed: Mapping[str, Acknowledgement]) -> dict[str, Any]:
    named = {each.role.version: each for each in inputs.versions}
    return {
        "versions": [_version(named[each.version], each, signed) for each in inputs.ruling],
        "role_sha256": {name: each.role.sha256 for name, each in named.items()},
        "retroactive": {
            name: each.retroactive_reason
            for name, each in named.items()
            if each.retroactive_reason is not None
        },
        "role_texts": [each.role.text for each in inputs.versions],
        "baselines": {name: dict(each.baselines) for name, each in named.items()},
    }


def _version(
    published: PublishedVersion, judging: VersionInForce, signed: Mapping[str, Acknowledgement]
) -> dict[str, Any]:
    role = published.role
    own = signed.get(role.sha256)
    reviewed = role.document.get("reviewed")
    return {
        "version": role.version,
        "sha256": role.sha256,
        "effective": str(published.effective),
        "from": str(min(judging.months)) if judging.months else None,
        "to": str(max(judging.months)) if judging.months else None,
        "months": [str(month) for month in judging.months],
        "published_at": published.published_at,
        "published_by": published.published_by,
        "retroactive_reason": published.retroactive_reason,
        "reviewed": None if reviewed is None else str(reviewed),
        "acknowledged": None if own is None else {"by": own.by, "at": own.at},
        "accepted": [{"rule": each.rule, "reason": each.reason} for each in role.accepted],
        "errors": list(_errors(role.text)),
        "minimum_coverage": role.minimum_coverage,
        "ratings": dict(role.ratings),
    }


@lru_cache(maxsize=256)
def _errors(text: str) -> tuple[str, ...]:
    """What the check of role files finds wrong today with a text that was published."""
    return tuple(each.message for each in check_role(text, "the role").errors)


def _measures(inputs: Inputs) -> dict[str, Any]:
    history = inputs.history
    return {
        **facts_json(inputs.facts),
        "history": [str(history[0]), str(history[-1])] if history else None,
        "rebased": {
            kpi: [{"from": str(each.month), "reason": each.reason} for each in found]
            for kpi, found in inputs.rebased.items()
        },
    }


def trend_of(reading: SignalReading) -> dict[str, Any]:
    """A KPI's months with their limits and flags, as a document has them."""
    return {
        "points": [
            {"month": str(month), "value": value} for month, value in reading.points.items()
        ],
        "mean": reading.mean,
        "lower": reading.lower,
        "upper": reading.upper,
        "flags": {str(month): rule for month, rule in reading.flags.items() if rule is not None},
        "note": reading.note,
        "rebased": None
        if reading.rebased is None
        else {"from": str(reading.rebased.month), "reason": reading.rebased.reason},
        "earlier": [
            {
                "from": str(each.first),
                "to": str(each.last),
                "mean": each.mean,
                "lower": each.lower,
                "upper": each.upper,
            }
            for each in reading.earlier
        ],
    }


def _definition(row: KpiScore) -> dict[str, Any]:
    kpi = row.kpi
    return {
        "name": kpi.name,
        "family": kpi.family,
        "unit": kpi.unit.value,
        "better": kpi.better.value,
        "definition": kpi.definition,
        "formula": kpi.formula.source,
        "standard": kpi.standard.words,
        "typical": kpi.typical.words,
        "control": kpi.control.words,
        "trap": kpi.trap,
        "counterweights": list(kpi.counterweights),
    }
