"""The log of figures: what each change to the log of uploads moved, written as it happens.

Taking the moves back, the latest first, gives the figures as they stood at any earlier moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from kpi.measures.conditions import conditions
from kpi.measures.figures import Figure, FigureKind, FigureMove, Figures, differences
from kpi.store.clock import now
from kpi.store.tables import (
    WHOLE,
    assignments,
    dataset_months,
    figure_events,
    figure_moves,
)

_GONE = "removed "
"""How the log names a location that nothing else names any more; a number follows."""


class Cause(StrEnum):
    """Why figures moved."""

    STARTED = "started"  # nothing moved: the log begins here, and there was data before
    LOADED = "loaded"
    UNDONE = "undone"
    ATTESTED = "attested"
    COUNTERSIGNED = "countersigned"
    DISMISSED = "dismissed"
    CATEGORISED = "categorised"  # an account of the ledger
    DEFINED = "defined"  # a role's own measure was computed for the first time
    MENDED = "mended"  # by kpi doctor


@dataclass(frozen=True, slots=True)
class Event:
    """One change to a dataset; ``upload``: the entry of the log that was loaded, undone, ..."""

    id: int
    cause: Cause
    dataset: str | None
    upload: int | None
    actor: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with the figures that it moved."""

    event: Event
    moves: tuple[FigureMove, ...]


@contextmanager
def recorded(
    connection: Connection,
    practice: int,
    dataset: str,
    cause: Cause,
    actor: str,
    upload: int | None = None,
) -> Iterator[list[FigureMove]]:
    """Writes down what is done within: the figures that it adds to the list it is given, and what
    else months are judged by."""
    before, moves = conditions(connection, practice, dataset), list[FigureMove]()
    yield moves
    record(connection, practice, dataset, cause, actor, upload, moves, before)


def record(
    connection: Connection,
    practice: int,
    dataset: str,
    cause: Cause,
    actor: str,
    upload: int | None,
    moves: Iterable[FigureMove],
    before: Figures | None = None,
) -> None:
    """Writes an event down, in the transaction that it happens in; nothing where nothing moved.

    ``before``: what the dataset's months were judged by before it began.
    """
    every = list(moves)
    if before is not None:
        every += differences(before, conditions(connection, practice, dataset))
    if not every:
        return
    event = connection.execute(
        insert(figure_events)
        .values(
            practice=practice, cause=cause, dataset=dataset, upload=upload, actor=actor, at=now()
        )
        .returning(figure_events.c.id)
    ).scalar_one()
    connection.execute(
        insert(figure_moves),
        [{"practice": practice, "event": event, **row} for row in _rows(every)],
    )


def _rows(moves: Iterable[FigureMove]) -> Iterator[dict[str, Any]]:
    """A row a figure; the minutes of a histogram's month and location are one."""
    histograms: dict[tuple[str, int, str], dict[str, list[float | None]]] = defaultdict(dict)
    for (kind, name, month, location, minutes), before, after in moves:
        if kind is FigureKind.HISTOGRAM:
            histograms[name, month, location][str(minutes)] = [before, after]
        else:
            yield {"kind": kind, "name": name, "month": month, "location": location,
                   "before": before, "after": after, "minutes": None}  # fmt: skip
    for (name, month, location), counts in histograms.items():
        yield {"kind": FigureKind.HISTOGRAM, "name": name, "month": month, "location": location,
               "before": None, "after": None, "minutes": counts}  # fmt: skip


def recorded_since(
    connection: Connection, practice: int, datasets: Collection[str], first: int
) -> list[Recorded]:
    """The events from ``first`` on, of some datasets, in their order, each with what it moved."""
    table = figure_moves
    wanted = (
        figure_events.c.practice == practice,
        figure_events.c.dataset.in_(datasets),
        figure_events.c.id >= first,
    )
    events = [
        Event(row.id, Cause(row.cause), row.dataset, row.upload, row.actor, row.at)
        for row in connection.execute(
            select(figure_events).where(*wanted).order_by(figure_events.c.id)
        )
    ]
    moves: dict[int, list[FigureMove]] = defaultdict(list)
    query = (
        select(table)
        .join(figure_events, figure_events.c.id == table.c.event)
        .where(table.c.practice == practice, table.c.event >= first, *wanted)
    )
    for row in connection.execute(query):
        kind = FigureKind(row.kind)
        for minutes, (before, after) in (row.minutes or {"0": (row.before, row.after)}).items():
            figure = Figure(kind, row.name, row.month, row.location, int(minutes))
            moves[row.event].append(FigureMove(figure, before, after))
    return [Recorded(each, tuple(moves[each.id])) for each in events]


def first_event(connection: Connection, practice: int, moment: str) -> int:
    """The first event at a moment (``2026-01-31T17:05:00Z``) or after it; one that is still to
    come where there is none."""
    table = figure_events
    query = select(func.min(table.c.id)).where(table.c.practice == practice, table.c.at >= moment)
    found = connection.execute(query).scalar_one()
    return int(found) if found is not None else next_event(connection)


def next_event(connection: Connection) -> int:
    """An event later than all that there are."""
    return int(connection.execute(select(func.max(figure_events.c.id))).scalar_one() or 0) + 1


def started(connection: Connection, practice: int) -> Event | None:
    """Where the log begins, of a practice that had data before; None where it has all of it."""
    query = select(figure_events).where(
        figure_events.c.practice == practice, figure_events.c.cause == Cause.STARTED
    )
    row = connection.execute(query).first()
    return None if row is None else Event(row.id, Cause.STARTED, None, None, None, row.at)


def forget_locations(connection: Connection, practice: int) -> None:
    """Gives locations that no figure and no assignment names any more another name in the log.

    What somebody wrote there is gone with the upload that brought it; the sums stay, so that the
    whole practice is still followed exactly.
    """
    kept = {"", WHOLE}
    held = select(dataset_months.c.location).where(dataset_months.c.practice == practice)
    kept.update(connection.execute(held.distinct()).scalars())
    named = select(assignments.c.locations).where(assignments.c.practice == practice)
    kept.update(place for places in connection.execute(named).scalars() for place in places)
    table = figure_moves
    logged = select(table.c.location).where(table.c.practice == practice).distinct()
    for place in sorted(connection.execute(logged).scalars()):
        if place not in kept and not place.startswith(_GONE):
            connection.execute(
                update(table)
                .where(table.c.practice == practice, table.c.location == place)
                .values(location=f"{_GONE}{token_hex(8)}")
            )


def events_of(connection: Connection, practice: int, upload: int) -> Sequence[int]:
    """The events of one entry of the log of uploads, in their order."""
    table = figure_events
    query = select(table.c.id).where(table.c.practice == practice, table.c.upload == upload)
    return list(connection.execute(query.order_by(table.c.id)).scalars())
