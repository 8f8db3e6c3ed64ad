"""Where a manager's period under way ends at the pace of the last twelve months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine

from kpi.access.actor import Actor, require, require_own, require_score
from kpi.access.managers import assigned_to, known_manager
from kpi.access.practices import get_practice
from kpi.catalogue import Kpi
from kpi.errors import NotFound
from kpi.months import Month
from kpi.review.basis.inputs import Inputs
from kpi.review.basis.periods import Period, periods_of
from kpi.review.scores.scoring import ManagerScore, score_assignment, score_manager
from kpi.role.model import Terms
from kpi.score.exclusion import excluded_months
from kpi.score.facts import Facts
from kpi.score.lacking import lacking
from kpi.score.model import KpiScore, Status
from kpi.score.pace import Pace, PeriodPace, pace, period_pace
from kpi.store.engine import reading


def pace_of(
    engine: Engine,
    actor: Actor,
    manager_id: str,
    first: Month,
    last: Month,
    practice_id: str | None = None,
) -> PeriodPace:
    """The pace of a manager's period that is not over. ``first`` to ``last``: the whole period.

    Raises NotFound and InputError where the period fits no one assignment, NotPermitted.
    """
    return pace_from(
        score_manager(engine, actor, manager_id, first, last, practice_id, so_far=True), last
    )


def running_pace(
    engine: Engine, actor: Actor, manager_id: str, practice_id: str, today: date
) -> tuple[Period, PeriodPace]:
    """The period under way of a manager at a practice, and its pace.

    Raises NotFound where none is under way, NotPermitted.
    """
    require(actor, "read_scores", practice_id)
    require_own(actor, manager_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        found = assigned_to(connection, practice, known_manager(connection, manager_id).id)
        for assignment in reversed(found):
            require_score(actor, practice.id, assignment.manager.id)
            period = periods_of(connection, assignment, today).running
            if period is not None:
                scored = score_assignment(connection, assignment, *period, so_far=True)
                return period, pace_from(scored, period[1])
    raise NotFound(
        f"{manager_id} has no period under way at {practice_id}: the last one is over, or no month "
        "of the next has data yet."
    )


def pace_document(period: Period, found: PeriodPace) -> dict[str, Any]:
    """The same as ``kpi pace --format json`` gives it; percent values are fractions."""
    return {
        "from": str(period[0]),
        "to": str(period[1]),
        "months_left": [str(month) for month in found.rest],
        "score": found.score,
        "kpis": [
            {
                "id": each.row.kpi.id,
                "so_far": each.row.result.value,
                "value": each.value,
                "low": each.low,
                "high": each.high,
                "attainment": each.points,
                "points_at_stake": each.at_stake,
                "takes": None if each.reaching is None else each.reaching.words,
                "reason": each.reason,
            }
            for each in found.rows
        ],
    }


def pace_from(scored: ManagerScore, last: Month) -> PeriodPace:
    """The pace of a score so far, of a period that ends with ``last``. Whoever has the score has
    been asked for it."""
    assignment, inputs, outcome = scored.assignment, scored.inputs, scored.score
    gated = {gate.kpi for gate in outcome.gates}
    months = assignment.months(inputs.first, last)
    rows = []
    for row in outcome.rows:
        terms = _terms(inputs, row.kpi.id)
        if terms is None:
            continue
        out = excluded_months(inputs.exclusions, row.kpi.id, months, gated=row.kpi.id in gated)
        counted = [month for month in months if month not in out]
        done = _done(row.kpi, [month for month in counted if month <= inputs.last], inputs.facts)
        rest = [month for month in counted if not done or month > done[-1]]
        without = {*inputs.leave, *out}
        rows.append(_of_kpi(row, terms, done, rest, inputs.facts, without))
    excluded = {row.kpi.id for row in outcome.rows if row.status is Status.EXCLUDED}
    caps = [
        gate.cap for gate in outcome.gates if gate.state == "breached" and gate.kpi not in excluded
    ]
    left = assignment.months(inputs.last + 1, last)
    return period_pace(rows, left, inputs.ruling[-1].minimum_coverage, caps)


def _of_kpi(
    row: KpiScore,
    terms: Terms,
    done: Sequence[Month],
    rest: Sequence[Month],
    facts: Facts,
    without: set[Month],
) -> Pace:
    if not done:
        why = row.reason or "No month of the period is complete yet."
        return Pace(row, reason=f"No pace: {why[0].lower()}{why[1:]}")
    return pace(row, terms, done, rest, facts, without)


def _done(kpi: Kpi, months: Sequence[Month], facts: Facts) -> Sequence[Month]:
    """The months up to the last complete one: an incomplete one after it is still to come."""
    for end in range(len(months), 0, -1):
        if lacking(kpi, [months[end - 1]], facts) is None:
            return months[:end]
    return ()


def _terms(inputs: Inputs, kpi: str) -> Terms | None:
    """What the last version that asks for a KPI asks of it."""
    for version in reversed(inputs.ruling):
        for terms in version.terms:
            if terms.kpi == kpi:
                return terms
    return None
