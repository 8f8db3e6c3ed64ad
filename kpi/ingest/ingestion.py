"""A file becomes records, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Engine, insert, select

from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.datasets import Dataset
from kpi.errors import FileRefused
from kpi.ingest import log
from kpi.ingest.clean.identifiers import masked
from kpi.ingest.files.naming import shown_name
from kpi.ingest.given_back import GivenBack
from kpi.ingest.load import by_key, by_period
from kpi.ingest.load.by_key import Loaded
from kpi.ingest.load.coming_again import repeated_upload
from kpi.ingest.load.going_back import refuse_going_back
from kpi.ingest.load.refusals import (
    Options,
    refuse_bad,
    refuse_elsewhere,
    refuse_other_practice,
    refuse_outside,
    refuse_removal,
    replacement_of,
)
from kpi.ingest.load.restated import KeyedStage
from kpi.ingest.load.scales import scale_notes
from kpi.ingest.load.spellings import earlier_spellings
from kpi.ingest.load.stage import Stage
from kpi.ingest.load.standing import Replacement
from kpi.ingest.load.straight import Straight, is_first
from kpi.ingest.load.tally import Tally
from kpi.ingest.load.unusual import refuse_unusual
from kpi.ingest.mapping.profile import profile_named
from kpi.ingest.mapping.recognise import Known
from kpi.ingest.model import Feed, Reading
from kpi.ingest.opening import Asked, open_readings
from kpi.ingest.own_profiles import own_profiles
from kpi.ingest.progress import Progress, Steps
from kpi.ingest.protect import Protector
from kpi.ingest.questions import FileAsks
from kpi.ingest.receipt import Receipt, message_of, notes_of
from kpi.measures.conditions import conditions
from kpi.measures.figure_log import Cause, record
from kpi.measures.figures import Figures
from kpi.measures.identities import identities
from kpi.measures.refresh import refresh
from kpi.measures.restated import complete_figures, restated_months, restated_notes
from kpi.months import Month
from kpi.store.clock import today
from kpi.store.engine import forget, reading, writing
from kpi.store.secret import load_key
from kpi.store.tables import attestations, claims, quarantined, records

Look = Callable[[Connection], None]
"""Looks at the database as a dry run would leave it."""


class _DryRun(Exception):
    """Ends a transaction that is not to be kept."""


@dataclass(frozen=True, slots=True)
class _Load:
    """A file on its way into a practice's records, in one transaction."""

    connection: Connection
    actor: Actor
    practice: Practice
    file: Reading
    options: Options
    given_back: GivenBack | None
    steps: Steps

    @property
    def covers(self) -> tuple[Month, ...]:
        return self.options.covers or self.file.covers


