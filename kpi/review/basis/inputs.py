"""All that a score follows from: the role versions in force, the measures, the months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from kpi.access.managers import Assignment
from kpi.catalogue import Kpi
from kpi.months import Month, span
from kpi.review.basis.exclusions import standing
from kpi.review.basis.facts import build_facts
from kpi.review.basis.past import Past
from kpi.review.basis.periods import data_span
from kpi.review.basis.rebasing import rebased
from kpi.review.basis.versions import PublishedVersion, published, versions_in_force
from kpi.score.exclusion import Exclusion
from kpi.score.facts import Facts
from kpi.score.model import Rebased, Score, VersionInForce
from kpi.score.scoring import score


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a score is computed from; the same inputs give the same score.

    ``ruling``: the versions in force and the months that each judges. ``first`` and ``last``: the
    months that score. ``history``: the months that charts show. ``since``: the assignment's first
    month. ``held``: the first and the last month with a record. ``leave``: months of leave,
    whenever they are. ``exclusions``: what HR took out of the period. ``rebased``: by KPI, from
    which months on charts have limits of their own.
    """

    versions: tuple[PublishedVersion, ...]
    ruling: tuple[VersionInForce, ...]
    first: Month
    last: Month
    facts: Facts
    history: tuple[Month, ...]
    so_far: bool
    since: Month
    held: tuple[Month, Month] | None
    leave: tuple[Month, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    rebased: Mapping[str, tuple[Rebased, ...]] = field(default_factory=dict)


def inputs_of(
    connection: Connection,
    assignment: Assignment,
    first: Month,
    last: Month,
    so_far: bool = False,
    past: Past | None = None,
) -> Inputs:
    """The inputs of an assignment's months, as a connection sees the figures, or as they stood in
    the ``past``. Raises NotFound where no role is published."""
    held = data_span(connection, assignment.practice) if past is None else past.span
    months = assignment.months(first, last)
    if so_far and held is not None:
        months = tuple(month for month in months if month <= held[1]) or months
    every = published(connection, assignment.practice, assignment.role)
    ruling = versions_in_force(every, months)
    # A role scores from its first effective month on; what lies before is history as well.
    months = tuple(month for each in ruling for month in each.months) or months
    read = _months_to_read(months, held)
    facts = build_facts(connection, assignment.practice, _kpis(every), read, assignment.locations)
    if past is not None:
        facts = past.facts(facts, assignment.locations)
    in_force = {each.version for each in ruling}
    return Inputs(
        versions=tuple(each for each in every if each.role.version in in_force),
        ruling=tuple(ruling),
        first=months[0],
        last=months[-1],
        facts=facts,
        history=tuple(month for month in read if held and held[0] <= month <= months[-1]),
        so_far=so_far,
        since=assignment.first,
        held=held,
        leave=assignment.leave,
        exclusions=tuple(
            each.exclusion for each in standing(connection, assignment, months[0], months[-1])
        ),
        rebased=rebased(connection, assignment.practice),
    )


def score_of(inputs: Inputs) -> Score:
    """The score that the inputs give."""
    return _score(inputs, inputs.exclusions)


def score_without(inputs: Inputs) -> Score | None:
    """The score had HR taken nothing out; None where nothing is."""
    return _score(inputs, ()) if inputs.exclusions else None


def _score(inputs: Inputs, exclusions: Sequence[Exclusion]) -> Score:
    return score(
        inputs.ruling,
        inputs.first,
        inputs.last,
        inputs.facts,
        history=inputs.history,
        exclusions=exclusions,
        leave=inputs.leave,
        so_far=inputs.so_far,
        since=inputs.since,
        rebased=inputs.rebased,
    )


def _kpis(versions: Sequence[PublishedVersion]) -> list[Kpi]:
    return [each.role.kpi(target.kpi) for each in versions for target in each.role.targets]


def _months_to_read(months: Sequence[Month], held: tuple[Month, Month] | None) -> list[Month]:
    """The period, the year before it and the month that opens that, and all history for charts."""
    start = months[0] - 13
    return list(span(min(start, held[0]) if held else start, months[-1]))
