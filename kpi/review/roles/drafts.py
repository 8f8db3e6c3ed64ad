"""Role files that are being written: kept in the database, so that a closed page loses nothing.

There is one draft a practice and role. Whoever saves says which text she has seen; where another
one was saved meanwhile nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from kpi.access import trail
from kpi.access.actor import Actor, may, require
from kpi.access.practices import checked_id, get_practice
from kpi.errors import InputError
from kpi.role.read import LARGEST
from kpi.store.clock import now
from kpi.store.drafts import role_drafts
from kpi.store.engine import reading, writing
from kpi.store.tables import practices


class OvertakenDraft(InputError):
    """Somebody saved another text of the draft since; nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A role file that is being written. ``base``: SHA-256 of the version that it began as."""

    practice: str
    role: str
    text: str
    sha256: str
    base: str | None
    by: str
    at: str


def list_drafts(engine: Engine, actor: Actor) -> list[Draft]:
    """The drafts at the practices that the actor may publish at. Raises NotPermitted."""
    require(actor, "publish_role")
    query = _query().order_by(practices.c.id, role_drafts.c.role)
    with reading(engine) as connection:
        found = [_draft(row) for row in connection.execute(query)]
    return [each for each in found if may(actor, "publish_role", each.practice)]


def draft_of(engine: Engine, actor: Actor, practice_id: str, role: str) -> Draft | None:
    """The draft of a practice's role, if there is one. Raises NotFound and NotPermitted."""
    require(actor, "publish_role", practice_id)
    with reading(engine) as connection:
        get_practice(connection, practice_id)
        return _held(connection, practice_id, role)


def save_draft(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    role: str,
    text: str,
    seen: str | None,
    base: str | None = None,
) -> Draft:
    """Saves a text over the one that the actor has ``seen``, by its SHA-256; None begins a draft,
    as the version ``base`` if it is one.

    Raises OvertakenDraft where another text stands there by now, InputError for a text that cannot
    be kept, NotFound and NotPermitted.
    """
    require(actor, "publish_role", practice_id)
    checked_id(role, "role")
    content = _storable(text)
    values = {
        "text": text, "sha256": sha256(content).hexdigest(), "by": actor.label,
        "user": actor.user, "at": now(),
    }  # fmt: skip
    with writing(engine) as connection:  # no figure rests on a draft: the revision stays
        number = get_practice(connection, practice_id).number
        before = _held(connection, practice_id, role)
        if (before.sha256 if before else None) != seen:
            raise _overtaken(before)
        if before is None:
            try:
                connection.execute(
                    insert(role_drafts).values(practice=number, role=role, base=base, **values)
                )
            except IntegrityError:
                raise OvertakenDraft(f"Somebody began a draft of {role} just now.") from None
        else:
            _write_over(connection, number, before, values)
        # A writer saves at every pause; the trail keeps who began and who took over.
        if before is None or before.by != actor.label:
            done = "began" if before is None else "went on with"
            trail.note(
                connection, actor, "draft_role", f"{done} the draft of {role}", number, base=base
            )
        found = _held(connection, practice_id, role)
    assert found is not None
    return found


def discard_draft(engine: Engine, actor: Actor, practice_id: str, role: str, seen: str) -> None:
    """Throws the draft away that the actor has ``seen``. Raises OvertakenDraft where another text
    stands there by now, NotFound and NotPermitted."""
    require(actor, "publish_role", practice_id)
    with writing(engine) as connection:
        number = get_practice(connection, practice_id).number
        before = _held(connection, practice_id, role)
        if before is None:
            return
        gone = connection.execute(
            delete(role_drafts).where(
                role_drafts.c.practice == number,
                role_drafts.c.role == role,
                role_drafts.c.sha256 == seen,
            )
        )
        if not gone.rowcount:
            raise _overtaken(before)
        trail.note(connection, actor, "draft_role", f"threw away the draft of {role}", number)


def _write_over(
    connection: Connection, number: int, before: Draft, values: Mapping[str, object]
) -> None:
    written = connection.execute(
        update(role_drafts)
        .where(
            role_drafts.c.practice == number,
            role_drafts.c.role == before.role,
            role_drafts.c.sha256 == before.sha256,
        )
        .values(**values)
    )
    if not written.rowcount:
        raise _overtaken(before)


def _overtaken(before: Draft | None) -> OvertakenDraft:
    if before is None:
        return OvertakenDraft("The draft is gone: somebody published it or threw it away.")
    return OvertakenDraft(
        f"{before.by} saved another text of this draft at {before.at}; nothing was overwritten."
    )


def _storable(text: str) -> bytes:
    """The text's bytes. Raises InputError where a database could not keep them."""
    try:
        content = text.encode()
    except UnicodeEncodeError:
        raise InputError("The text holds half a character; paste it again.") from None
    if "\0" in text:
        raise InputError("The text holds a control character, which no role file may.")
    if len(content) > LARGEST:
        raise InputError(f"A role file holds at most {LARGEST:,} bytes, not {len(content):,}.")
    return content


def _held(connection: Connection, practice_id: str, role: str) -> Draft | None:
    query = _query().where(practices.c.id == practice_id, role_drafts.c.role == role)
    row = connection.execute(query).first()
    return None if row is None else _draft(row)


def _query() -> Select[Any]:
    return select(role_drafts, practices.c.id.label("practice_id")).join(
        practices, practices.c.number == role_drafts.c.practice
    )


def _draft(row: Row[Any]) -> Draft:
    return Draft(row.practice_id, row.role, row.text, row.sha256, row.base, row.by, row.at)