@dataclass(frozen=True, slots=True)
class _Share:
    """What the file feeds into one dataset: its entry of the log, its rows, its counts, and what
    its receipt says of how it meets what was there."""

    dataset: Dataset
    upload: int
    arriving: Stage | Straight
    tally: Tally
    conditions: Figures  # by which the dataset's months were judged before
    notes: list[str] = field(default_factory=list)


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
    steps.open()
    try:
        known = Known(dataset, profile_named(profile, own) if profile else None, own)
        asked = Asked(
            practice, protector, known, options.covers, given_back is not None,
            today(practice.timezone),
        )  # fmt: skip
        with suppress(_DryRun), writing(engine, practice.number) as connection:
            opened += open_readings(source, name, asked)
            steps.lines = sum(found.lines for found in opened)
            for found in opened:
                load = _Load(connection, actor, practice, found, options, given_back, steps)
                receipts += _load(load)
            if dry_run:
                if look is not None:
                    look(connection)
                raise _DryRun
        steps.finish()
        return [with_changes(each, id=None) for each in receipts] if dry_run else receipts
    except FileRefused as refusal:
        refused = _refusal(practice, name, source, opened, refusal)
        forget(engine)
        if dry_run:
            return [refused]
        with writing(engine, practice.number) as connection:
            upload = log.enter(
                connection, actor, practice, "file", "refused",
                file=name, sha256=refused.sha256 or None, dataset=refused.dataset,
                profile=refused.profile, message=refused.message,
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


def _load(load: _Load) -> list[Receipt]:
    shares = {feed.dataset.name: _share(load, feed) for feed in load.file.feeds}
    refuse_other_practice(load.connection, load.practice, load.file)
    for chunk in load.file.chunks:
        share = shares[chunk.dataset.name]
        share.tally.take(chunk)
        share.arriving.add(chunk)
        if load.given_back is not None:
            load.given_back.take(chunk)
        load.steps.read(chunk.last_line, load.file.lines)
    load.steps.load(load.file.lines)
    receipts = []
    for place, share in enumerate(shares.values(), start=1):
        # What must add up across datasets does so once all of them are loaded.
        checked = tuple(shares) if place == len(shares) else ()
        receipts.append(_load_share(load, share, checked))
        share.arriving.drop()
    load.steps.finish_table(load.file.lines)
    return receipts


def _share(load: _Load, feed: Feed) -> _Share:
    before = conditions(load.connection, load.practice.number, feed.dataset.name)
    upload = log.enter(
        load.connection, load.actor, load.practice, "file", "loaded",
        file=load.file.file, sha256=load.file.sha256, dataset=feed.dataset.name,
        profile=load.file.profile, columns=list(feed.columns),
    )  # fmt: skip
    arriving: Stage | Straight
    connection, dataset, practice = load.connection, feed.dataset, load.practice.number
    if not dataset.by_key:
        arriving = Stage(connection, dataset, feed.columns)
    elif is_first(connection, dataset, practice):
        arriving = Straight(connection, dataset, feed.columns, practice, upload)
    else:
        arriving = KeyedStage(connection, dataset, feed.columns, practice, upload)
    return _Share(feed.dataset, upload, arriving, Tally(), before)


def _load_share(load: _Load, share: _Share, checked: tuple[str, ...]) -> Receipt:
    """``checked``: the datasets whose identities are looked at afterwards."""
    connection, practice, dataset = load.connection, load.practice, share.dataset
    tally, upload = share.tally, share.upload
    refuse_bad(dataset, tally, load.options)
    # Judged by the file alone: what the log held before must not decide it.
    stated = [Month.from_code(code) for code in sorted(tally.months)]
    refuse_elsewhere(load.covers, stated)
    if not load.options.covers:
        refuse_outside(load.file, stated)
    replacement = replacement_of(dataset, share.arriving.own, tally, load.covers, load.options)
    before = complete_figures(connection, practice.number, dataset.name)
    if isinstance(share.arriving, Stage):
        share.notes.extend(scale_notes(connection, practice.number, share.arriving))
    _keep_quarantine(load, share)
    arriving = share.arriving
    if isinstance(arriving, Straight):
        loaded = arriving.load()
    elif isinstance(arriving, KeyedStage):
        loaded = by_key.load(connection, practice.number, upload, arriving, replacement)
        if loaded.changed and not load.options.allow_old:
            refuse_going_back(connection, practice.number, dataset, upload, arriving.own)
    else:
        loaded = by_period.load(connection, practice.number, upload, arriving)
        refuse_removal(dataset, loaded, load.options)
    if stated:
        notes = earlier_spellings(connection, practice.number, dataset, upload, stated[0])
        share.notes.extend(notes)
    load.steps.add_up(load.file.lines)
    moves = refresh(connection, practice.number, dataset.name, loaded.moved)
    if not load.options.allow_unusual:
        refuse_unusual(connection, practice.number, dataset.name, loaded.moved)
    if loaded.repeated:
        tally.left_out["repeated key"] += loaded.repeated
    restated = restated_months(connection, practice.number, dataset.name, before)
    receipt = _receipt(load, share, loaded, replacement, restated, checked)
    record(
        connection, practice.number, dataset.name, Cause.LOADED, load.actor.label, upload, moves,
        share.conditions,
    )  # fmt: skip
    return receipt


def _receipt(
    load: _Load,
    share: _Share,
    loaded: Loaded,
    replacement: Replacement | None,
    restated: Sequence[Month],
    checked: tuple[str, ...],
) -> Receipt:
    """Completes the entry of the log with what was done, and says it."""
    tally, upload = share.tally, share.upload
    counts = {
        "read": tally.read,
        "added": loaded.added,
        "changed": loaded.changed,
        "unchanged": loaded.unchanged,
        "left_out": sum(tally.left_out.values()),
        "quarantined": len(tally.bad),
        "removed": loaded.removed,
        "blanked": sum(tally.blanked.values()),
    }
    nothing_new = not (loaded.added or loaded.changed or loaded.removed)
    repeated = None
    if nothing_new:
        repeated = repeated_upload(
            load.connection, load.practice.number, share.dataset.name, upload,
            load.file.sha256, share.arriving.own,
        )  # fmt: skip
    months = _months(load, share)
    notes = notes_of(load.file, _attest_covered(load, share))
    notes += restated_notes(restated)
    log.complete(load.connection, upload, covers=[month.code for month in load.covers])
    if repeated is None:
        for name in checked:
            notes += identities(load.connection, load.practice.number, name, months)
    receipt = Receipt(
        id=upload,
        file=load.file.file,
        sha256=load.file.sha256,
        dataset=share.dataset.name,
        profile=load.file.profile,
        practice=load.practice.id,
        status="loaded" if repeated is None else "duplicate",
        message=message_of(counts, repeated),
        months=tuple(str(month) for month in months),
        reasons=dict(tally.reasons),
        notes=tuple(dict.fromkeys((*notes, *share.notes))),
        quarantine=tuple(tally.bad),
        question=None,
        likely="",
        **counts,
    )
    log.complete(
        load.connection,
        upload,
        status=receipt.status,
        counts=counts,
        reasons=receipt.reasons,
        notes=list(receipt.notes),
        months=[month.code for month in months],
        message=receipt.message,
        replaces=None if replacement is None else replacement.stored(),
    )
    return receipt


def _keep_quarantine(load: _Load, share: _Share) -> None:
    rows = {
        each.line: {
            "practice": load.practice.number, "upload": share.upload, "line": each.line,
            "column": each.column, "reason": each.reason, "found": each.found, "key": each.key,
            "month": each.month,
        }
        for each in share.tally.bad
    }  # fmt: skip
    if rows:
        load.connection.execute(insert(quarantined), list(rows.values()))


def _months(load: _Load, share: _Share) -> list[Month]:
    """The months that the upload's rows count in, whether they changed anything or not."""
    needed = {each.name for each in share.dataset.stored if each.required}
    if share.dataset.by_key and needed.union(share.dataset.month) <= {*share.arriving.own}:
        # Each of its rows says its month itself.
        return [Month.from_code(code) for code in sorted(share.tally.months)]
    table, practice = records[share.dataset.name], load.practice.number
    versions = select(table.c.record_month).where(
        table.c.practice == practice, table.c.upload == share.upload
    )
    restated = (
        select(table.c.record_month)
        .join(
            claims,
            (claims.c.practice == table.c.practice)
            & (claims.c.upload == share.upload)
            & (claims.c.key == table.c.key),
        )
        .where(table.c.practice == practice, table.c.live == 1)
    )
    found = load.connection.execute(versions.union(restated)).scalars()
    return sorted(Month.from_code(code) for code in found if code is not None)


def _attest_covered(load: _Load, share: _Share) -> list[Month]:
    """Declares the covered months, where a month can be empty; gives those without a record.

    Those with one are declared too, but do not rest on it: undoing what brought their records
    leaves what loading this file alone would have said.
    """
    if not share.dataset.attestable or not load.covers:
        return []
    table, practice = records[share.dataset.name], load.practice.number
    query = select(table.c.record_month).where(
        table.c.practice == practice,
        table.c.live == 1,
        table.c.record_month.in_([month.code for month in load.covers]),
    )
    held = set(load.connection.execute(query.distinct()).scalars())
    for month in load.covers:
        load.connection.execute(
            insert(attestations).values(
                practice=practice,
                dataset=share.dataset.name,
                month=month.code,
                upload=share.upload,
                countersign=int(load.actor.kind == "manager"),
            )
        )
    return [month for month in load.covers if month.code not in held]
