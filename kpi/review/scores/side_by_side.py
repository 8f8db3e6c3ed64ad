"""Practices side by side: whose scores an actor may compare, each for a review period of its own.

Practices have fiscal years and roles of their own, so their review periods need not be the same:
each shows the last that is complete, or the one that had ended by the end of a chosen one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Engine

from kpi.access.actor import Actor, require
from kpi.access.managers import Assignment, list_assignments
from kpi.access.practices import Practice, list_practices
from kpi.months import Month
from kpi.review.basis.periods import Period, periods_of
from kpi.review.basis.versions import roles_of
from kpi.store.engine import reading

Lack = Literal["manager", "role", "period"]
"""What a practice has none of: anybody who is assigned, the role published, a complete period."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One practice under one assignment. ``period``: the review period that is shown, None where
    there is none, and ``lacks`` says why; ``assignment`` None where nobody is assigned."""

    practice: Practice
    assignment: Assignment | None
    period: Period | None
    lacks: Lack | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What stands side by side, by the practices' names. ``periods``: those to choose from, newest
    first; ``chosen``: the one that the lines go by, None for the last complete one of each."""

    lines: tuple[Beside, ...]
    periods: tuple[Period, ...]
    chosen: Period | None


def has_several(actor: Actor, assignments: Sequence[Assignment]) -> bool:
    """Whether there is anything to compare among the assignments that an actor sees: for a manager
    several practices, since her time at one is told by its own periods; for others several of
    them."""
    if actor.kind == "manager":
        return len({each.practice.id for each in assignments}) > 1
    return len(assignments) > 1


def practices_side_by_side(
    engine: Engine, actor: Actor, today: date, wanted: Period | None = None
) -> SideBySide:
    """The practices that the actor may compare, in the order of their names and never of figures.

    Without a wanted period, or with one that none of them has, those assigned today; with one
    those who were assigned in it. A manager sees her own. Raises NotPermitted.
    """
    require(actor, "read_scores")
    known = list_assignments(engine, actor)
    with reading(engine) as connection:
        complete = {each.number: periods_of(connection, each, today).complete for each in known}
        roles = {each.practice: roles_of(connection, each.practice) for each in known}
    periods = sorted({each for found in complete.values() for each in found}, key=_newest)
    chosen = wanted if wanted in periods else None
    during = chosen or (Month.of(today), Month.of(today))
    lines = [
        _line(each, complete[each.number], chosen, each.role in roles[each.practice])
        for each in known
        if each.spanned(*during)
    ]
    if actor.kind != "manager":
        there = {each.practice for each in lines}
        rest = [each for each in list_practices(engine, actor) if each not in there]
        lines += [Beside(each, None, None, "manager") for each in rest]
    return SideBySide(tuple(sorted(lines, key=_name)), tuple(periods), chosen)


def _line(
    assignment: Assignment, complete: Sequence[Period], chosen: Period | None, has_role: bool
) -> Beside:
    found = complete
    if chosen is not None and chosen in complete:
        found = [chosen]
    elif chosen is not None:
        found = [each for each in complete if each[1] <= chosen[1]]
    if found:
        return Beside(assignment.practice, assignment, found[0], None)
    return Beside(assignment.practice, assignment, None, "period" if has_role else "role")


def _newest(period: Period) -> tuple[int, int]:
    first, last = period
    return -last.code, -first.code


def _name(line: Beside) -> tuple[str, str, int]:
    assignment = line.assignment
    who = ("", 0) if assignment is None else (assignment.manager.name, assignment.number)
    return line.practice.name.casefold(), *who
