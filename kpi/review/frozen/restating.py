"""What was restated since a scorecard was frozen: each event that moved it, and the score now.

The role, the exclusions and the months stay as they were frozen; only the data is that of today,
taken back one event after the other until it is what it was.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from kpi.access.practices import Practice
from kpi.catalogue import datasets_of, measures_of
from kpi.measures.figure_log import Event, recorded_since
from kpi.months import Month, span
from kpi.review.basis.facts import build_facts
from kpi.review.basis.inputs import Inputs, score_of
from kpi.review.basis.past import Past
from kpi.review.explained.since import files_of
from kpi.review.frozen.recomputing import inputs_from
from kpi.score.facts import Facts
from kpi.score.model import KpiScore, Result, Score

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class KpiMove:
    """A KPI's result before and after an event."""

    kpi: str
    name: str
    unit: str
    before: Result
    after: Result


@dataclass(frozen=True, slots=True)
class Restatement:
    """An event since that moved a figure of the scorecard. ``file`` and ``kind``: its upload's."""

    event: Event
    file: str | None
    kind: str | None
    moves: tuple[KpiMove, ...]
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Restated:
    """What was restated since: the events, oldest first, and the score as it would be now.

    ``unexplained``: KPIs whose figure no event explains, as the database gives them now without
    any event since. ``not_followed``: measures of which several locations together keep no figure.
    """

    events: tuple[Restatement, ...]
    score: float | None
    rating: str | None
    unexplained: tuple[KpiMove, ...]
    not_followed: tuple[str, ...]


def restated_since(
    connection: Connection, practice: Practice, document: Mapping[str, Any]
) -> Restated:
    """What moved the figures of a frozen document since. Whoever calls has asked whether the actor
    may see the score."""
    frozen = inputs_from(document)
    then = score_of(frozen)
    places = tuple(document["locations"])
    kpis = [row.kpi for row in then.rows]
    facts = build_facts(connection, practice, kpis, _months_read(frozen), places)
    names = sorted({name for each in kpis for name in datasets_of(each)})
    events = recorded_since(connection, practice.number, names, document["events_through"] + 1)
    past = Past(connection, practice, events)
    measures = {name for each in kpis for name in measures_of(each)}
    not_followed = past.not_followed(measures, places)
    now = after = _scored(frozen, facts)
    found = []
    files = files_of(connection, events)
    for each in () if not_followed else reversed(events):
        past.take_back(each.moves)
        before = _scored(frozen, past.facts(facts, places))
        moves = moved(before, after)
        if moves:
            file, kind = files.get(each.event.upload, (None, None))
            found.append(Restatement(each.event, file, kind, moves, before.score, after.score))
        after = before
    return Restated(
        events=tuple(reversed(found)),
        score=now.score,
        rating=now.rating,
        unexplained=() if not_followed else moved(then, after),
        not_followed=tuple(not_followed),
    )


def moved(before: Score, after: Score) -> tuple[KpiMove, ...]:
    """The KPIs whose status or value differ between two scores of the same rows."""
    later = {row.kpi.id: row for row in after.rows}
    return tuple(
        KpiMove(row.kpi.id, row.kpi.name, row.kpi.unit.value, row.result, later[row.kpi.id].result)
        for row in before.rows
        if row.kpi.id in later and not _same(row, later[row.kpi.id])
    )


def _same(one: KpiScore, other: KpiScore) -> bool:
    a, b = one.result, other.result
    if (a.status, a.pending) != (b.status, b.pending) or (a.value is None) != (b.value is None):
        return False
    if a.value is None or b.value is None:
        return True
    return math.isclose(a.value, b.value, rel_tol=_TOLERANCE, abs_tol=1e-12)


def _scored(frozen: Inputs, facts: Facts) -> Score:
    return score_of(replace(frozen, facts=facts))


def _months_read(frozen: Inputs) -> Sequence[Month]:
    start = frozen.first - 13
    return span(min(start, frozen.history[0]) if frozen.history else start, frozen.last)
