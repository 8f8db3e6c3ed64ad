"""Reading the trail: who did what, as far as the reader may see it, and whether its seals hold."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, or_, select

from kpi.access.actor import Actor, require
from kpi.access.practices import get_practice
from kpi.access.trail import FIRST, SEALED, Deed, seal
from kpi.store.engine import reading
from kpi.store.people import trail
from kpi.store.secret import load_key
from kpi.store.tables import practices


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``practice``: its id, None where the deed belongs to none; ``seal``: the keyed
    hash of the entry and of the one before."""

    id: int
    at: str
    actor: str
    practice: str | None
    action: str
    outcome: str
    subject: str
    details: Mapping[str, Any]
    seal: str


@dataclass(frozen=True, slots=True)
class Seals:
    """What came of looking at all seals. ``broken_at``: the first entry whose seal does not hold,
    None where all do; ``last``: the newest entry's seal, None where there is no entry."""

    entries: int
    last: str | None
    broken_at: int | None


def entries(
    engine: Engine,
    actor: Actor,
    practice_id: str | None = None,
    last: int | None = None,
    deed: Deed | None = None,
) -> list[Entry]:
    """The entries that the actor may see, newest first; of one practice, of one kind of deed, and
    the ``last`` only.

    Whoever is at home in some practices sees theirs, and what belongs to no practice only as an
    administrator. Raises NotPermitted and NotFound.
    """
    require(actor, "read_trail", practice_id)
    query = (
        select(trail, practices.c.id.label("practice_id"))
        .outerjoin(practices, practices.c.number == trail.c.practice)
        .order_by(trail.c.id.desc())
    )
    if deed is not None:
        query = query.where(trail.c.action == deed)
    with reading(engine) as connection:
        if practice_id is not None:
            query = query.where(trail.c.practice == get_practice(connection, practice_id).number)
        if actor.practices is not None:
            seen = practices.c.id.in_(sorted(actor.practices))
            of_none = trail.c.practice.is_(None) if actor.kind == "administrator" else None
            query = query.where(seen if of_none is None else or_(seen, of_none))
        if last is not None:
            query = query.limit(last)
        return [
            Entry(
                row.id, row.at, row.actor, row.practice_id, row.action, row.outcome, row.subject,
                row.details, row.seal,
            )
            for row in connection.execute(query)
        ]  # fmt: skip


def seals(engine: Engine, actor: Actor) -> Seals:
    """Whether every entry stands as it was written, with none put in or taken out between.

    Entries taken off the end cannot be told from ones never made: keep the last seal elsewhere.
    Raises NotPermitted, and DatabaseError where the hash key is missing or another database's.
    """
    require(actor, "read_trail")
    before, count, broken = FIRST, 0, None
    with reading(engine) as connection:
        key = load_key(connection)
        for row in connection.execute(select(trail).order_by(trail.c.id)):
            entry = {name: row._mapping[name] for name in SEALED}
            if broken is None and not hmac.compare_digest(row.seal, seal(entry, before, key)):
                broken = int(row.id)
            before, count = row.seal, count + 1
    return Seals(count, before if count else None, broken)
