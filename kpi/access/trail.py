"""The trail: who did what, when, to which practice. Entries are added and never changed.

Each entry carries a seal, a keyed hash of what it says and of the seal before it, so that an entry
that was changed, put in or taken out by other means is found. No entry holds a value of a patient,
a passphrase or a secret.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, insert, or_, select, text

from kpi.access.actor import Actor, require
from kpi.access.practices import get_practice
from kpi.errors import NotPermitted
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.people import trail
from kpi.store.secret import read_key
from kpi.store.tables import practices

Deed = Literal[
    "sign_in",
    "sign_out",
    "account",  # added, changed, invited, disabled
    "upload",
    "undo",
    "attest",
    "dismiss",
    "countersign",
    "spot_check",
    "publish_role",
    "people",  # practices, managers, assignments
    "export",  # a scorecard, or rows behind a figure
    "mapping",  # a layout, the chart of accounts
    "refusal",  # something the actor may not do
]
DEEDS: tuple[Deed, ...] = get_args(Deed)

_SEALED = ("at", "actor", "user", "practice", "action", "outcome", "subject", "details")
_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``practice``: its id, None where the deed belongs to none."""

    id: int
    at: str
    actor: str
    practice: str | None
    action: str
    outcome: str
    subject: str
    details: Mapping[str, Any]


def note(
    connection: Connection,
    actor: Actor,
    deed: Deed,
    subject: str,
    practice: int | None = None,
    outcome: Literal["done", "refused"] = "done",
    **details: Any,
) -> None:
    """Adds an entry, in the transaction of the deed itself: both are there, or neither.

    ``subject`` says in a few words what it was done to, ``practice`` is the practice's number.
    """
    if connection.dialect.name == "postgresql":
        # One after the other, as SQLite's writers are: each seal rests on the one before.
        connection.execute(text("LOCK TABLE trail IN EXCLUSIVE MODE"))
    last = select(trail.c.seal).order_by(trail.c.id.desc()).limit(1)
    before = connection.execute(last).scalar_one_or_none() or _FIRST
    entry = {
        "at": now(),
        "actor": actor.label,
        "user": actor.user,
        "practice": practice,
        "action": deed,
        "outcome": outcome,
        "subject": subject,
        "details": details,
    }
    connection.execute(insert(trail).values(**entry, seal=_seal(entry, before)))


def note_refusal(engine: Engine, actor: Actor, refusal: NotPermitted) -> None:
    """Adds what somebody tried and may not do, in a transaction of its own."""
    with writing(engine) as connection:
        note(connection, actor, "refusal", str(refusal), outcome="refused")


def entries(
    engine: Engine, actor: Actor, practice_id: str | None = None, last: int | None = None
) -> list[Entry]:
    """The entries that the actor may see, newest first; of one practice, and the ``last`` only.

    Whoever is at home in some practices sees theirs, and what belongs to no practice only as an
    administrator. Raises NotPermitted and NotFound.
    """
    require(actor, "read_trail", practice_id)
    query = (
        select(trail, practices.c.id.label("practice_id"))
        .outerjoin(practices, practices.c.number == trail.c.practice)
        .order_by(trail.c.id.desc())
    )
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
                row.details,
            )
            for row in connection.execute(query)
        ]  # fmt: skip


def broken_at(engine: Engine, actor: Actor) -> int | None:
    """The first entry whose seal does not hold, or None where all do.

    Entries taken off the end cannot be told from ones never made: keep the last seal elsewhere.
    """
    require(actor, "read_trail")
    before = _FIRST
    with reading(engine) as connection:
        for row in connection.execute(select(trail).order_by(trail.c.id)):
            entry = {name: row._mapping[name] for name in _SEALED}
            if not hmac.compare_digest(row.seal, _seal(entry, before)):
                return int(row.id)
            before = row.seal
    return None


def _seal(entry: Mapping[str, Any], before: str) -> str:
    said = json.dumps([before, *(entry[name] for name in _SEALED)], sort_keys=True)
    return hmac.digest(read_key(), said.encode(), hashlib.sha256).hex()
