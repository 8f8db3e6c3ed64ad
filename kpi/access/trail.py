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
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, insert, select, text

from kpi.access.actor import Actor
from kpi.errors import NotPermitted
from kpi.store.clock import now
from kpi.store.engine import writing
from kpi.store.people import trail
from kpi.store.secret import load_key

Deed = Literal[
    "sign_in",
    "sign_out",
    "account",  # added, changed, invited, reset, disabled, erased
    "upload",
    "undo",
    "attest",
    "dismiss",
    "countersign",
    "spot_check",
    "publish_role",
    "acknowledge",
    "review",  # a step of a review
    "draft_role",  # begun, gone on with by somebody else, thrown away
    "people",  # practices, managers, assignments
    "rebase",  # limits of a chart drawn anew, and put back
    "annotate",  # a note on a month of a KPI, and its withdrawal
    "exclude",  # leave, KPIs or months taken out of a score, and put back
    "plan",  # actions of a development plan
    "deliver",  # who is to deliver a dataset's files
    "export",  # a scorecard, or rows behind a figure
    "mapping",  # a layout, the chart of accounts
    "hold",  # deletions stopped, and allowed again
    "retention",  # how long records are kept, and that older ones went
    "backup",  # all that the database holds taken into a file, or restored from one
    "mend",  # figures that differed from their records
    "refusal",  # something the actor may not do
]
DEEDS: tuple[Deed, ...] = get_args(Deed)

SEALED = ("at", "actor", "user", "practice", "action", "outcome", "subject", "details")
"""The columns that a seal holds, in the order in which it reads them."""
FIRST = "0" * 64
"""What stands before the first entry in place of a seal."""


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

    ``subject`` says in a few words what it was done to, ``practice`` is the practice's number. It
    comes last in its transaction: others who write to the trail wait until that has ended. Raises
    DatabaseError where the hash key is missing or another database's: a seal by it would not hold.
    """
    key = load_key(connection)
    if connection.dialect.name == "postgresql":
        # One after the other, as SQLite's writers are: each seal rests on the one before.
        connection.execute(text("LOCK TABLE trail IN EXCLUSIVE MODE"))
    last = select(trail.c.seal).order_by(trail.c.id.desc()).limit(1)
    before = connection.execute(last).scalar_one_or_none() or FIRST
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
    connection.execute(insert(trail).values(**entry, seal=seal(entry, before, key)))


def note_refusal(engine: Engine, actor: Actor, refusal: NotPermitted) -> None:
    """Adds what somebody tried and may not do, in a transaction of its own."""
    with writing(engine) as connection:
        note(connection, actor, "refusal", str(refusal), outcome="refused")


def seal(entry: Mapping[str, Any], before: str, key: bytes) -> str:
    """The keyed hash of an entry and of the seal before it, in hex."""
    said = json.dumps([before, *(entry[name] for name in SEALED)], sort_keys=True)
    return hmac.digest(key, said.encode(), hashlib.sha256).hex()
