"""What a list asks of many reviews: worked out once for a revision of the practice's data, and
kept; whether the actor may see it is asked every time."""

from __future__ import annotations

import streamlit as st
from sqlalchemy import Engine

from dashboards import data
from kpi.access.actor import Actor, require_score
from kpi.review.cycle.listing import in_the_way
from kpi.review.cycle.reviews import Review
from kpi.review.frozen.verifying import Verification, verify_review


def blocked(engine: Engine, actor: Actor, review: Review) -> tuple[str, ...]:
    """What keeps a review from being final, in sentences. Raises NotPermitted."""
    return _blocked(_key(engine, actor, review), engine, actor, review)


def verified(engine: Engine, actor: Actor, review: Review) -> Verification:
    """What came of verifying a final review, no older than the data. Raises NotPermitted."""
    return _verified(_key(engine, actor, review), engine, actor, review)


def _key(engine: Engine, actor: Actor, review: Review) -> data.Key:
    assignment = review.assignment
    require_score(actor, assignment.practice.id, assignment.manager.id)
    revision = data.revision(engine, assignment)
    steps = len(review.steps)
    return str(engine.url), assignment.practice.number, review.number, steps, revision


# What a review shows rests on its steps and on what makes the practice's revision grow.
@st.cache_resource(show_spinner=False, max_entries=1024)
def _blocked(
    key: data.Key,  # noqa: ARG001 -- what it is kept under
    _engine: Engine,
    _actor: Actor,
    _review: Review,
) -> tuple[str, ...]:
    return in_the_way(_engine, _actor, _review.assignment.practice.id, _review.number)


@st.cache_resource(show_spinner=False, max_entries=1024)
def _verified(
    key: data.Key,  # noqa: ARG001 -- what it is kept under
    _engine: Engine,
    _actor: Actor,
    _review: Review,
) -> Verification:
    return verify_review(_engine, _actor, _review.assignment.practice.id, _review.number)
