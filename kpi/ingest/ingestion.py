"""A file becomes records, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace as with_changes
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Engine

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.errors import FileRefused
from kpi.ingest import log
from kpi.ingest.clean.identifiers import masked
from kpi.ingest.files.naming import shown_name
from kpi.ingest.given_back import GivenBack
from kpi.ingest.load.refusals import Options
from kpi.ingest.loading import load_file
from kpi.ingest.mapping.profile import profile_named
from kpi.ingest.mapping.recognise import Known
from kpi.ingest.model import Reading
from kpi.ingest.opening import Asked, open_readings
from kpi.ingest.own_profiles import own_profiles
from kpi.ingest.progress import Progress, Steps
from kpi.ingest.protect import Protector
from kpi.ingest.questions import FileAsks
from kpi.ingest.receipt import Receipt
from kpi.ingest.under_way import Load
from kpi.months import Month
from kpi.store.clock import today
from kpi.store.engine import QUEUE_SECONDS, forget, reading, writing
from kpi.store.secret import load_key

Look = Callable[[Connection], None]
"""Looks at the database as a dry run would leave it."""


class _DryRun(Exception):
    """Ends a transaction that is not to be kept."""


def ingest(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    source: Path | BinaryIO,
    name: str,
    *,
    dataset: str | None = None,
    profile: str | None = None,
    covers: Sequence[Month] = (),
    replace: bool = False,
    allow_bad: bool = False,
    allow_old: bool = False,
    allow_unusual: bool = False,
    dry_run: bool = False,
    given_back: GivenBack | None = None,
    progress: Progress | None = None,
    look: Look | None = None,
) -> list[Receipt]:
    """Loads one file in one transaction; gives a receipt for each dataset that it feeds.

    A file that cannot be loaded gives one receipt with status ``refused`` and a sentence: nothing
    of it is kept. With ``dry_run`` the receipts say what would happen, and nothing changes;
    ``look`` then sees what the database would hold. ``given_back`` gathers the cells of refused
    rows for the person who brought the file, ``progress`` is told how far it is. Raises NotFound,
    NotPermitted and DatabaseError.
    """
    require(actor, "upload", practice_id)
    name = shown_name(name)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        protector = Protector(load_key(connection), practice.id)
        own = own_profiles(connection, practice)
    options = Options(tuple(covers), replace, allow_bad, allow_old, allow_unusual)
    opened: list[Reading] = []
    receipts: list[Receipt] = []
    steps = Steps(progress)
    steps.wait()
    try:
        known = Known(dataset, profile_named(profile, own) if profile else None, own)
        asked = Asked(
            practice, protector, known, options.covers, given_back is not None,
            today(practice.timezone),
        )  # fmt: skip
        with (
            suppress(_DryRun),
            writing(engine, practice.number, wait=QUEUE_SECONDS) as connection,
        ):
            steps.open()
            opened += open_readings(source, name, asked)
            steps.lines = sum(found.lines for found in opened)
            for found in opened:
                load = Load(connection, actor, practice, found, options, given_back, steps)
                receipts += load_file(load)
            if dry_run:
                if look is not None:
                    look(connection)
                raise _DryRun
            trail.note(
                connection, actor, "upload", name, practice.number,
                uploads={each.id: [each.dataset, each.status] for each in receipts},
            )  # fmt: skip
        steps.finish()
        return [with_changes(each, id=None) for each in receipts] if dry_run else receipts
    except FileRefused as refusal:
        refused = _refusal(practice, name, source, opened, refusal)
        forget(engine)
        if dry_run:
            return [refused]
        with writing(engine, practice.number, wait=QUEUE_SECONDS) as connection:
            upload = log.enter(
                connection, actor, practice, "file", "refused",
                file=name, sha256=refused.sha256 or None, dataset=refused.dataset,
                profile=refused.profile, message=refused.message,
            )  # fmt: skip
            trail.note(
                connection, actor, "upload", name, practice.number, "refused",
                uploads={upload: [refused.dataset, refused.status]},
            )  # fmt: skip
        return [with_changes(refused, id=upload)]


def _refusal(
    practice: Practice,
    name: str,
    source: Path | BinaryIO,
    opened: list[Reading],
    refusal: FileRefused,
) -> Receipt:
    found = opened[0] if opened else None
    return Receipt(
        id=None,
        file=name,
        sha256=found.sha256 if found else _sha256(source),
        dataset=found.feeds[0].dataset.name if found else None,
        profile=found.profile if found else None,
        practice=practice.id,
        status="refused",
        message=masked(str(refusal)),
        question=refusal.question if isinstance(refusal, FileAsks) else None,
        likely=refusal.likely if isinstance(refusal, FileAsks) else "",
    )


def _sha256(source: Path | BinaryIO) -> str:
    """A refused file's hash; empty where it cannot be read at all."""
    try:
        if isinstance(source, Path):
            with source.open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest()
        source.seek(0)
        return hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]
    except OSError:
        return ""
