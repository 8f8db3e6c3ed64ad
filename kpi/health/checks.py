"""What the doctor looks at, a function a check.

An administrator reads what they say: it names practices, tables, uploads and reviews by number,
and never a person, a record's value or a score.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from kpi.access.actor import Actor, require
from kpi.access.audit import seals
from kpi.errors import DatabaseError
from kpi.ingest.rebuilding import Rebuilt
from kpi.ingest.replaying import replay_sample
from kpi.review.frozen.all_final import changed_versions, verify_all
from kpi.store.backup.place import unfinished
from kpi.store.engine import database_file, reading
from kpi.store.private_files import open_to_others
from kpi.store.schema import revision_of
from kpi.store.secret import key_file, load_key
from kpi.store.soundness import damaged_pages, missing, orphaned

_RESTORE = "Restore the last good backup into another place: kpi restore"
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. ``practice``: its id, None where it is of the whole installation;
    ``says``: what was found, and what to do about it where that is not as it should be."""

    check: str
    practice: str | None
    ok: bool
    says: str

    @property
    def sentence(self) -> str:
        """What it says, beginning with the practice where it is of one."""
        return f"{self.practice}: {self.says}" if self.practice else self.says


def check_installation(engine: Engine, actor: Actor) -> Iterator[Finding]:
    """What is found of the database and the files, one check after the other. Raises
    NotPermitted, before any of them."""
    require(actor, "check_health")
    by = _everywhere(actor)
    return (check(engine, by) for check in _OF_ALL)


def check_practice(engine: Engine, actor: Actor, practice_id: str) -> Iterator[Finding]:
    """What is found of one practice, one check after the other. Raises NotPermitted before any of
    them, and NotFound."""
    require(actor, "check_health", practice_id)
    by = _everywhere(actor)
    return (check(engine, by, practice_id) for check in _OF_A_PRACTICE)


def figures_finding(found: Rebuilt) -> Finding:
    """What came of holding a practice's figures against its records."""
    count, records, practice = (
        len(found.differences),
        f"{found.records:,} records",
        found.practice.id,
    )
    if not count:
        return _ok("figures", f"every figure is what {records} give.", practice)
    differ = "1 figure was" if count == 1 else f"{count:,} figures were"
    mend = "mended." if found.mended else "mend with: kpi doctor --rebuild"
    says = f"{differ} not what {records} give; {mend}"
    return Finding("figures", practice, found.mended, says)


def _database(engine: Engine, _actor: Actor) -> Finding:
    """That it is reached, and its pages, tables and columns are there and whole."""
    place = database_file(engine) or engine.url.render_as_string(hide_password=True)
    with reading(engine) as connection:
        revision = revision_of(connection)
        if damaged := damaged_pages(connection):
            return _wrong("database", f"{place} is damaged ({damaged[0]}). {_RESTORE}")
        if gone := missing(connection):
            says = (
                f"{place} says that its schema is {revision}, and lacks {_named(gone)}. {_RESTORE}"
            )
            return _wrong("database", says)
    says = f"{place} is reached, and its schema is this version's ({revision})."
    return _ok("database", says)


def _hash_key(engine: Engine, _actor: Actor) -> Finding:
    """That the hash key is there and is the database's own."""
    try:
        with reading(engine) as connection:
            load_key(connection)
    except DatabaseError as fault:
        return _wrong("hash key", str(fault))
    return _ok("hash key", f"{key_file()} is the one that the database was filled with.")


def _files(engine: Engine, _actor: Actor) -> Finding:
    """That nobody else may read the database's and the key's files, and nothing lies about."""
    place = database_file(engine)
    kept = [key_file()] if key_file().exists() else []
    if place is not None:
        kept += [place, *filter(Path.exists, (Path(f"{place}-wal"), Path(f"{place}-shm")))]
    folders = {each.parent for each in kept}
    if left := [file for folder in sorted(folders) for file in unfinished(folder)]:
        says = (
            f"{_named(map(str, left))} was left by a backup or restore that was killed; delete it."
        )
        return _wrong("files", says)
    if os.name != "posix":
        return _ok("files", "Who may read them is not looked at on this system.")
    if said := [found for found in map(open_to_others, kept) if found]:
        return _wrong("files", " ".join(f"{each}." for each in said))
    return _ok("files", "Nobody else may read them, and no backup or restore left any.")


