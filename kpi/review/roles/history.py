"""A practice's past months of a KPI, which a target is held against before it binds anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Engine

from kpi.access.actor import Actor, require
from kpi.access.practices import get_practice
from kpi.catalogue import Kpi
from kpi.months import Month, span
from kpi.review.basis.baselines import months_read
from kpi.review.basis.facts import build_facts
from kpi.review.basis.periods import data_span
from kpi.role.model import Baseline
from kpi.score.result import result
from kpi.score.trend import trends
from kpi.store.engine import reading

Points = Mapping[Month, float | None]

MONTHS = 24
_BEFORE = 13  # what a month may be compared with, and the month that opens that


def monthly_history(
    engine: Engine, actor: Actor, practice_id: str, kpis: Sequence[Kpi]
) -> dict[str, Points]:
    """Each KPI's value in each of the last 24 months that the practice has data of, by its id and
    in its own unit; None where a month has no value. Empty where there is no data yet.

    Of the whole practice, whoever managed it. Raises NotFound and NotPermitted.
    """
    require(actor, "publish_role", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        held = data_span(connection, practice)
        if held is None:
            return {}
        months = span(max(held[0], held[1] - (MONTHS - 1)), held[1])
        facts = build_facts(connection, practice, kpis, span(months[0] - _BEFORE, months[-1]))
    found: dict[str, Points] = dict(trends(kpis, months, facts))
    return found


def months_held(engine: Engine, actor: Actor, practice_id: str) -> tuple[Month, ...]:
    """Every month from the first to the last that the practice has data of; none where it has
    none. Raises NotFound and NotPermitted."""
    require(actor, "publish_role", practice_id)
    with reading(engine) as connection:
        held = data_span(connection, get_practice(connection, practice_id))
    return () if held is None else span(*held)


def baseline_value(
    engine: Engine, actor: Actor, practice_id: str, kpi: Kpi, baseline: Baseline
) -> float | None:
    """The KPI's value over a baseline's months, in its own unit; None where there is none yet.

    Raises NotFound and NotPermitted.
    """
    require(actor, "publish_role", practice_id)
    months = span(baseline.first, baseline.last)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        facts = build_facts(connection, practice, [kpi], months_read(kpi, baseline))
    return result(kpi, months, facts).value
