"""Opening a file: what it is, what it feeds, and its rows as chunks of clean columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kpi.errors import FileRefused
from kpi.ingest.files.table import NO_ROWS, Header, TextFile, open_text, read_blocks, read_header
from kpi.ingest.mapping.plan import Plan
from kpi.ingest.mapping.profile import Profile, all_profiles, profile_named
from kpi.ingest.mapping.recognise import recognise
from kpi.ingest.model import Chunk, Protect, Reading
from kpi.ingest.statements.statement import (
    is_statement,
    ledger_block,
    months_covered,
    notes_on,
    read_statement,
)

if TYPE_CHECKING:
    from kpi.access.practices import Practice


def open_reading(
    path: Path | BinaryIO,
    name: str,
    practice: Practice,
    protect: Protect,
    *,
    dataset: str | None,
    profile: str | None,
) -> Reading:
    """Recognises a file and makes it ready to be read once.

    ``path`` may be a seekable binary stream; it is left open. ``dataset`` names the one dataset
    to read, ``profile`` the vendor export that it is; both None: by the header. The first rows
    are read here, so that most of what is wrong with a file shows before anything is stored.
    Raises FileRefused with one sentence; reading ``chunks`` may raise it too.
    """
    try:
        file = open_text(path, name)
        chosen = profile_named(profile) if profile else None
        for each in [chosen] if chosen else all_profiles():
            if each.statement and (chosen or is_statement(each, file)):
                return _open_statement(each, file, practice, protect, dataset)
        return _open_table(file, practice, protect, dataset, chosen)
    except OSError as error:
        why = error.strerror or "it is not there"
        raise FileRefused(f"{name} cannot be read: {why}.") from None


def _open_table(
    file: TextFile,
    practice: Practice,
    protect: Protect,
    wanted: str | None,
    profile: Profile | None,
) -> Reading:
    header = read_header(file)
    plan = recognise(header, file.name, wanted, profile)
    notes: list[str] = []
    chunks = _chunks(file, header, plan, practice, protect, notes)
    first = next(chunks, None)
    if first is None or not first.read - sum(first.left_out[each] for each in NO_ROWS):
        raise FileRefused(
            f"{file.name} has a header and no rows. Was the report's date filter right? A month "
            "in which there truly was no complaint or incident is attested with 'kpi attest'."
        )
    return Reading(
        file=file.name,
        sha256=file.container.sha256,
        profile=plan.profile,
        dialect=_dialect(file, header.line),
        feeds=tuple(feed.feed for feed in plan.feeds),
        dropped=plan.dropped,
        notes=notes,
        covers=(),
        chunks=chain([first], chunks),
    )


def _open_statement(
    profile: Profile, file: TextFile, practice: Practice, protect: Protect, wanted: str | None
) -> Reading:
    if wanted not in (None, "ledger"):
        raise FileRefused(
            f"{file.name} is recognised as {profile.title}, which feeds ledger and not {wanted}. "
            "Leave out --as."
        )
    statement = read_statement(profile, file)
    plan, block = ledger_block(statement)
    from kpi.ingest.rows import FeedState, take_rows

    chunk = take_rows(plan, block, None, FeedState(file.name, practice.timezone, protect, False))
    return Reading(
        file=file.name,
        sha256=file.container.sha256,
        profile=profile.name,
        dialect=_dialect(file, statement.header_line),
        feeds=(plan.feed,),
        dropped=tuple(each.text for each in statement.headings if each.span is None),
        notes=notes_on(statement),
        covers=months_covered(statement),
        chunks=iter([chunk]),
    )


def _dialect(file: TextFile, header_line: int) -> str:
    words = file.dialect.words.capitalize()
    return f"{words}-separated, {file.container.remark}, header in line {header_line}."


def _chunks(
    file: TextFile,
    header: Header,
    plan: Plan,
    practice: Practice,
    protect: Protect,
    notes: list[str],
) -> Iterator[Chunk]:
    from kpi.ingest.rows import FeedState, take_rows

    states = {
        feed.dataset.name: FeedState(
            file.name, practice.timezone, protect, file.dialect.delimiter == ";"
        )
        for feed in plan.feeds
    }
    for block in read_blocks(file, header, plan.needed):
        for feed in plan.feeds:
            yield take_rows(feed, block, plan.routing, states[feed.dataset.name])
    for feed in plan.feeds:
        for column, order in states[feed.dataset.name].orders.items():
            if order.month_first is not None:
                said = "month/day/year" if order.month_first else "day/month/year"
                notes.append(f"Dates in '{column}' were read as {said}.")
