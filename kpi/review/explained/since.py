"""What changed since a day: each event that moved a KPI's figure, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, select

from kpi.access.actor import Actor
from kpi.access.managers import Assignment, assignment_for
from kpi.access.practices import Practice
from kpi.catalogue import Kpi, datasets_of, measures_of
from kpi.errors import InputError
from kpi.measures.defined import stored_name
from kpi.measures.figure_log import Event, Recorded, first_event, recorded_since, started
from kpi.measures.figures import FigureKind
from kpi.months import Month, span
from kpi.review.basis.exclusions import months_counted
from kpi.review.basis.facts import build_facts
from kpi.review.basis.past import Past
from kpi.review.basis.versions import kpi_asked
from kpi.score.as_json import whole
from kpi.score.model import Result
from kpi.score.result import result
from kpi.store.clock import today
from kpi.store.engine import reading
from kpi.store.tables import uploads


@dataclass(frozen=True, slots=True)
class Change:
    """An event that moved the figure. ``file`` and ``kind`` are those of its upload."""

    event: Event
    file: str | None
    kind: str | None
    before: Result
    after: Result


@dataclass(frozen=True, slots=True)
class Since:
    """A KPI's figure at the start of a day, what moved it since, oldest first, and what it is now.

    Each change begins with what the one before it left. ``begins``: the figure is followed only
    from then on, because what happened before was not recorded. ``not_followed``: measures of
    which an assignment's locations together keep no figure; there are no changes to show then.
    """

    kpi: Kpi
    assignment: Assignment
    day: date
    begins: Event | None
    not_followed: tuple[str, ...]
    then: Result
    changes: tuple[Change, ...]
    now: Result


def changed_since(
    engine: Engine,
    actor: Actor,
    kpi_id: str,
    manager_id: str,
    first: Month,
    last: Month,
    day: date,
    practice_id: str | None = None,
) -> Since:
    """What moved a KPI over a period since the start of a day by the practice's own clock.

    All figures are by the formula and the role of today. Raises NotFound, InputError for a day
    that is still to come, and NotPermitted.
    """
    with reading(engine) as connection:
        assignment = assignment_for(connection, actor, manager_id, first, last, practice_id)
        practice, places = assignment.practice, assignment.locations
        if day > today(practice.timezone):
            raise InputError(f"{day} is still to come; give a day up to today.")
        definition = kpi_asked(connection, practice, assignment.role, kpi_id)
        months = months_counted(connection, assignment, definition.id, first, last)
        read = span(months[0] - 13, months[-1])
        facts = build_facts(connection, practice, [definition], read, places)
        begins, events = _followed(connection, practice, definition, day)
        past = Past(connection, practice, events)
        now = result(definition, months, facts)
        not_followed = past.not_followed(measures_of(definition), places)
        changes: list[Change] = []
        after = now
        files = files_of(connection, events)
        for each in () if not_followed else reversed(events):
            past.take_back(each.moves)
            before = result(definition, months, past.facts(facts, places))
            if (before.status, before.value) != (after.status, after.value):
                file, kind = files.get(each.event.upload, (None, None))
                changes.append(Change(each.event, file, kind, before, after))
            after = before
    return Since(
        definition, assignment, day, begins, tuple(not_followed), after, tuple(reversed(changes)),
        now,
    )  # fmt: skip


def since_document(found: Since) -> dict[str, Any]:
    """The same as ``kpi explain --since --format json`` gives it."""
    return {
        "day": found.day.isoformat(),
        "recorded_from": found.begins.at if found.begins else None,
        "not_followed": list(found.not_followed),
        "then": None if found.not_followed else _document(found.then),
        "changes": [
            {
                "at": each.event.at,
                "cause": each.event.cause.value,
                "dataset": each.event.dataset,
                "upload": each.event.upload,
                "file": each.file,
                "actor": each.event.actor,
                "before": _document(each.before),
                "after": _document(each.after),
            }
            for each in found.changes
        ],
        "now": _document(found.now),
    }


def _document(found: Result) -> dict[str, Any]:
    return {
        "status": found.status.value,
        "value": found.value,
        "numerator": whole(found.numerator),
        "denominator": whole(found.denominator),
        "n": whole(found.n),
    }


def _followed(
    connection: Connection, practice: Practice, kpi: Kpi, day: date
) -> tuple[Event | None, list[Recorded]]:
    """The events since a day that may have moved a KPI; where they begin later, with what."""
    midnight = datetime.combine(day, time(), ZoneInfo(practice.timezone)).astimezone(UTC)
    first = first_event(connection, practice.number, midnight.strftime("%Y-%m-%dT%H:%M:%SZ"))
    begins = started(connection, practice.number)
    if begins is not None:
        begins = begins if begins.id >= first else None
        first = max(first, begins.id + 1) if begins else first
    events = recorded_since(connection, practice.number, datasets_of(kpi), first)
    own = {stored_name(name) for name in measures_of(kpi)}
    for each in events:
        figures = (move.figure for move in each.moves)
        if any(figure.kind is FigureKind.DEFINED and figure.name in own for figure in figures):
            begins = each.event
    return begins, [each for each in events if begins is None or each.event.id > begins.id]


def files_of(
    connection: Connection, events: Sequence[Recorded]
) -> dict[int | None, tuple[str | None, str]]:
    """File and kind of the uploads that the events are of, by upload."""
    ids = {each.event.upload for each in events} - {None}
    query = select(uploads.c.id, uploads.c.file, uploads.c.kind).where(uploads.c.id.in_(ids))
    return {id: (file, kind) for id, file, kind in connection.execute(query)}
