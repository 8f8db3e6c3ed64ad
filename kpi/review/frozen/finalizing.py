"""Making a review final: everything that its scorecard shows is frozen, hashed and chained."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, insert, select

from kpi.access.managers import Assignment
from kpi.access.practices import Practice
from kpi.errors import InputError
from kpi.review.basis.inputs import inputs_of, score_of
from kpi.review.cycle.blockers import blockers
from kpi.review.cycle.reviews import Review, Step
from kpi.review.frozen.canonical import canonical, hash_of_bytes
from kpi.review.frozen.document import document_of
from kpi.review.scores.pay import pay_document
from kpi.store.reviews import final_reviews, reviews
from kpi.store.tables import practices


def lock_figures(connection: Connection, practice: Practice) -> None:
    """Waits for whoever changes the practice's data at the moment, and lets nobody begin before
    this transaction ends: what is frozen is of one moment."""
    row = select(practices.c.number).where(practices.c.number == practice.number)
    connection.execute(row.with_for_update())


def freeze(connection: Connection, review: Review, step: Step) -> str:
    """Freezes the scorecard with the step that makes it final; gives its SHA-256.

    Raises InputError with everything that keeps it from being final.
    """
    assignment = review.assignment
    final = replace(review, state=step.state, steps=(*review.steps, step))
    document = document_of(connection, assignment, review.first, review.last, review=final)
    standing = [each for each in blockers(document) if not (each.by_reason and step.note)]
    if standing:
        lines = "".join(f"\n- {each.sentence}" for each in standing)
        raise InputError(f"Review {review.number} cannot be final yet.{lines}")
    document["previous"] = previous_of(connection, assignment)
    pay = _pay(connection, review, step)
    document["pay_sha256"] = None if pay is None else hash_of_bytes(pay)
    content = canonical(document)
    sha256 = hash_of_bytes(content)
    connection.execute(
        insert(final_reviews).values(
            practice=assignment.practice.number, review=review.number, version=review.version,
            document=content.decode(), sha256=sha256,
            previous_sha256=document["previous"]["sha256"] if document["previous"] else None,
            pay=None if pay is None else pay.decode(), by=step.by, at=step.at,
        )
    )  # fmt: skip
    return sha256


def _pay(connection: Connection, review: Review, step: Step) -> bytes | None:
    """What the review pays, to be frozen beside it; None where the role has no bonus. A random
    part keeps whoever sees its hash from trying out which pay has it."""
    inputs = inputs_of(connection, review.assignment, review.first, review.last)
    found = pay_document(inputs, score_of(inputs), review.rating)
    if found is None:
        return None
    of = {"review": review.number, "version": review.version, "at": step.at}
    return canonical({**found, **of, "random": token_hex(32)})


def previous_of(connection: Connection, assignment: Assignment) -> dict[str, Any] | None:
    """The manager's latest final review at the practice so far, which the next one is chained to:
    ``{review, version, sha256}``; None where there is none."""
    query = (
        select(final_reviews.c.review, final_reviews.c.version, final_reviews.c.sha256)
        .join(reviews, reviews.c.number == final_reviews.c.review)
        .where(
            final_reviews.c.practice == assignment.practice.number,
            reviews.c.manager == assignment.manager.id,
        )
        .order_by(
            final_reviews.c.at.desc(), final_reviews.c.review.desc(), final_reviews.c.version.desc()
        )
    )
    row = connection.execute(query.limit(1)).first()
    return None if row is None else dict(row._mapping)
