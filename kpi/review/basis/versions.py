"""Published role versions, and which of them is in force in which months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256 as sha256_of
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from kpi.access.actor import Actor, require
from kpi.access.managers import assigned_to
from kpi.access.practices import Practice, get_practice
from kpi.catalogue import Kpi, kpi, kpis
from kpi.errors import NotFound, RoleRefused
from kpi.months import Month
from kpi.role import read_role, resolve
from kpi.role.model import Role
from kpi.score.model import VersionInForce
from kpi.store.engine import reading
from kpi.store.tables import role_versions


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """One published role version. ``baselines``: KPI id to value, n, months and uploads."""

    number: int
    practice: str
    role: Role
    effective: Month
    baselines: Mapping[str, Mapping[str, Any]]
    published_at: str
    published_by: str
    retroactive_reason: str | None

    def in_force(self, months: Sequence[Month]) -> VersionInForce:
        """The version as the judge of some months."""
        values = {kpi: float(each["value"]) for kpi, each in self.baselines.items()}
        return VersionInForce(
            version=self.role.version,
            months=tuple(months),
            terms=resolve(self.role, values),
            minimum_coverage=self.role.minimum_coverage,
            ratings=self.role.ratings,
        )


def published(connection: Connection, practice: Practice, role: str) -> list[PublishedVersion]:
    """A practice's versions of a role, by effective month.

    Raises NotFound where there is none, and RoleRefused where one is no longer what was published:
    where its text has another SHA-256, or says another role, version or month than its row.
    """
    query = (
        select(role_versions)
        .where(role_versions.c.practice == practice.number, role_versions.c.role == role)
        .order_by(role_versions.c.effective, role_versions.c.number)
    )
    found = [
        PublishedVersion(
            number=row.number,
            practice=practice.id,
            role=_as_published(row, practice),
            effective=Month.from_code(row.effective),
            baselines=row.baselines,
            published_at=row.published_at,
            published_by=row.published_by,
            retroactive_reason=row.retroactive_reason,
        )
        for row in connection.execute(query)
    ]
    if not found:
        raise NotFound(
            f"{practice.id} has no published role '{role}'; publish one with: "
            f"kpi role publish FILE --practice {practice.id}"
        )
    return found


def published_versions(
    engine: Engine, actor: Actor, practice_id: str, role: str | None = None
) -> tuple[PublishedVersion, ...]:
    """What a practice has published, of one role or of all, by role and effective month.

    A manager sees the roles that she is or was assigned to there. Empty where nothing is published.
    """
    require(actor, "read_roles", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        names = roles_of(connection, practice)
        if actor.kind == "manager":
            own = {each.role for each in assigned_to(connection, practice, actor.manager)}
            names = [each for each in names if each in own]
        return tuple(
            version
            for each in names
            if role in (None, each)
            for version in published(connection, practice, each)
        )


def roles_of(connection: Connection, practice: Practice) -> list[str]:
    """The ids of the roles of which a practice has published a version, in order."""
    table = role_versions
    query = select(table.c.role).where(table.c.practice == practice.number).distinct()
    return sorted(connection.execute(query).scalars())


def terms_of_office(
    versions: Sequence[PublishedVersion],
) -> list[tuple[PublishedVersion, Month | None]]:
    """Each version that is in force in any month, oldest first, with its last month; None for the
    one that holds until another is published. One that another replaced from its first month on
    is in force in none."""
    ends = [each.effective - 1 for each in versions[1:]]
    return [
        (version, end)
        for version, end in zip(versions, [*ends, None], strict=True)
        if end is None or end >= version.effective
    ]


def kpi_asked(connection: Connection, practice: Practice, role: str, id: str) -> Kpi:
    """The KPI of that id: the catalogue's, or one that the role defines itself, as its newest
    version does. Raises NotFound with the nearest id."""
    if id not in kpis():
        with suppress(NotFound):
            for each in reversed(published(connection, practice, role)):
                own = each.role.own_kpi(id)
                if own is not None:
                    return own
    return kpi(id)


def versions_in_force(
    versions: Sequence[PublishedVersion], months: Sequence[Month]
) -> list[VersionInForce]:
    """Which version judges which months, oldest first. Months before the first one have none.

    Where no version is in force in any of the months, the first one stands with no months.
    """
    judged: dict[int, list[Month]] = {}
    for month in months:
        ruling = [each for each in versions if each.effective <= month]
        if ruling:
            judged.setdefault(ruling[-1].number, []).append(month)
    found = [each.in_force(judged[each.number]) for each in versions if each.number in judged]
    return found or [versions[0].in_force(())]


def _as_published(row: Row[Any], practice: Practice) -> Role:
    """The role of a row, if it still is what was published."""
    role = role_of(row.text, row.sha256) if _hash(row.text) == row.sha256 else None
    said = None if role is None else (role.role, role.version, role.effective.code)
    if role is None or said != (row.role, row.version, row.effective):
        raise RoleRefused(
            f"Version {row.version} of {row.role} at {practice.id} is no longer what was "
            f"published under the SHA-256 {row.sha256[:12]}: somebody changed the database by "
            "other means. Restore the last backup; 'kpi audit list' says when it was published "
            "and with which SHA-256."
        )
    return role


@lru_cache(maxsize=256)
def _hash(text: str) -> str:
    return sha256_of(text.encode()).hexdigest()


@lru_cache(maxsize=256)
def role_of(text: str, sha256: str) -> Role:
    """A published text, read once a process: it cannot change under its hash."""
    reading = read_role(text, f"role {sha256[:8]}")
    if reading.role is None:
        raise RoleRefused(
            f"The published role {sha256[:8]} cannot be read by this version of Rolecard: "
            f"{reading.errors[0].message}"
        )
    return reading.role
