"""Acknowledging a role version: the manager says, by name and date, that she has read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.managers import Assignment, Manager, assigned_to, assignments_seen
from kpi.access.practices import Practice, get_practice
from kpi.errors import InputError, NotFound
from kpi.months import Month
from kpi.review.basis.versions import published, terms_of_office
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.people import role_acknowledgements


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Who acknowledged a version and when (UTC); ``user``: the number of her account."""

    by: str
    at: str
    user: int | None


@dataclass(frozen=True, slots=True)
class ToAcknowledge:
    """A version that judges months of a manager's assignment, acknowledged or not.

    ``first`` to ``last``: the months of the assignment that it judges, ``last`` None while both
    are open. ``newest``: the SHA-256 of the role's newest version, which ``acknowledge`` asks for.
    """

    practice: Practice
    manager: Manager
    role: str
    title: str
    version: str
    sha256: str
    newest: str
    first: Month
    last: Month | None
    acknowledged: Acknowledgement | None

    def in_force(self, today: date) -> bool:
        """Whether it judges the month of that day."""
        month = Month.of(today)
        return self.first <= month and (self.last is None or month <= self.last)


def acknowledge(
    engine: Engine, actor: Actor, practice_id: str, role: str, sha256: str, newest: str
) -> Acknowledgement:
    """The manager who is signed in acknowledges the version of her role with that SHA-256.

    ``newest``: the SHA-256 of the role's newest version when she was shown it. Once acknowledged,
    it stays so, and the same again changes nothing. Raises NotPermitted for anybody else, and
    InputError where no version of that SHA-256 judges months of hers, and where another version
    was published since the page was shown.
    """
    require(actor, "acknowledge", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        found = next(
            (
                (each, version)
                for each in assigned_to(connection, practice, actor.manager, role)
                for version in _of(connection, each)
                if version.sha256 == sha256
            ),
            None,
        )
        if found is None:
            raise InputError(
                f"No version of {role} with the SHA-256 {sha256[:12]} judges months of yours at "
                f"{practice.name}; load the page again to see your role."
            )
        assignment, shown = found
        if shown.newest != newest:
            raise InputError(
                f"Another version of {role} was published while you were reading; load the page "
                "again, then acknowledge what it shows."
            )
        if shown.acknowledged is not None:
            return shown.acknowledged
        signed = Acknowledgement(assignment.manager.name, now(), actor.user)
        connection.execute(
            insert(role_acknowledgements).values(
                practice=practice.number,
                version=_number(connection, practice, role, sha256),
                manager=assignment.manager.id,
                sha256=sha256,
                name=signed.by,
                user=signed.user,
                at=signed.at,
            )
        )
        trail.note(
            connection, actor, "acknowledge", f"{role} {shown.version}", practice.number,
            manager=assignment.manager.id, sha256=sha256,
        )  # fmt: skip
        return signed


def acknowledgements(
    engine: Engine, actor: Actor, practice_id: str | None = None
) -> tuple[ToAcknowledge, ...]:
    """Every version of every manager whom the actor may see, by practice, manager and month; of
    one practice where it is named. A manager sees her own. Roles never published have none."""
    require(actor, "read_roles", practice_id)
    with reading(engine) as connection:
        if practice_id is not None:
            get_practice(connection, practice_id)
        found = [
            version
            for each in assignments_seen(connection, actor)
            if practice_id in (None, each.practice.id)
            for version in _of(connection, each)
        ]
    return tuple(sorted(found, key=lambda each: (each.practice.id, each.manager.id, each.first)))


def acknowledged(
    connection: Connection, practice: Practice, manager_id: str
) -> dict[str, Acknowledgement]:
    """What a manager acknowledged at a practice, by the SHA-256 of the version; whether one may
    see it has been asked."""
    table = role_acknowledgements
    query = select(table).where(
        table.c.practice == practice.number, table.c.manager == manager_id
    )  # fmt: skip
    return {
        row.sha256: Acknowledgement(row.name, row.at, row.user)
        for row in connection.execute(query)
    }  # fmt: skip


def to_acknowledge_document(found: Sequence[ToAcknowledge], today: date) -> dict[str, Any]:
    """What ``kpi role acknowledge --format json`` gives."""
    return {
        "acknowledgements": [
            {
                "practice": each.practice.id,
                "manager": each.manager.id,
                "name": each.manager.name,
                "role": each.role,
                "version": each.version,
                "sha256": each.sha256,
                "from": str(each.first),
                "to": None if each.last is None else str(each.last),
                "in_force": each.in_force(today),
                "acknowledged": None
                if each.acknowledged is None
                else {"by": each.acknowledged.by, "at": each.acknowledged.at},
            }
            for each in found
        ]
    }


def _of(connection: Connection, assignment: Assignment) -> list[ToAcknowledge]:
    """The versions that judge months of an assignment, oldest first."""
    practice = assignment.practice
    try:
        versions = published(connection, practice, assignment.role)
    except NotFound:
        return []
    signed = acknowledged(connection, practice, assignment.manager.id)
    newest = max(versions, key=lambda each: each.number).role.sha256
    found = []
    for version, end in terms_of_office(versions):
        first = max(version.effective, assignment.first)
        last = min((each for each in (end, assignment.last) if each is not None), default=None)
        if last is None or first <= last:
            role = version.role
            own = signed.get(role.sha256)
            found.append(
                ToAcknowledge(
                    practice=practice,
                    manager=assignment.manager,
                    role=role.role,
                    title=role.title,
                    version=role.version,
                    sha256=role.sha256,
                    newest=newest,
                    first=first,
                    last=last,
                    acknowledged=own,
                )
            )
    return found


def _number(connection: Connection, practice: Practice, role: str, sha256: str) -> int:
    versions = published(connection, practice, role)
    return next(each.number for each in versions if each.role.sha256 == sha256)
