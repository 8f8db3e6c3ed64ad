"""Restoring: a backup, looked through to its end, as a database in a place that was empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kpi.access.actor import Actor, require
from kpi.access.trail import note
from kpi.errors import DatabaseError, InputError
from kpi.store.backup.chunks import read_lines
from kpi.store.backup.contents import Manifest, read_manifest
from kpi.store.backup.dumping import Tell
from kpi.store.backup.loading import check_shape, load, skim
from kpi.store.backup.place import new_database, require_empty
from kpi.store.backup.sealing import Head, read_head, seals_of
from kpi.store.backup.shape import Shape, shapes
from kpi.store.schema import known_revisions, migrate
from kpi.store.secret import fits, key_file


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was restored, or checked. ``upgraded``: its schema was an older one."""

    manifest: Manifest
    encrypted: bool
    upgraded: bool


def check_backup(
    actor: Actor, source: Path, key: str | None = None, tell: Tell = lambda _doing, _done: None
) -> Restored:
    """Reads a backup to its end and changes nothing.

    Raises InputError where it is not, in every byte, what was written, or cannot be restored by
    this program, and NotPermitted.
    """
    require(actor, "back_up")
    with _opened(source, key) as (head, manifest, lines):
        check_shape(manifest, _known_shapes(manifest, source.name), source.name)
        skim(lines, manifest, source.name, tell)
    return Restored(manifest, head.encrypted, manifest.schema != known_revisions()[-1])


def restore(
    url: str | None,
    actor: Actor,
    source: Path,
    key: str | None = None,
    without_hash_key: bool = False,
    tell: Tell = lambda _doing, _done: None,
) -> Restored:
    """Makes a database of a backup in a place that has no tables, and upgrades it.

    The backup is read to its end before anything is made, and what was made is read again and
    compared with it; the place is filled at the end, or stays empty. The hash key has to be in its
    place already, unless it is lost for good. Raises InputError for the backup, DatabaseError for
    the place and the hash key, NotPermitted.
    """
    require(actor, "back_up")
    with source.open("rb"):  # said first where it is not there
        require_empty(url)
    found = check_backup(actor, source, key, lambda doing, done: tell(doing, done / 3))
    keyed = _has_key(found.manifest, without_hash_key)
    with (
        _opened(source, key) as (_head, manifest, lines),
        new_database(url) as connection,
    ):
        if manifest != found.manifest:
            raise InputError(f"{source.name} was changed while it was read; nothing was restored.")
        migrate(connection, manifest.schema)
        tables = _known_shapes(manifest, source.name)
        load(
            connection, lines, manifest, tables, source.name,
            lambda doing, done: tell(doing, (1 + 2 * done) / 3),
        )  # fmt: skip
        migrate(connection, "head")
        if keyed:
            said = f"restored the backup of {manifest.made_at}"
            note(connection, actor, "backup", said, rows=manifest.rows)
    tell("done", 1)
    return found


@contextmanager
def _opened(source: Path, key: str | None) -> Iterator[tuple[Head, Manifest, Iterator[bytes]]]:
    name = source.name
    file: BinaryIO
    with source.open("rb") as file:
        head = read_head(file, name)
        lines = read_lines(file, seals_of(head, key, name), name)
        yield head, read_manifest(lines, name), lines


def _known_shapes(manifest: Manifest, name: str) -> list[Shape]:
    known = known_revisions()
    if manifest.schema not in known:
        raise InputError(
            f"{name} was made by a newer Rolecard ({manifest.program}, schema {manifest.schema}; "
            f"this program knows up to {known[-1]}); restore it with that version."
        )
    return list(shapes(manifest.schema))


def _has_key(manifest: Manifest, without: bool) -> bool:
    """Whether the hash key of this place is the one that the backup's database was filled with.

    Raises DatabaseError where it is not, unless it is to be done without.
    """
    if manifest.hash_key_check is None:
        return False
    try:
        if fits(manifest.hash_key_check):
            return True
        fault = (
            f"The hash key {key_file()} is not the one that this backup's database was filled with"
        )
    except DatabaseError:
        fault = f"There is no usable hash key at {key_file()}"
        if key_file().exists():
            fault = f"The hash key {key_file()} is damaged or open to others"
    if without:
        return False
    raise DatabaseError(
        f"{fault}; nothing was restored. Put the key's own copy there (chmod 600) and restore "
        "again: without it new files do not meet the rows that are there. If it is lost for good, "
        "--without-hash-key restores what can still be read."
    )
