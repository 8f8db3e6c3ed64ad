"""What pages fetch: one engine for the server, and scores kept until what they rest on changes."""

from __future__ import annotations

from datetime import date

import streamlit as st
from sqlalchemy import Engine

from kpi.access.actor import Actor, require, require_score
from kpi.access.managers import Assignment
from kpi.access.practices import get_practice
from kpi.catalogue.splits import Split
from kpi.errors import NotFound
from kpi.ingest.mapping.profile import Profile
from kpi.ingest.own_profiles import own_profiles
from kpi.months import Month
from kpi.review.basis.versions import published
from kpi.review.explained.movement import Moved, Period, why_moved
from kpi.review.explained.since import Since, changed_since
from kpi.review.roles.context import role_context
from kpi.review.scores.pace import pace_of
from kpi.review.scores.scoring import ManagerScore, data_version, score_manager
from kpi.role import Known, check_role
from kpi.role.model import RoleReading
from kpi.score.pace import PeriodPace
from kpi.store.engine import reading
from kpi.store.location import database_url
from kpi.store.schema import open_database

Key = tuple[object, ...]


def engine() -> Engine:
    """The engine of the database that this server was started on. Raises DatabaseError."""
    return _engine(database_url())


def score(
    engine: Engine,
    actor: Actor,
    assignment: Assignment,
    first: Month,
    last: Month,
    so_far: bool = False,
) -> ManagerScore:
    """A manager's score: computed once for a revision of the practice.

    Whether the actor may see it is asked every time, never remembered.
    """
    require_score(actor, assignment.practice.id, assignment.manager.id)
    key = (str(engine.url), assignment.number, revision(engine, assignment), first, last, so_far)
    return _score(key, engine, actor, assignment, first, last, so_far)


def pace(
    engine: Engine, actor: Actor, assignment: Assignment, first: Month, last: Month
) -> PeriodPace:
    """The pace of a period under way, kept and asked for like its score."""
    require_score(actor, assignment.practice.id, assignment.manager.id)
    key = (str(engine.url), assignment.number, revision(engine, assignment), first, last)
    return _pace(key, engine, actor, assignment, first, last)


def moved(
    engine: Engine, actor: Actor, scored: ManagerScore, kpi: str, against: Period, by: Split | None
) -> Moved:
    """Why a KPI of a score moved: computed once for a revision of the practice, asked of the
    actor every time like the score."""
    assignment = scored.assignment
    require_score(actor, assignment.practice.id, assignment.manager.id)
    first, last = scored.score.first, scored.score.last
    key = (str(engine.url), assignment.number, scored.data_version, kpi, first, last, against, by)
    return _moved(key, engine, actor, assignment, kpi, (first, last), against, by)


def changed(engine: Engine, actor: Actor, scored: ManagerScore, kpi: str, day: date) -> Since:
    """What changed a KPI of a score since a day, kept and asked for like the rest."""
    assignment = scored.assignment
    require_score(actor, assignment.practice.id, assignment.manager.id)
    first, last = scored.score.first, scored.score.last
    key = (str(engine.url), assignment.number, scored.data_version, kpi, first, last, day)
    return _changed(key, engine, actor, assignment, kpi, (first, last), day)


def revision(engine: Engine, assignment: Assignment) -> int:
    """The revision of the data of an assignment's practice."""
    with reading(engine) as connection:
        return data_version(connection, assignment.practice)


def own_layouts(engine: Engine, assignment: Assignment) -> tuple[Profile, ...]:
    """The layouts that an assignment's practice has mapped itself."""
    with reading(engine) as connection:
        return own_profiles(connection, assignment.practice)


def has_role(engine: Engine, assignment: Assignment) -> bool:
    """Whether the practice has published the role that the assignment names."""
    with reading(engine) as connection:
        try:
            published(connection, assignment.practice, assignment.role)
        except NotFound:
            return False
    return True


def checked_role(
    engine: Engine, actor: Actor, practice_id: str, text: str, today: date
) -> RoleReading:
    """A role's text with all that is found in it at a practice: looked at once a text and a
    revision of the practice, whether the actor may being asked every time."""
    require(actor, "publish_role", practice_id)
    with reading(engine) as connection:
        held = data_version(connection, get_practice(connection, practice_id))
    return _checked((str(engine.url), practice_id, held), engine, actor, practice_id, text, today)


@st.cache_resource(show_spinner=False, max_entries=4)
def _engine(url: str) -> Engine:
    return open_database(url)


# Scores are frozen, so one is shared and never copied. Every change that a score rests on makes
# the practice's revision grow, in whatever process, so that nothing has to be forgotten.
@st.cache_resource(show_spinner=False, max_entries=256)
def _score(
    key: Key,  # noqa: ARG001 -- what the score is kept under
    _engine: Engine,
    _actor: Actor,
    _assignment: Assignment,
    _first: Month,
    _last: Month,
    _so_far: bool,
) -> ManagerScore:
    return score_manager(
        _engine, _actor, _assignment.manager.id, _first, _last, _assignment.practice.id, _so_far
    )


@st.cache_resource(show_spinner=False, max_entries=256)
def _pace(
    key: Key,  # noqa: ARG001 -- what it is kept under
    _engine: Engine,
    _actor: Actor,
    _assignment: Assignment,
    _first: Month,
    _last: Month,
) -> PeriodPace:
    return pace_of(_engine, _actor, _assignment.manager.id, _first, _last, _assignment.practice.id)


@st.cache_resource(show_spinner=False, max_entries=256)
def _moved(
    key: Key,  # noqa: ARG001 -- what it is kept under
    _engine: Engine,
    _actor: Actor,
    _assignment: Assignment,
    _kpi: str,
    _period: Period,
    _against: Period,
    _by: Split | None,
) -> Moved:
    return why_moved(
        _engine, _actor, _kpi, _assignment.manager.id, *_period, _against, _by,
        _assignment.practice.id,
    )  # fmt: skip


@st.cache_resource(show_spinner=False, max_entries=256)
def _changed(
    key: Key,  # noqa: ARG001 -- what it is kept under
    _engine: Engine,
    _actor: Actor,
    _assignment: Assignment,
    _kpi: str,
    _period: Period,
    _day: date,
) -> Since:
    return changed_since(
        _engine, _actor, _kpi, _assignment.manager.id, *_period, _day, _assignment.practice.id
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _known(key: Key, _engine: Engine, _actor: Actor, _practice_id: str) -> Known:  # noqa: ARG001 -- what it is kept under
    return role_context(_engine, _actor, _practice_id)


@st.cache_resource(show_spinner=False, max_entries=64)
def _checked(
    key: Key, _engine: Engine, _actor: Actor, _practice_id: str, text: str, today: date
) -> RoleReading:
    known = _known(key, _engine, _actor, _practice_id)
    return check_role(text, "the role", today=today, known=known)
