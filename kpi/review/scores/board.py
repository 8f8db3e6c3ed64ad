"""The month-end board: which month of which dataset is there, and who needs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, select

from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.catalogue import datasets_of
from kpi.datasets import all_datasets
from kpi.errors import NotFound
from kpi.measures.completeness import presences
from kpi.measures.sealed import seal_of
from kpi.months import Month, span
from kpi.review.basis.periods import data_span
from kpi.review.basis.versions import published
from kpi.store.engine import reading
from kpi.store.tables import assignments


def board(
    engine: Engine, actor: Actor, practice_id: str, months: Sequence[Month] | None = None
) -> list[dict[str, Any]]:
    """Each dataset's months, as ``kpi status --format json`` gives them, with a note in words.

    Without ``months``: from the first month with data to the one after the last, which is the
    next one to upload. ``needed_by``: KPIs of the roles in force at the practice; ``sealed``: the
    month's figures stay for good, and its records are no longer kept.
    """
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        if months is None:
            held = data_span(connection, practice)
            months = span(held[0], held[1] + 1) if held else ()
        needed = _needed(connection, practice, months[-1] if months else None)
        seal = seal_of(connection, practice.number)
        there = presences(
            connection, practice.number, [each.name for each in all_datasets()], months
        )
        return [
            {
                "dataset": dataset,
                "month": str(month),
                "state": each.state,
                "rows": each.rows,
                "quarantined": each.quarantined,
                "last_day": each.last_day,
                "needed_by": needed.get(dataset, []),
                "note": each.note,
                "attested": each.attested,
                "pending": each.pending,
                "sealed": month.code < seal.of(dataset),
            }
            for dataset, states in there.items()
            for month, each in states.items()
        ]


def _needed(
    connection: Connection, practice: Practice, month: Month | None
) -> dict[str, list[str]]:
    """The KPIs that read each dataset, of the newest version of each role at the practice."""
    roles = connection.execute(
        select(assignments.c.role).where(assignments.c.practice == practice.number).distinct()
    ).scalars()
    found: dict[str, set[str]] = {}
    for role in roles:
        try:
            versions = published(connection, practice, role)
        except NotFound:
            continue
        ruling = [each for each in versions if month is None or each.effective <= month]
        newest = (ruling or versions)[-1].role
        for target in newest.targets:
            for dataset in datasets_of(newest.kpi(target.kpi)):
                found.setdefault(dataset, set()).add(target.kpi)
    return {dataset: sorted(kpis) for dataset, kpis in found.items()}