def _references(engine: Engine, _actor: Actor) -> Finding:
    """That every row refers to what is there."""
    with reading(engine) as connection:
        found = orphaned(connection)
    if not found:
        return _ok("references", "Every row refers to what is there.")
    named = [
        f"{each.rows:,} rows of {each.table} ({each.column} of {each.referred})" for each in found
    ]
    says = f"{_named(named)} refer to what is not there: the database was changed by other means. "
    return _wrong("references", says + _RESTORE)


def _trail(engine: Engine, actor: Actor) -> Finding:
    """That the trail's seals hold."""
    try:
        found = seals(engine, actor)
    except DatabaseError as fault:
        return _wrong("trail", f"Its seals cannot be looked at. {fault}")
    if found.broken_at is None:
        if not found.entries:
            return _ok("trail", "It has no entry yet.")
        entries = (
            "Its 1 entry stands" if found.entries == 1 else f"All {found.entries:,} entries stand"
        )
        return _ok("trail", f"{entries} as written.")
    says = (
        f"Entry {found.broken_at} of {found.entries:,} does not stand as it was written: the "
        "database was changed by other means, or the hash key is another one. Compare with a "
        "backup: kpi audit list"
    )
    return _wrong("trail", says)


def _roles(engine: Engine, actor: Actor, practice: str) -> Finding:
    """That published role versions are what was published."""
    count, faults = changed_versions(engine, actor, practice)
    if faults:
        return _wrong("role versions", " ".join(faults), practice)
    if not count:
        return _ok("role versions", "none is published yet.", practice)
    says = "its 1 role version is" if count == 1 else f"its {count} role versions are"
    return _ok("role versions", f"{says} as published.", practice)


def _final_reviews(engine: Engine, actor: Actor, practice: str) -> Finding:
    """That final reviews are what was frozen: bytes, hashes, chain, trail, score."""
    try:
        found = verify_all(engine, actor, practice)
    except DatabaseError as fault:
        return _wrong("final reviews", f"they cannot be verified. {fault}", practice)
    if not found:
        return _ok("final reviews", "no review is final yet.", practice)
    bad = [each for each in found if not each.ok]
    if not bad:
        says = "the only one is" if len(found) == 1 else f"all {len(found)} are"
        return _ok("final reviews", f"{says} what was frozen.", practice)
    # What exactly differs may be a score: whoever may read it asks for it.
    named = _named(f"review {each.review}, version {each.version}" for each in bad)
    are = "is" if len(bad) == 1 else "are"
    says = f"{named} {are} not what was frozen. Whoever may read the scorecard sees what differs "
    says += f"with: kpi verify {bad[0].review}.{bad[0].version}"
    return _wrong("final reviews", says, practice)


def _log(engine: Engine, actor: Actor, practice: str) -> Finding:
    """That a sample of records stands as the uploads say."""
    found = replay_sample(engine, actor, practice)
    if not found.records and not found.periods:
        return _ok("log", "nothing is loaded yet.", practice)
    periods = "1 period" if found.periods == 1 else f"{found.periods} periods"
    sample = f"{found.records:,} records and {periods} replayed"
    if not found.broken:
        return _ok("log", f"{sample}; they stand as the uploads say.", practice)
    says = f"{sample}; {_named(found.broken)} do not stand as the uploads say. "
    return _wrong(
        "log", f"{says}Load those files again, or restore the last good backup.", practice
    )


_OF_ALL: Sequence[Callable[[Engine, Actor], Finding]] = (
    _database,
    _hash_key,
    _files,
    _references,
    _trail,
)
_OF_A_PRACTICE: Sequence[Callable[[Engine, Actor, str], Finding]] = (_roles, _final_reviews, _log)


def _everywhere(actor: Actor) -> Actor:
    """Whoever checks, allowed to read what is compared: only findings leave this module."""
    return Actor("operator", actor.name, practices=actor.practices, user=actor.user)


def _ok(check: str, says: str, practice: str | None = None) -> Finding:
    return Finding(check, practice, True, says)


def _wrong(check: str, says: str, practice: str | None = None) -> Finding:
    return Finding(check, practice, False, says)


def _named(found: Iterable[str]) -> str:
    each = list(found)
    more = f" and {len(each) - _MOST_NAMED} more" if len(each) > _MOST_NAMED else ""
    return ", ".join(each[:_MOST_NAMED]) + more
