"""The rows of a file become records, dataset by dataset, and the measures follow."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert

from kpi.ingest import log
from kpi.ingest.completing import completed
from kpi.ingest.deeds import before_loading, keep_loaded
from kpi.ingest.load import by_key, by_period
from kpi.ingest.load.going_back import refuse_going_back
from kpi.ingest.load.refusals import (
    refuse_bad,
    refuse_elsewhere,
    refuse_other_practice,
    refuse_outside,
    refuse_removal,
    refuse_sealed,
    replacement_of,
)
from kpi.ingest.load.restated import KeyedStage
from kpi.ingest.load.scales import scale_notes
from kpi.ingest.load.spellings import earlier_spellings
from kpi.ingest.load.stage import Stage
from kpi.ingest.load.straight import Straight, is_first
from kpi.ingest.load.tally import Tally
from kpi.ingest.load.unusual import refuse_unusual
from kpi.ingest.model import Feed, Quarantined
from kpi.ingest.receipt import Receipt
from kpi.ingest.under_way import Load, Share
from kpi.measures.conditions import conditions
from kpi.measures.figure_log import Cause, record
from kpi.measures.refresh import refresh
from kpi.measures.restated import complete_figures, restated_months
from kpi.measures.sealed import sealed_before
from kpi.months import Month
from kpi.store.tables import quarantined


def load_file(load: Load) -> list[Receipt]:
    """Loads a file's rows; gives a receipt for each dataset that it feeds. Raises FileRefused, and
    what was written by then has to be taken back."""
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


def _share(load: Load, feed: Feed) -> Share:
    before = conditions(load.connection, load.practice.number, feed.dataset.name)
    stood = before_loading(load.connection, load.actor, load.practice.number, feed.dataset.name)
    upload = log.enter(
        load.connection, load.actor, load.practice, "file", "loaded",
        file=load.file.file, sha256=load.file.sha256, dataset=feed.dataset.name,
        profile=load.file.profile, columns=list(feed.columns),
    )  # fmt: skip
    sealed = sealed_before(load.connection, load.practice.number, feed.dataset.name)
    refuse_sealed(feed.dataset, sealed, load.covers, load.options)
    arriving: Stage | Straight
    connection, dataset, practice = load.connection, feed.dataset, load.practice.number
    if not dataset.by_key:
        arriving = Stage(connection, dataset, feed.columns)
    elif not sealed and is_first(connection, dataset, practice):
        arriving = Straight(connection, dataset, feed.columns, practice, upload)
    else:
        arriving = KeyedStage(connection, dataset, feed.columns, practice, upload)
    return Share(feed.dataset, upload, arriving, Tally(), before, stood, sealed)


def _load_share(load: Load, share: Share, checked: tuple[str, ...]) -> Receipt:
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
    _keep_quarantine(load, share, tally.bad)
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
    if loaded.returned:
        tally.bad += loaded.returned
        _keep_quarantine(load, share, loaded.returned)
    if loaded.sealed:
        tally.left_out["of a month whose records are no longer kept"] += loaded.sealed
    if share.sealed and any(month.code < share.sealed for month in stated):
        said = f"Months before {Month.from_code(share.sealed)} are sealed: their figures stay"
        left = ", and rows of records that are no longer kept were left out" * bool(loaded.sealed)
        share.notes.append(f"{said} as they are{left}.")
    if loaded.repeated:
        tally.left_out["repeated key"] += loaded.repeated
    restated = restated_months(connection, practice.number, dataset.name, before)
    receipt = completed(load, share, loaded, replacement, restated, checked)
    keep_loaded(connection, practice.number, upload, share.incidents)
    record(
        connection, practice.number, dataset.name, Cause.LOADED, load.actor.label, upload, moves,
        share.conditions,
    )  # fmt: skip
    return receipt


def _keep_quarantine(load: Load, share: Share, bad: Sequence[Quarantined]) -> None:
    rows = {
        each.line: {
            "practice": load.practice.number, "upload": share.upload, "line": each.line,
            "column": each.column, "reason": each.reason, "found": each.found, "key": each.key,
            "month": each.month,
        }
        for each in bad
    }  # fmt: skip
    if rows:
        load.connection.execute(insert(quarantined), list(rows.values()))
