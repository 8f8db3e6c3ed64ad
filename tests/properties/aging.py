"""Two practices with the same log: one keeps its records for good, the other lets old ones go.

What the second leaves out of later files is told here by a model of its own, which knows of each
dataset only which dates give a month, and is left out of the first practice's files as well.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sqlalchemy import Engine, select

from kpi.access.actor import operator
from kpi.access.practices import Practice, add_practice
from kpi.datasets import dataset as dataset_named
from kpi.errors import InputError
from kpi.ingest.declaring import attest, dismiss
from kpi.ingest.ingestion import ingest
from kpi.ingest.quarantine import in_quarantine
from kpi.ingest.receipt import Receipt
from kpi.ingest.replaying import replay_sample
from kpi.ingest.undoing import undo
from kpi.measures.conditions import conditions
from kpi.measures.figures import Figure, FigureKind, stored_figures
from kpi.months import Month, span
from kpi.review.oversight.retention import apply_retention, keep_records
from kpi.store.engine import reading
from kpi.store.retention import forgotten_keys
from kpi.store.tables import claims, records

MONTHS = span(Month(2020, 1), Month(2020, 8))
PLACES = ("East", "West", "")
BAD = "soon"

Row = dict[str, str]

DATED = {
    "appointments": [(("start_at",), 0)],
    "audits": [(("performed_on", "due_on"), 0), (("due_on",), 0), (("corrective_due_on",), 0)],
    "charges": [(("posted_date",), 0)],
    "claims": [(("submitted_date",), 0), (("outcome_date",), 0)],
    "complaints": [(("received_on",), 0), (("received_on",), 7)],
    "incidents": [(("discovered_on", "occurred_on"), 0), (("discovered_on",), 60)],
    "payments": [(("posted_date",), 0)],
    "surveys": [(("answered_on", "sent_on"), 0), (("sent_on",), 0)],
    "training": [(("due_on",), 0)],
}
"""Of each dataset, the dates by which a record counts in a month: the first that is filled of some
columns, so many days later."""

NEIGHBOURS = {"appointments": 1}
"""Months further on in which a record can still be seen: overlapping visits."""


@dataclass
class Pair:
    """``kept`` has all of its records, ``aged`` has not; ``loaded``: the uploads of both, file by
    file, None where there was nothing to load; ``keys``: of each record, as ``aged`` hashes it."""

    engine: Engine
    dataset: str
    random: Random
    kept: Practice
    aged: Practice
    loaded: list[tuple[int | None, int]] = field(default_factory=list)
    keys: dict[str, bytes] = field(default_factory=dict)
    mark: Month | None = None
    returned: bool = False  # whether rows of records that are gone were set aside

    def step(self) -> None:
        """One thing that somebody does."""
        chosen = self.random.random()
        if chosen < 0.62 or not self.loaded:
            self.load()
        elif chosen < 0.86:
            self.undo()
        elif dataset_named(self.dataset).attestable and chosen < 0.93:
            self.attest()
        elif self.mark is None:
            self.dismiss()

    def load(self) -> None:
        names = columns(self.random, self.dataset)
        rows = [self.row() for _ in range(self.random.randint(1, 7))]
        rows = list({ident(self.dataset, each): each for each in rows}.values())
        covers: tuple[Month, ...] = ()
        replace = self.random.random() < 0.2
        if replace or self.random.random() < 0.3:
            start = self.random.choice(MONTHS)
            covers = span(start, start + self.random.randint(0, 2))
        if replace:  # of which locations, the rows would have to say that are left out
            names = [name for name in names if name != "location"]
        fates = [self.fate(row, names) for row in rows]
        aged = self.offer(self.aged, rows, names, covers, replace)
        if aged.status == "refused":
            return
        assert aged.id is not None
        back = {each.line for each in aged.quarantine if each.reason == "of_a_deleted_record"}
        bad = {each.line for each in aged.quarantine} - back
        fates = ["" if line in bad else fate for line, fate in enumerate(fates, start=2)]
        assert aged.left_out == fates.count("old"), (aged, rows, fates)
        assert back == {line for line, fate in enumerate(fates, start=2) if fate == "back"}
        self.returned |= bool(back)
        dropped = [bool(fate) for fate in fates]
        total = aged.added + aged.changed + aged.unchanged + aged.left_out + aged.quarantined
        assert aged.read == len(rows) == total
        self.learn(aged.id, rows)
        rest = [row for row, out in zip(rows, dropped, strict=True) if not out]
        kept = self.offer(self.kept, rest, names, covers, replace) if rest else None
        if kept is not None and kept.status == "refused":
            undo(self.engine, operator(), self.aged.id, aged.id)  # nothing left within its months
            return
        self.loaded.append((None if kept is None else kept.id, aged.id))

    def row(self) -> Row:
        return {name: cell(self.random, self.dataset, name)
                for name in dataset_named(self.dataset).names}  # fmt: skip

    def fate(self, row: Row, names: Sequence[str]) -> str:
        """``old``: a row that counts in sealed months alone, of a record that is gone or new;
        ``back``: one of a record that is gone, which would count later; else empty."""
        if self.mark is None:
            return ""
        aged = old(self.dataset, {name: row[name] for name in names}, self.mark)
        table, key = records[self.dataset], self.keys.get(ident(self.dataset, row))
        if key is not None:
            with reading(self.engine) as connection:
                gone = select(forgotten_keys.c.key).where(
                    forgotten_keys.c.practice == self.aged.number,
                    forgotten_keys.c.dataset == self.dataset,
                    forgotten_keys.c.key == key,
                )
                held = select(table.c.line).where(
                    table.c.practice == self.aged.number, table.c.key == key
                )
                if connection.execute(gone).first() is not None:
                    return "old" if aged else "back"
                if connection.execute(held).first() is not None:
                    return ""
        return "old" if aged else ""

    def offer(
        self, practice: Practice, rows: list[Row], names: Sequence[str],
        covers: tuple[Month, ...], replace: bool,
    ) -> Receipt:  # fmt: skip
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(names)
        writer.writerows([row[name] for name in names] for row in rows)
        (receipt,) = ingest(
            self.engine, operator(), practice.id, io.BytesIO(text.getvalue().encode()), "file.csv",
            dataset=self.dataset, covers=covers, replace=replace, allow_bad=True, allow_old=True,
            allow_unusual=True,
        )  # fmt: skip
        return receipt

    def learn(self, upload: int, rows: list[Row]) -> None:
        """Which key each line of a file has."""
        with reading(self.engine) as connection:
            for table in (records[self.dataset], claims):
                query = select(table.c.line, table.c.key).where(
                    table.c.practice == self.aged.number, table.c.upload == upload
                )
                for line, key in connection.execute(query):
                    self.keys[ident(self.dataset, rows[line - 2])] = key

    def undo(self) -> None:
        kept, aged = self.loaded.pop(self.random.randrange(len(self.loaded)))
        try:
            undo(self.engine, operator(), self.aged.id, aged)
        except InputError:
            assert self.mark is not None
            return
        if kept is not None:
            undo(self.engine, operator(), self.kept.id, kept)

    def attest(self) -> None:
        month = self.random.choice(MONTHS)
        try:
            aged = attest(self.engine, operator(), self.aged.id, self.dataset, month)
        except InputError:
            return
        kept = attest(self.engine, operator(), self.kept.id, self.dataset, month)
        self.loaded.append((kept, aged))

    def dismiss(self) -> None:
        """Only while both have the same lines."""
        of_both = {aged: kept for kept, aged in self.loaded}
        for row in in_quarantine(self.engine, operator(), self.aged.id)[:1]:
            kept, line = of_both[row.upload], row.line
            assert kept is not None
            self.loaded.append((
                dismiss(self.engine, operator(), self.kept.id, kept, line, "typed wrongly"),
                dismiss(self.engine, operator(), self.aged.id, row.upload, line, "typed wrongly"),
            ))  # fmt: skip

    def age(self, mark: Month) -> None:
        keep_records(self.engine, operator(), self.aged.id, 24)
        before = self.figures(self.aged)
        apply_retention(self.engine, operator(), self.aged.id, mark)
        self.mark = mark
        assert self.figures(self.aged) == before

    def figures(self, practice: Practice) -> dict[Figure, float]:
        with reading(self.engine) as connection:
            return {
                **stored_figures(connection, practice.number, self.dataset),
                **conditions(connection, practice.number, self.dataset),
            }

    def check(self, frozen: dict[Figure, float]) -> None:
        """Months from the mark on are as if nothing were gone, the others as they were."""
        assert self.mark is not None
        code = self.mark.code
        aged = self.figures(self.aged)
        kept, since = (
            {figure: value for figure, value in each.items() if figure.month >= code}
            for each in (self.figures(self.kept), aged)
        )
        if self.returned:  # they stand against their months, and the other practice lacks them
            since, kept = map(_without_refusals, (since, kept))
        assert since == kept
        assert {figure: value for figure, value in aged.items() if figure.month < code} == frozen
        assert not replay_sample(self.engine, operator(), self.aged.id).broken

    def sealed(self) -> dict[Figure, float]:
        assert self.mark is not None
        found = self.figures(self.aged)
        return {figure: value for figure, value in found.items() if figure.month < self.mark.code}


def _without_refusals(figures: dict[Figure, float]) -> dict[Figure, float]:
    return {each: value for each, value in figures.items() if each.kind != FigureKind.REFUSED}


def ages(engine: Engine, name: str, dataset: str, seed: int, marks: int = 2) -> None:
    """Marks, one after the other, with deeds before, between and after them."""
    both = pair(engine, name, dataset, seed)
    for _ in range(both.random.randint(3, 6)):
        both.step()
    first = both.random.choice(MONTHS[1:6])
    for mark in (first, first + both.random.randint(1, 2))[:marks]:
        both.age(mark)
        frozen = both.sealed()
        both.check(frozen)
        for _ in range(both.random.randint(2, 4)):
            both.step()
        both.check(frozen)


def pair(engine: Engine, name: str, dataset: str, seed: int) -> Pair:
    """Two practices of their own with nothing in them."""
    kept, aged = (
        add_practice(engine, operator(), f"{name}-{kind}", kind) for kind in ("kept", "aged")
    )
    return Pair(engine, dataset, Random(seed), kept, aged)


def columns(random: Random, dataset: str) -> list[str]:
    """The columns of a file: its key always, others mostly."""
    definition = dataset_named(dataset)
    first = [name for name in definition.names if name in definition.key]
    rest = [name for name in definition.names if name not in first]
    dates = {name for names, _days in DATED[dataset] for name in names}
    if random.random() < 0.6:
        return [*first, *rest]
    some = [name for name in rest if random.random() < (0.8 if name in dates else 0.5)]
    return [*first, *(some or rest)]


def ident(dataset: str, row: Row) -> str:
    """What names a record."""
    return "|".join(row[name] for name in dataset_named(dataset).key)


def old(dataset: str, row: Row, mark: Month) -> bool:
    """Whether every month that a row counts in is sealed, and none later can see it."""
    months = []
    for names, days in DATED[dataset]:
        filled = [row[name] for name in names if row.get(name) not in (None, "", BAD)]
        if filled:
            day = date.fromisoformat(filled[0][:10]) + timedelta(days=days)
            months.append(Month.of(day) + NEIGHBOURS.get(dataset, 0))
    own = any(row.get(name) not in (None, "", BAD) for name in DATED[dataset][0][0])
    return own and max(months) < mark


def cell(random: Random, dataset: str, name: str) -> str:
    """A cell, blank or unreadable now and then where it may be."""
    column = dataset_named(dataset).column(name)
    fixed = {"scale_min": ("0",), "scale_max": ("10",), "items_reviewed": ("9",),
             "course": ("HIPAA", "OSHA"), "question": ("recommend", "rating"), "location": PLACES,
             "provider": ("Dr. Ahn", "Dr. Birch")}  # fmt: skip
    by_kind = {"id": tuple("abcdefg"), "boolean": ("true", "false"), "money": ("12.50", "8.00"),
               "decimal": ("9", "3"), "whole": ("5", "30"), "text": ("Aster", "Clover"),
               "choice": tuple(column.choices or ())}  # fmt: skip
    if column.kind in ("date", "time"):
        if random.random() < (0.06 if column.required else 0.25):
            return BAD if column.required else random.choice(["", BAD])
        month = random.choice(MONTHS)
        day = date(month.year, month.number, random.choice([1, 4, month.days]))
        return f"{day} 09:{random.choice(('00', '20'))}" if column.kind == "time" else str(day)
    if not column.required and name not in fixed and random.random() < 0.2:
        return ""
    return random.choice(fixed.get(name) or by_kind[column.kind])
