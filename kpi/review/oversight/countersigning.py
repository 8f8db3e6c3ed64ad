"""What managers did that waits for a countersignature, and which gates wait with it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, select

from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.catalogue import Kpi, datasets_of, kpis
from kpi.errors import NotFound
from kpi.measures.declared import rested_on
from kpi.measures.unconfirmed import EVERYTHING
from kpi.months import Month
from kpi.review.basis.versions import published
from kpi.score.result import concerned
from kpi.store.engine import reading
from kpi.store.oversight import declines, deeds
from kpi.store.standing import STANDING
from kpi.store.tables import assignments, attestations, uploads

_KINDS = {kind for each in kpis().values() for kind in each.incident_kinds}
What = Literal["attested", "changed", "dismissed", "undone"]


@dataclass(frozen=True, slots=True)
class Declined:
    """Who would not countersign, when (UTC), and why."""

    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry of the log that waits. ``by`` and ``at``: who did it, and when (UTC); ``kinds``: of
    the incidents it is about, where it is about some only; ``months``: of the incidents themselves,
    not those in which their days to be notified run out; ``gates``: KPIs whose gate waits."""

    upload: int
    what: What
    file: str
    dataset: str
    months: tuple[Month, ...]
    kinds: tuple[str, ...]
    message: str
    by: str
    at: str
    gates: tuple[Kpi, ...]
    declined: Declined | None


def waiting(engine: Engine, actor: Actor, practice_id: str) -> list[Waiting]:
    """What waits at a practice, in the order of the log.

    Of what its roles do not score nothing waits, and a dismissed row does so only where a gate
    reads its dataset. Without a published role all does: one may score these months yet. Raises
    NotFound and NotPermitted.
    """
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        declared = _declared(connection, practice)
        done = _done(connection, practice)
        if not declared and not done:
            return []
        scored, gated = _judging(connection, practice)
        refusals = _declined(connection, practice)
        query = select(uploads).where(
            uploads.c.practice == practice.number, uploads.c.id.in_({*declared, *done})
        )
        found = []
        for row in connection.execute(query.order_by(uploads.c.id)):
            what = _what(row, row.id in done)
            abouts = done.get(row.id, {})
            own = {month for month, said in abouts.items() if said & {EVERYTHING, *_KINDS}}
            months = sorted({*declared.get(row.id, ()), *own})
            named = frozenset().union(*abouts.values())
            gates = tuple(
                kpi
                for kpi in gated.values()
                if row.dataset in datasets_of(kpi) and (row.id in declared or concerned(kpi, named))
            )
            if scored and (row.dataset not in scored or (what == "dismissed" and not gates)):
                continue
            undone = what == "undone"
            found.append(
                Waiting(
                    upload=row.id,
                    what=what,
                    file=row.file or "",
                    dataset=row.dataset,
                    months=tuple(map(Month.from_code, months)),
                    kinds=_kinds(named),
                    message=row.message or "",
                    by=row.undone_by if undone else row.actor,
                    at=row.undone_at if undone else row.at,
                    gates=gates,
                    declined=refusals.get(row.id),
                )
            )
        return found


def _what(row: Row[Any], done: bool) -> What:
    if row.status not in STANDING:
        return "undone"
    if row.kind == "dismissal":
        return "dismissed"
    return "changed" if done else "attested"


def _kinds(abouts: frozenset[str]) -> tuple[str, ...]:
    """The kinds of incident among what deeds are about; a measure is of a kind named beside it."""
    return tuple(sorted(abouts.intersection(_KINDS)))


def _declared(connection: Connection, practice: Practice) -> dict[int, set[int]]:
    """Months declared empty that rest on it, by entry."""
    query = (
        select(attestations.c.upload, attestations.c.month)
        .join(uploads, uploads.c.id == attestations.c.upload)
        .where(
            attestations.c.practice == practice.number,
            attestations.c.countersign == 1,
            attestations.c.countersigned_by.is_(None),
            uploads.c.status.in_(STANDING),
            rested_on(),
        )
    )
    found: dict[int, set[int]] = {}
    for upload, month in connection.execute(query):
        found.setdefault(upload, set()).add(month)
    return found


def _done(connection: Connection, practice: Practice) -> dict[int, dict[int, set[str]]]:
    """Deeds by entry and month: what each is about."""
    query = select(deeds).where(
        deeds.c.practice == practice.number, deeds.c.countersigned_by.is_(None)
    )
    found: dict[int, dict[int, set[str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.upload, {}).setdefault(row.month, set()).add(row.about)
    return found


def _declined(connection: Connection, practice: Practice) -> Mapping[int, Declined]:
    query = select(declines).where(declines.c.practice == practice.number)
    return {row.upload: Declined(row.by, row.at, row.reason) for row in connection.execute(query)}


def _judging(connection: Connection, practice: Practice) -> tuple[set[str], dict[str, Kpi]]:
    """The datasets that any version of the practice's roles scores, and the KPIs with a gate."""
    roles = select(assignments.c.role).where(assignments.c.practice == practice.number)
    scored: set[str] = set()
    gated: dict[str, Kpi] = {}
    for name in connection.execute(roles.distinct()).scalars().all():
        with suppress(NotFound):
            for version in published(connection, practice, name):
                for target in version.role.targets:
                    kpi = version.role.kpi(target.kpi)
                    scored |= datasets_of(kpi)
                    if target.gate is not None:
                        gated[kpi.id] = kpi
    return scored, gated
