"""Notes on a month of a KPI: what happened, by whom it was noted; nothing is erased."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, insert, select, update

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.months import Month
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.month_notes import month_notes

LONGEST = 500


@dataclass(frozen=True, slots=True)
class MonthNote:
    """One note. ``own``: whoever asks wrote it."""

    number: int
    kpi: str
    month: Month
    text: str
    by: str
    at: str
    own: bool


def note_month(
    engine: Engine, actor: Actor, practice_id: str, kpi_id: str, month: Month, text: str
) -> MonthNote:
    """Notes what happened in a month, for everybody who sees the KPI at the practice. Figures stay
    as they are. Raises InputError without a text or for one too long, NotFound, NotPermitted.
    """
    require(actor, "annotate", practice_id)
    said = " ".join(text.split())
    if not said or len(said) > LONGEST:
        raise InputError(f"Say in at most {LONGEST} characters what happened in the month.")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        number = connection.execute(
            insert(month_notes)
            .values(
                practice=practice.number, kpi=kpi_id, month=month.code, text=said,
                by=actor.label, user=actor.user, at=now(),
            )
            .returning(month_notes.c.number)
        ).scalar_one()  # fmt: skip
        trail.note(
            connection, actor, "annotate", f"note {number} on {kpi_id} in {month}", practice.number
        )
        return _numbered(connection, actor, practice, number)


def withdraw_note(engine: Engine, actor: Actor, practice_id: str, number: int) -> None:
    """Takes one's own note off the chart, HR anybody's; it stays on record as withdrawn.

    Raises NotFound where there is none that stands, NotPermitted.
    """
    require(actor, "annotate", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        found = _numbered(connection, actor, practice, number)
        if not found.own and actor.kind not in ("hr", "operator"):
            raise NotPermitted(f"Note {number} is not {actor.label}'s; its writer or HR takes it.")
        connection.execute(
            update(month_notes)
            .where(month_notes.c.number == number)
            .values(withdrawn_by=actor.label, withdrawn_at=now())
        )
        trail.note(
            connection, actor, "annotate", f"withdrew note {number} on {found.kpi}",
            practice.number,
        )  # fmt: skip


def notes_on(engine: Engine, actor: Actor, practice_id: str, kpi_id: str) -> list[MonthNote]:
    """The notes that stand on a KPI's months, by month and then as written. Raises NotFound,
    NotPermitted."""
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        found = _standing(connection, actor, practice)
    return [each for each in found if each.kpi == kpi_id]


def _standing(connection: Connection, actor: Actor, practice: Practice) -> list[MonthNote]:
    query = (
        select(month_notes)
        .where(month_notes.c.practice == practice.number, month_notes.c.withdrawn_at.is_(None))
        .order_by(month_notes.c.month, month_notes.c.number)
    )
    return [
        MonthNote(
            row.number, row.kpi, Month.from_code(row.month), row.text, row.by, row.at,
            row.user is not None and row.user == actor.user,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _numbered(connection: Connection, actor: Actor, practice: Practice, number: int) -> MonthNote:
    for each in _standing(connection, actor, practice):
        if each.number == number:
            return each
    raise NotFound(f"{practice.id} has no note {number} that stands.")
