"""What ``kpi doctor`` looks at, a function a check; ``OF_ALL`` and ``OF_A_PRACTICE`` list them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpi.errors import DatabaseError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from kpi.access.actor import Actor

Check = dict[str, Any]
"""``check``: what was looked at; ``ok``; ``says``: what was found, and what to do about it."""

_RESTORE = "Restore the last good backup into another place: kpi restore"
_MOST_NAMED = 5


def database(engine: Engine, _actor: Actor) -> Check:
    """That it is reached, and its pages, tables and columns are there and whole."""
    from kpi.store.engine import database_file, reading
    from kpi.store.schema import revision_of
    from kpi.store.soundness import damaged_pages, missing

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


def hash_key(engine: Engine, _actor: Actor) -> Check:
    """That the hash key is there and is the database's own."""
    from kpi.store.engine import reading
    from kpi.store.secret import key_file, load_key

    try:
        with reading(engine) as connection:
            load_key(connection)
    except DatabaseError as fault:
        return _wrong("hash key", str(fault))
    return _ok("hash key", f"{key_file()} is the one that the database was filled with.")


def files(engine: Engine, _actor: Actor) -> Check:
    """That nobody else may read the database's and the key's files, and nothing lies about."""
    from kpi.store.backup.place import unfinished
    from kpi.store.engine import database_file
    from kpi.store.private_files import open_to_others
    from kpi.store.secret import key_file

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


def references(engine: Engine, _actor: Actor) -> Check:
    """That every row refers to what is there."""
    from kpi.store.engine import reading
    from kpi.store.soundness import orphaned

    with reading(engine) as connection:
        found = orphaned(connection)
    if not found:
        return _ok("references", "Every row refers to what is there.")
    named = [
        f"{each.rows:,} rows of {each.table} ({each.column} of {each.referred})" for each in found
    ]
    says = f"{_named(named)} refer to what is not there: the database was changed by other means. "
    return _wrong("references", says + _RESTORE)


def trail(engine: Engine, actor: Actor) -> Check:
    """That the trail's seals hold."""
    from kpi.access.audit import seals

    try:
        found = seals(engine, actor)
    except DatabaseError as fault:
        return _wrong("trail", f"Its seals cannot be looked at. {fault}")
    if found.broken_at is None:
        return _ok("trail", f"All {found.entries:,} entries stand as they were written.")
    says = (
        f"Entry {found.broken_at} of {found.entries:,} does not stand as it was written: the "
        "database was changed by other means, or the hash key is another one. Compare with a "
        "backup: kpi audit list"
    )
    return _wrong("trail", says)


def roles(engine: Engine, actor: Actor, practice: str) -> Check:
    """That published role versions are what was published."""
    from kpi.review.all_final import changed_versions

    count, faults = changed_versions(engine, actor, practice)
    if faults:
        return _wrong("role versions", f"{practice}: {' '.join(faults)}")
    says = "its 1 role version is" if count == 1 else f"its {count} role versions are"
    return _ok("role versions", f"{practice}: {says} as published.")


def final_reviews(engine: Engine, actor: Actor, practice: str) -> Check:
    """That final reviews are what was frozen: bytes, hashes, chain, trail, score."""
    from kpi.review.all_final import verify_all

    try:
        found = verify_all(engine, actor, practice)
    except DatabaseError as fault:
        return _wrong("final reviews", f"{practice}: they cannot be verified. {fault}")
    bad = [each for each in found if not each.ok]
    if not bad:
        says = f"all {len(found)} are" if len(found) != 1 else "the only one is"
        return _ok("final reviews", f"{practice}: {says} what was frozen.")
    named = [f"review {each.review}, version {each.version}" for each in bad]
    says = f"{practice}: {_named(named)}: {bad[0].faults[0]} See all of it with: kpi verify "
    return _wrong("final reviews", f"{says}{bad[0].review}.{bad[0].version}")


def log(engine: Engine, actor: Actor, practice: str) -> Check:
    """That a sample of records stands as the uploads say."""
    from kpi.ingest.replaying import replay_sample

    found = replay_sample(engine, actor, practice)
    periods = "1 period" if found.periods == 1 else f"{found.periods} periods"
    sample = f"{found.records:,} records and {periods} replayed"
    if not found.broken:
        return _ok("log", f"{practice}: {sample}; they stand as the uploads say.")
    says = f"{practice}: {sample}; {_named(found.broken)} do not stand as the uploads say. "
    return _wrong("log", f"{says}Load those files again, or restore the last good backup.")


OF_ALL: Sequence[Callable[[Engine, Actor], Check]] = (database, hash_key, files, references, trail)
OF_A_PRACTICE: Sequence[Callable[[Engine, Actor, str], Check]] = (roles, final_reviews, log)


def _ok(check: str, says: str) -> Check:
    return {"check": check, "ok": True, "says": says}


def _wrong(check: str, says: str) -> Check:
    return {"check": check, "ok": False, "says": says}


def _named(found: Any) -> str:
    each = list(found)
    more = f" and {len(each) - _MOST_NAMED} more" if len(each) > _MOST_NAMED else ""
    return ", ".join(each[:_MOST_NAMED]) + more
