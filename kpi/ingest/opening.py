"""Opening a file: what its tables are and feed, and their rows as chunks of clean columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kpi.errors import FileRefused
from kpi.ingest.clean.form import Undecided
from kpi.ingest.files.grid import Grid
from kpi.ingest.files.opening import open_grids
from kpi.ingest.layout.blocks import NO_ROWS, Block, read_blocks
from kpi.ingest.layout.checks import Agreement
from kpi.ingest.mapping.people import names_of_patients
from kpi.ingest.mapping.planning import Context
from kpi.ingest.mapping.profile import Profile, all_profiles
from kpi.ingest.mapping.recognise import Known, Recognised, recognise
from kpi.ingest.model import Chunk, Protect, Reading
from kpi.ingest.questions import FileAsks, Question
from kpi.ingest.statements.recognise import statement_profile
from kpi.ingest.statements.statement import (
    ledger_block,
    months_covered,
    notes_on,
    read_statement,
)
from kpi.months import Month

if TYPE_CHECKING:
    from kpi.access.practices import Practice
    from kpi.ingest.rows import FeedState


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a file before it is opened.

    ``known`` narrows what it may be, ``covers`` are the months that a person says it covers,
    ``give_back`` asks for the cells of refused rows. ``today``, in the practice's own clock: rows
    dated beyond it are noted.
    """

    practice: Practice
    protect: Protect
    known: Known = field(default_factory=Known)
    covers: tuple[Month, ...] = ()
    give_back: bool = False
    today: date | None = None


def open_readings(where: Path | BinaryIO, name: str, asked: Asked) -> list[Reading]:
    """Recognises a file's tables and makes each ready to be read once.

    ``where`` may be a seekable binary stream; it is left open. Of a workbook or web page with
    several tables those that are recognised are read, and a note names the others. The first rows
    are read here, so that most of what is wrong with a file shows before anything is stored.
    Raises FileRefused with one sentence; reading ``chunks`` may raise it too.
    """
    try:
        grids = open_grids(where, name)
        if len(grids) == 1:
            return [_open(grids[0], asked)]
        readings: list[Reading] = []
        refusals: list[FileRefused] = []
        for grid in grids:
            try:
                readings.append(_open(grid, asked))
            except FileRefused as refusal:
                refusals.append(refusal)
        if not readings:
            raise refusals[0]
        readings[0].notes.extend(f"Not read: {refusal}" for refusal in refusals)
        return readings
    except OSError as error:
        why = error.strerror or "it is not there"
        raise FileRefused(f"{name} cannot be read: {why}.") from None


def _open(grid: Grid, asked: Asked) -> Reading:
    chosen = asked.known.profile
    if chosen is None:
        statement = statement_profile(all_profiles(), grid)
    else:
        statement = chosen if chosen.statement else None
    if statement is not None:
        return _open_statement(statement, grid, asked)
    return _open_table(grid, asked)


def _open_table(grid: Grid, asked: Asked) -> Reading:
    context = Context(grid.name, covers=asked.covers, practice=asked.practice.name)
    found = recognise(grid, asked.known, context)
    table = _Table(grid, found, asked)
    table.decide_forms()
    notes = [*grid.notes, *found.plan.notes]
    chunks = table.chunks(notes)
    first = list(islice(chunks, len(found.plan.feeds)))
    if not first or not first[0].read - sum(first[0].left_out[each] for each in NO_ROWS):
        raise FileAsks(
            Question.NO_ROWS,
            f"{grid.name} has a header and no rows. Was the report's date filter right?",
        )
    return Reading(
        file=grid.name,
        sha256=grid.sha256,
        profile=found.plan.profile,
        dialect=_dialect(grid, found.header.line),
        feeds=tuple(feed.feed for feed in found.plan.feeds),
        dropped=found.plan.dropped,
        notes=notes,
        covers=found.context.preamble.covers,
        above=found.context.preamble.texts,
        lines=grid.lines,
        chunks=chain(first, chunks),
    )


@dataclass(slots=True)
class _Table:
    """A recognised table on its way to chunks."""

    grid: Grid
    found: Recognised
    asked: Asked
    states: dict[str, FeedState] = field(default_factory=dict)

    def decide_forms(self) -> None:
        """Decides how each column is written, from all of its values: of most the first block
        tells, for the others the file is read ahead. Raises FileRefused where nothing tells."""
        from kpi.ingest.rows import FeedState, forms_of, learn

        names = names_of_patients(self.found.header.cells)
        for feed in self.found.plan.feeds:
            forms = forms_of(feed, self.asked.practice.timezone, self.grid.decimal_comma)
            self.states[feed.dataset.name] = FeedState(
                self.asked.protect, forms, self.asked.give_back, names
            )
        for block in self._blocks():
            for feed in self.found.plan.feeds:
                learn(feed, block, self.states[feed.dataset.name].forms)
            if all(form.settled for state in self.states.values() for form in state.forms.values()):
                break
        try:
            for state in self.states.values():
                for form in state.forms.values():
                    form.finish()
        except Undecided as fault:
            sentence = f"{self.grid.name}: {fault}"
            if fault.sayable:
                raise FileAsks(Question.MAPPING, sentence) from None
            raise FileRefused(sentence) from None

    def chunks(self, notes: list[str]) -> Iterator[Chunk]:
        """Every row once; what is known only at the end goes to ``notes`` then."""
        from kpi.ingest.noticing import Noticing
        from kpi.ingest.rows import take_rows

        plan = self.found.plan
        agreement = Agreement(plan.shape.checks)
        noticing = {feed.dataset.name: Noticing(feed.dataset, self.asked.today)
                    for feed in plan.feeds}  # fmt: skip
        for block in self._blocks(agreement):
            for feed in plan.feeds:
                chunk = take_rows(feed, block, plan.routing, self.states[feed.dataset.name])
                noticing[feed.dataset.name].take(chunk)
                yield chunk
        notes += agreement.notes
        for each in noticing.values():
            notes += each.notes
        for state in self.states.values():
            notes += state.reconciliation.notes
            for form in state.forms.values():
                notes += form.notes

    def _blocks(self, agreement: Agreement | None = None) -> Iterator[Block]:
        from kpi.ingest.layout.shape import Shaping

        header, plan = self.found.header, self.found.plan
        shaping = Shaping(plan, len(header.cells))
        for block in read_blocks(self.grid, header, plan.needed):
            yield shaping(block, agreement)


def _open_statement(profile: Profile, grid: Grid, asked: Asked) -> Reading:
    wanted = asked.known.dataset
    if wanted not in (None, "ledger"):
        raise FileAsks(
            Question.DATASET,
            f"{grid.name} is recognised as {profile.title}, which feeds ledger and not {wanted}.",
            "ledger",
        )
    statement = read_statement(profile, grid)
    plan, block = ledger_block(statement)
    from kpi.ingest.rows import FeedState, forms_of, take_rows

    forms = forms_of(plan, asked.practice.timezone, False)
    for form in forms.values():
        form.finish()
    chunk = take_rows(plan, block, None, FeedState(asked.protect, forms, asked.give_back))
    return Reading(
        file=grid.name,
        sha256=grid.sha256,
        profile=profile.name,
        dialect=_dialect(grid, statement.header_line),
        feeds=(plan.feed,),
        dropped=tuple(each.text for each in statement.headings if each.span is None),
        notes=[*grid.notes, *notes_on(statement)],
        covers=months_covered(statement),
        above=(),
        lines=grid.lines,
        chunks=iter([chunk]),
    )


def _dialect(grid: Grid, header_line: int) -> str:
    return f"{grid.dialect}, header in line {header_line}."
