"""Spot checks: ten records behind a figure, drawn at random, held against the source system.

The draw follows from the seed alone, which is kept: whoever has the same records can repeat it. A
record is named by file and line, as everywhere; nothing of the patient is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, Row, and_, insert, select, update

from kpi.access import trail
from kpi.access.actor import Actor, require, require_score
from kpi.access.managers import Assignment, assignment_for, known_manager
from kpi.access.practices import Practice, get_practice
from kpi.catalogue import Kpi, datasets_of
from kpi.datasets import Kind
from kpi.datasets import dataset as dataset_named
from kpi.errors import InputError, NotFound
from kpi.measures.sealed import not_kept_words, seal_of
from kpi.months import Month
from kpi.review.basis.exclusions import months_counted
from kpi.review.basis.versions import kpi_asked
from kpi.review.explained.explanation import in_words
from kpi.review.explained.provenance import records_behind
from kpi.review.scores.scoring import data_version
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.oversight import spot_checked, spot_checks
from kpi.store.standing import STANDING
from kpi.store.tables import records, uploads

SIZE = 10
"""Records of a spot check; all of them where there are fewer."""

Outcome = Literal["agrees", "differs", "not_found"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

_LONGEST_SEED, _LONGEST_NOTE = 40, 500

Source = tuple[str, int, int]
"""Where a record came from: dataset, upload and line."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One record of a spot check. ``outcome`` None: not looked up yet. ``undone``: its upload was
    taken back since. ``values``: what is stored of it, in words; empty once it no longer stands."""

    place: int
    dataset: str
    upload: int
    file: str
    line: int
    values: Mapping[str, str]
    undone: bool
    outcome: Outcome | None
    note: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """One spot check. ``records``: how many it was drawn from; ``revision``: of the practice's
    data then."""

    number: int
    kpi: str
    first: Month
    last: Month
    seed: str
    records: int
    revision: int
    drawn_by: str
    drawn_at: str
    rows: tuple[Checked, ...]

    @property
    def done(self) -> bool:
        """Whether every record has been looked up."""
        return all(row.outcome is not None for row in self.rows)

    def count(self, outcome: Outcome) -> int:
        """How many records had that outcome."""
        return sum(row.outcome == outcome for row in self.rows)


def draw(
    engine: Engine,
    actor: Actor,
    kpi_id: str,
    manager_id: str,
    first: Month,
    last: Month,
    practice_id: str | None = None,
    seed: str | None = None,
) -> SpotCheck:
    """Draws records behind a KPI's numerator or denominator in a period, and keeps the draw.

    ``seed`` None: one is made. Raises NotFound, NotPermitted, and InputError where no record stands
    behind the figure.
    """
    with reading(engine) as connection:
        assignment = assignment_for(connection, actor, manager_id, first, last, practice_id)
    practice = assignment.practice
    require(actor, "spot_check", practice.id)
    chosen = _seed(seed)
    with writing(engine, practice.number) as connection:  # it is part of scorecards
        definition = kpi_asked(connection, practice, assignment.role, kpi_id)
        _refuse_sealed(connection, practice, definition, first, last)
        found = _sources(connection, assignment, definition, first, last)
        if not found:
            raise InputError(
                f"No record stands behind {definition.name} from {first} to {last}, so there is "
                "nothing to check."
            )
        number = connection.execute(
            insert(spot_checks)
            .values(
                practice=practice.number, manager=manager_id, kpi=definition.id,
                first_month=first.code, last_month=last.code, seed=chosen, records=len(found),
                revision=data_version(connection, practice), drawn_by=actor.label,
                drawn_user=actor.user, drawn_at=now(),
            )
            .returning(spot_checks.c.number)
        ).scalar_one()  # fmt: skip
        connection.execute(
            insert(spot_checked),
            [
                {"practice": practice.number, "spot_check": number, "place": place,
                 "dataset": dataset, "upload": upload, "line": line}
                for place, (dataset, upload, line) in enumerate(drawn(found, chosen), start=1)
            ],
        )  # fmt: skip
        said = f"spot check {number} of {definition.id} drawn, {first} to {last}"
        trail.note(connection, actor, "spot_check", said, practice.number, seed=chosen)
        row = connection.execute(select(spot_checks).where(spot_checks.c.number == number)).one()
        return _spot_check(connection, row)


def _refuse_sealed(
    connection: Connection, practice: Practice, kpi: Kpi, first: Month, last: Month
) -> None:
    """A draw from what is left of a sealed month would not be one from its records."""
    seal = seal_of(connection, practice.number)
    if any(first.code < seal.of(dataset) for dataset in datasets_of(kpi)):
        raise InputError(
            f"Nothing can be drawn from {first} to {last}: {not_kept_words(seal.before)}."
        )


def drawn(found: set[Source], seed: str) -> list[Source]:
    """The records that a seed draws, in their order: those with the lowest SHA-256 of the seed and
    where they came from, so that neither the database nor the order of its rows matters."""

    def lot(source: Source) -> bytes:
        return hashlib.sha256("|".join(map(str, (seed, *source))).encode()).digest()

    return nsmallest(SIZE, found, key=lot)


def tick(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    number: int,
    place: int,
    outcome: str,
    note: str = "",
) -> None:
    """Keeps what the source system said of one record.

    What is ticked may be ticked again until all are. Raises NotFound, NotPermitted, and InputError
    for an outcome that is none, a difference without a note, and a spot check that is done.
    """
    require(actor, "spot_check", practice_id)
    if outcome not in OUTCOMES:
        raise InputError(f"A record {', '.join(OUTCOMES)}, not '{outcome}'.")
    said = note.strip()
    if outcome == "differs" and not said:
        raise InputError("Say in the note what differs; no patient's name.")
    if len(said) > _LONGEST_NOTE:
        raise InputError(f"A note has up to {_LONGEST_NOTE} characters.")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        row = connection.execute(
            select(spot_checks).where(
                spot_checks.c.practice == practice.number, spot_checks.c.number == number
            )
        ).first()
        found = None if row is None else _spot_check(connection, row)
        if found is None or not 1 <= place <= len(found.rows):
            raise NotFound(f"{practice_id} has no record {place} of a spot check {number}.")
        if found.done:
            raise InputError(f"Spot check {number} is done; draw another one.")
        connection.execute(
            update(spot_checked)
            .where(
                spot_checked.c.practice == practice.number,
                spot_checked.c.spot_check == number,
                spot_checked.c.place == place,
            )
            .values(outcome=outcome, note=said or None, by=actor.label, at=now())
        )
        about = f"spot check {number}, record {place}: {outcome.replace('_', ' ')}"
        trail.note(connection, actor, "spot_check", about, practice.number)


def spot_checks_of(
    engine: Engine, actor: Actor, manager_id: str, practice_id: str, kpi_id: str | None = None
) -> list[SpotCheck]:
    """A manager's spot checks at a practice, of one KPI or of all, newest first.

    Raises NotFound and NotPermitted.
    """
    require_score(actor, practice_id, manager_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        query = select(spot_checks).where(
            spot_checks.c.practice == practice.number,
            spot_checks.c.manager == known_manager(connection, manager_id).id,
        )
        if kpi_id is not None:
            query = query.where(spot_checks.c.kpi == kpi_id)
        rows = connection.execute(query.order_by(spot_checks.c.number.desc())).all()
        return [_spot_check(connection, row) for row in rows]


def _seed(given: str | None) -> str:
    if given is None or not given.strip():
        return secrets.token_hex(4)
    seed = given.strip()
    if len(seed) > _LONGEST_SEED or not seed.isprintable():
        raise InputError(f"A seed has up to {_LONGEST_SEED} printable characters.")
    return seed


def _sources(
    connection: Connection, assignment: Assignment, kpi: Kpi, first: Month, last: Month
) -> set[Source]:
    """Where the records came from that enter the KPI's measures in the period's own months."""
    months = months_counted(connection, assignment, kpi.id, first, last)
    behind = records_behind(
        connection, assignment.practice, kpi, months, assignment.locations, of_period=True
    )
    found: set[Source] = set()
    for dataset, where in behind.items():
        table = records[dataset]
        query = select(table.c.upload, table.c.line).where(where)
        found |= {(dataset, upload, line) for upload, line in connection.execute(query)}
    return found


def _spot_check(connection: Connection, row: Row[Any]) -> SpotCheck:
    query = (
        select(spot_checked, uploads.c.file, uploads.c.status)
        .join(uploads, uploads.c.id == spot_checked.c.upload)
        .where(spot_checked.c.practice == row.practice, spot_checked.c.spot_check == row.number)
        .order_by(spot_checked.c.place)
    )
    return SpotCheck(
        number=row.number,
        kpi=row.kpi,
        first=Month.from_code(row.first_month),
        last=Month.from_code(row.last_month),
        seed=row.seed,
        records=row.records,
        revision=row.revision,
        drawn_by=row.drawn_by,
        drawn_at=row.drawn_at,
        rows=tuple(_checked(connection, each) for each in connection.execute(query).all()),
    )


def _checked(connection: Connection, row: Row[Any]) -> Checked:
    return Checked(
        place=row.place,
        dataset=row.dataset,
        upload=row.upload,
        file=row.file or "",
        line=row.line,
        values=_values(connection, row),
        undone=row.status not in STANDING,
        outcome=row.outcome,
        note=row.note or "",
        by=row.by or "",
        at=row.at or "",
    )


def _values(connection: Connection, row: Row[Any]) -> dict[str, str]:
    """What is stored of the line's record, by column; ids are no part of it."""
    table = records[row.dataset]
    line = and_(
        table.c.practice == row.practice,
        table.c.upload == row.upload,
        table.c.line == row.line,
        table.c.live == 1,
    )
    stored = connection.execute(select(table).where(line).limit(1)).first()
    shown = [each for each in dataset_named(row.dataset).stored if each.kind is not Kind.ID]
    if stored is None:
        return {}
    said = {each.name: in_words(each, stored._mapping[each.name]) for each in shown}
    return {name: words for name, words in said.items() if words}
