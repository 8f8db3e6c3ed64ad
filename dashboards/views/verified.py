"""What verifying a final scorecard gives, in words."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.views.words import count_of, listed
from kpi.numbers import show_score
from kpi.report.changes import event_happened, moment, standing
from kpi.review.frozen.restating import KpiMove, Restated, Restatement
from kpi.review.frozen.verifying import Verification


@dataclass(frozen=True, slots=True)
class Event:
    """An event that moved a figure since: when, what was done, what moved, the score after it."""

    at: str
    what: str
    moves: tuple[str, ...]
    score: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. ``verdict`` in a sentence; ``faults``: what is not as it was frozen."""

    ok: bool
    verdict: str
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    sha256: str
    since: str
    events: tuple[Event, ...]
    unexplained: tuple[str, ...]


def checked(found: Verification, zone: str) -> Checked:
    """The findings of a check; ``zone``: the practice's, for moments."""
    restated = found.restated
    return Checked(
        ok=found.ok,
        verdict=(
            "It is, byte for byte, what was frozen, and its score follows from its own measures."
            if found.ok
            else f"It is not what was frozen: {count_of(len(found.faults), 'fault')}."
        ),
        faults=found.faults,
        notes=found.notes,
        sha256=found.sha256,
        since=since_words(found),
        events=() if restated is None else tuple(_event(each, zone) for each in restated.events),
        unexplained=()
        if restated is None
        else tuple(
            f"No upload, undo or declaration explains that {_move(each)}."
            for each in restated.unexplained
        ),
    )


def since_words(found: Verification) -> str:
    """Whether anything was restated since, and what the score would be now; empty for nothing."""
    restated = found.restated
    if restated is None:
        return ""
    if restated.not_followed:
        return (
            "What moved since cannot be followed for several locations together: "
            f"{listed([each.replace('_', ' ') for each in restated.not_followed])}."
        )
    if not restated.events and not restated.unexplained:
        return ""
    return _now(found.score, restated)


def _now(frozen: float | None, restated: Restated) -> str:
    count = len(restated.events)
    said = f"Restated since by {count_of(count, 'event')}" if count else "Its data differs since"
    if restated.score is None:
        return f"{said}: there would be no score now."
    if show_score(restated.score) == show_score(frozen):
        return f"{said}: the score would still be {show_score(restated.score)}."
    return f"{said}: the score would be {show_score(restated.score)} now."


def _event(each: Restatement, zone: str) -> Event:
    return Event(
        at=moment(each.event.at, zone),
        what=event_happened(
            each.event.cause.value, each.event.dataset, each.event.upload, each.file, each.kind
        ),
        moves=tuple(_move(move) for move in each.moves),
        score=f"{show_score(each.before)} → {show_score(each.after)}",
    )


def _move(move: KpiMove) -> str:
    return f"{move.name} {standing(move.before, move.unit)} → {standing(move.after, move.unit)}"
