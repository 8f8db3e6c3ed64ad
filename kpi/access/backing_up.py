"""Backing up: all that the database holds, in one state, into one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from kpi.access.actor import Actor, require
from kpi.access.trail import note
from kpi.errors import DatabaseError
from kpi.store.backup.chunks import write_chunks
from kpi.store.backup.contents import Manifest
from kpi.store.backup.dumping import Tell, dumped, manifest_of
from kpi.store.backup.place import new_file
from kpi.store.backup.sealing import new_head
from kpi.store.backup.shape import shapes
from kpi.store.engine import reading, writing
from kpi.store.schema import known_revisions, revision_of
from kpi.store.secret import fits

BACKED_UP = "backed up into "
"""How the trail's entry of a backup begins; the file's name follows."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made. ``size`` in bytes; ``not_noted``: why the trail does not say so, a
    sentence, None where it does."""

    manifest: Manifest
    size: int
    encrypted: bool
    not_noted: str | None


def back_up(
    engine: Engine,
    actor: Actor,
    into: Path,
    key: str | None = None,
    tell: Tell = lambda _doing, _done: None,
) -> BackedUp:
    """Writes a backup; others read and write meanwhile, and it holds one state of the database.

    With a key it is encrypted. Memory does not grow with the database. Raises InputError where the
    file is there already or cannot be written, NotPermitted, DatabaseError; nothing is left then.
    """
    require(actor, "back_up")
    head, seals = new_head(key)
    with new_file(into) as file:
        with reading(engine) as connection:
            revision = str(revision_of(connection))
            tables = shapes(revision)
            manifest = manifest_of(connection, revision, tables)
            write_chunks(file, head, seals, dumped(connection, manifest, tables, tell))
        size = file.tell()
        not_noted = _note(engine, actor, into, manifest)
    tell("done", 1)
    return BackedUp(manifest, size, head.encrypted, not_noted)


def _note(engine: Engine, actor: Actor, into: Path, manifest: Manifest) -> str | None:
    """Says in the trail that a backup was made, if that can be: it must not fail by this."""
    if manifest.schema != known_revisions()[-1]:
        return (
            f"The database has an older schema ({manifest.schema}), so its trail does not say that "
            "it was backed up."
        )
    try:
        if manifest.hash_key_check is None or not fits(manifest.hash_key_check):
            return "The hash key is another one, so the trail does not say it; see: kpi doctor"
    except DatabaseError as fault:
        return f"The trail does not say that a backup was made. {fault}"
    with writing(engine) as connection:
        note(connection, actor, "backup", f"{BACKED_UP}{into.name}", rows=manifest.rows)
    return None
