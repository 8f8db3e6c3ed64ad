"""What pages fetch: one engine for the server, and scores kept until what they rest on changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine

from dashboards.database import file_of
from dashboards.kept import Kept, Key, T
from kpi.access.actor import Actor, require, require_score
from kpi.access.managers import Assignment
from kpi.access.practices import Practice, get_practice
from kpi.catalogue.splits import Split
from kpi.errors import NotFound
from kpi.ingest.mapping.profile import Profile
from kpi.ingest.own_profiles import own_profiles
from kpi.months import Month
from kpi.review.basis.versions import published
from kpi.review.explained.explanation import explain
from kpi.review.explained.movement import Moved, Period, why_moved
from kpi.review.explained.since import Since, changed_since
from kpi.review.oversight.countersigning import waiting
from kpi.review.roles.context import role_context
from kpi.review.scores import guiding
from kpi.review.scores.board import board
from kpi.review.scores.pace import pace_from
from kpi.review.scores.scoring import ManagerScore, data_version, score_manager
from kpi.role import Known, check_role
from kpi.role.model import RoleReading
from kpi.score.guidance import Guidance
from kpi.score.pace import PeriodPace
from kpi.store.engine import reading
from kpi.store.location import database_url
from kpi.store.schema import open_database

# Scores are frozen, so one is shared and never copied. Every change that a score rests on makes
# the practice's revision grow, in whatever process, and the revision is part of each key.
_ENGINES: Kept[Engine] = Kept(4)
_SCORES: Kept[ManagerScore] = Kept(256)
_PACES: Kept[PeriodPace] = Kept(256)
_MOVES: Kept[Moved] = Kept(256)
_EXPLAINED: Kept[dict[str, Any]] = Kept(256)
_DRAWN: Kept[Any] = Kept(256)
_GUIDED: Kept[tuple[Guidance, ...]] = Kept(256)
_CHANGES: Kept[Since] = Kept(256)
_BOARDS: Kept[Sequence[Mapping[str, Any]]] = Kept(256)
_TO_SIGN: Kept[int] = Kept(256)
_KNOWN: Kept[Known] = Kept(64)
_CHECKED: Kept[RoleReading] = Kept(64)


def engine() -> Engine:
    """The engine of the database that this server was started on. Raises DatabaseError."""
    url = database_url()
    return _ENGINES.get((url, file_of(url)), lambda: open_database(url))


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
    key = _key(engine, actor, assignment, None, first, last, so_far)
    who, where = assignment.manager.id, assignment.practice.id
    return _SCORES.get(key, lambda: score_manager(engine, actor, who, first, last, where, so_far))


def pace(
    engine: Engine, actor: Actor, assignment: Assignment, first: Month, last: Month
) -> PeriodPace:
    """The pace of a period under way, kept and asked for like its score."""
    key = _key(engine, actor, assignment, None, first, last)
    return _PACES.get(
        key, lambda: pace_from(score(engine, actor, assignment, first, last, so_far=True), last)
    )


def moved(
    engine: Engine, actor: Actor, scored: ManagerScore, kpi: str, against: Period, by: Split | None
) -> Moved:
    """Why a KPI of a score moved: computed once for a revision of the practice, asked of the
    actor every time like the score."""
    assignment, period = scored.assignment, (scored.score.first, scored.score.last)
    key = _key(engine, actor, assignment, scored.data_version, kpi, *period, against, by)
    who, where = assignment.manager.id, assignment.practice.id
    return _MOVES.get(key, lambda: why_moved(engine, actor, kpi, who, *period, against, by, where))


def explained(engine: Engine, actor: Actor, scored: ManagerScore, kpi: str) -> dict[str, Any]:
    """What is behind a KPI of a score, kept and asked for like the rest."""
    assignment, period = scored.assignment, (scored.score.first, scored.score.last)
    key = _key(engine, actor, assignment, scored.data_version, kpi, *period)
    who, where = assignment.manager.id, assignment.practice.id
    return _EXPLAINED.get(key, lambda: explain(engine, actor, kpi, who, *period, where))


def drawn(
    engine: Engine, actor: Actor, scored: ManagerScore, what: Key, draw: Callable[[], T]
) -> T:
    """A chart of a score, which takes longer to draw than to show: kept and asked for alike."""
    period = scored.score.first, scored.score.last
    key = _key(engine, actor, scored.assignment, scored.data_version, *period, *what)
    found: T = _DRAWN.get(key, draw)
    return found


def guided(engine: Engine, actor: Actor, scored: ManagerScore) -> tuple[Guidance, ...]:
    """What to talk about of the score of a review, kept and asked for like the rest."""
    period = scored.score.first, scored.score.last
    key = _key(engine, actor, scored.assignment, scored.data_version, *period)
    return _GUIDED.get(key, lambda: guiding.guided(engine, scored))


def changed(engine: Engine, actor: Actor, scored: ManagerScore, kpi: str, day: date) -> Since:
    """What changed a KPI of a score since a day, kept and asked for like the rest."""
    assignment, period = scored.assignment, (scored.score.first, scored.score.last)
    key = _key(engine, actor, assignment, scored.data_version, kpi, *period, day)
    who, where = assignment.manager.id, assignment.practice.id
    return _CHANGES.get(key, lambda: changed_since(engine, actor, kpi, who, *period, day, where))


def _key(
    engine: Engine, actor: Actor, assignment: Assignment, version: int | None, *asked: object
) -> Key:
    """What something about an assignment is kept under; ``version``: the revision of the data that
    is meant, None for the present one. Raises NotPermitted."""
    require_score(actor, assignment.practice.id, assignment.manager.id)
    held = revision(engine, assignment.practice) if version is None else version
    return str(engine.url), assignment.number, held, *asked


def months_held(
    engine: Engine, actor: Actor, practice: Practice, months: tuple[Month, ...] | None = None
) -> Sequence[Mapping[str, Any]]:
    """Which months of which datasets a practice has, as :func:`board` gives it: read once a
    revision, whether the actor may see it being asked every time."""
    require(actor, "read_uploads", practice.id)
    key = str(engine.url), practice.number, revision(engine, practice), months
    return _BOARDS.get(key, lambda: board(engine, actor, practice.id, months))


def to_sign(engine: Engine, actor: Actor, practice: Practice) -> int:
    """How much waits for a countersignature at a practice, counted once a revision and asked for
    each time."""
    require(actor, "read_uploads", practice.id)
    key = str(engine.url), practice.number, revision(engine, practice)
    return _TO_SIGN.get(key, lambda: len(waiting(engine, actor, practice.id)))


def revision(engine: Engine, practice: Practice) -> int:
    """The revision of a practice's data."""
    with reading(engine) as connection:
        return data_version(connection, practice)


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
    key = str(engine.url), practice_id, held

    def look() -> RoleReading:
        known = _KNOWN.get(key, lambda: role_context(engine, actor, practice_id))
        return check_role(text, "the role", today=today, known=known)

    return _CHECKED.get((*key, text, today), look)
