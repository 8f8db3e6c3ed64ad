"""The yearly review of each role: done, due or overdue, and who has not acknowledged it yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Engine

from kpi.access.actor import Actor, require
from kpi.access.managers import Assignment, Manager, assignments_seen
from kpi.access.practices import Practice, list_practices
from kpi.months import Month
from kpi.review.basis.versions import PublishedVersion, published, roles_of
from kpi.review.roles.acknowledging import acknowledged
from kpi.store.engine import reading

State = Literal["done", "due", "overdue", "never"]

AHEAD = timedelta(days=60)
"""How long before its day a review is due. Within it people meet, redraft, backtest and publish for
a month that has not begun, and the manager reads it: where they meet once a month, two months."""


@dataclass(frozen=True, slots=True)
class RoleReview:
    """One role at one practice. ``version``: the one in force, or the first one to come; None where
    none is published. ``reviewed``: the latest day that any published version names, none of them
    to come. ``due_on``: a year later. ``not_acknowledged``: who is assigned under the role today
    and has not acknowledged the version in force."""

    practice: Practice
    role: str
    title: str | None
    version: str | None
    reviewed: date | None
    due_on: date | None
    state: State
    not_acknowledged: tuple[Manager, ...]


def role_reviews_due(engine: Engine, actor: Actor, today: date) -> tuple[RoleReview, ...]:
    """Every role that is published or assigned at the practices that the actor sees, by practice
    and role. A manager sees her own roles, and of acknowledgements her own."""
    require(actor, "read_roles")
    places = list_practices(engine, actor)
    with reading(engine) as connection:
        seen = assignments_seen(connection, actor)
        return tuple(
            _review(connection, practice, role, _holders(seen, practice, role), today)
            for practice in places
            for role in _roles(connection, actor, practice, seen)
        )


def due_on(reviewed: date) -> date:
    """The day a year after a review; of 29 February the 28th."""
    if (reviewed.month, reviewed.day) == (2, 29):
        return date(reviewed.year + 1, 2, 28)
    return reviewed.replace(year=reviewed.year + 1)


def role_reviews_document(found: Sequence[RoleReview]) -> dict[str, Any]:
    """What ``kpi role due --format json`` gives."""
    return {
        "reviews": [
            {
                "practice": each.practice.id,
                "role": each.role,
                "title": each.title,
                "version": each.version,
                "reviewed": None if each.reviewed is None else str(each.reviewed),
                "due_on": None if each.due_on is None else str(each.due_on),
                "state": each.state,
                "not_acknowledged": [manager.id for manager in each.not_acknowledged],
            }
            for each in found
        ]
    }


def _roles(
    connection: Connection, actor: Actor, practice: Practice, seen: Sequence[Assignment]
) -> list[str]:
    held = {each.role for each in seen if each.practice == practice}
    if actor.kind == "manager":
        return sorted(held)
    return sorted({*held, *roles_of(connection, practice)})


def _holders(seen: Sequence[Assignment], practice: Practice, role: str) -> list[Assignment]:
    return [each for each in seen if each.practice == practice and each.role == role]


def _review(
    connection: Connection,
    practice: Practice,
    role: str,
    holders: Sequence[Assignment],
    today: date,
) -> RoleReview:
    if role not in roles_of(connection, practice):
        return RoleReview(practice, role, None, None, None, None, "never", ())
    versions = published(connection, practice, role)
    month = Month.of(today)
    ruling = [each for each in versions if each.effective <= month]
    shown = ruling[-1] if ruling else versions[0]
    reviewed = _reviewed(versions, today)
    due = None if reviewed is None else due_on(reviewed)
    sha256 = shown.role.sha256
    waiting = {
        each.manager.id: each.manager
        for each in holders
        if ruling
        and each.months(month, month)
        and sha256 not in acknowledged(connection, practice, each.manager.id)
    }
    return RoleReview(
        practice=practice,
        role=role,
        title=shown.role.title,
        version=shown.role.version,
        reviewed=reviewed,
        due_on=due,
        state=_state(due, today),
        not_acknowledged=tuple(waiting.values()),
    )


def _reviewed(versions: Sequence[PublishedVersion], today: date) -> date | None:
    """The latest day on which the role was reviewed; one that is still to come is a plan."""
    named = (each.role.document.get("reviewed") for each in versions)
    days = [date.fromisoformat(each) for each in named if each is not None]
    return max((each for each in days if each <= today), default=None)


def _state(due: date | None, today: date) -> State:
    if due is None:
        return "never"
    if today > due:
        return "overdue"
    return "due" if due - today <= AHEAD else "done"
