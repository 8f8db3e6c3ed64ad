"""What a practice still has in quarantine, in words."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from kpi.access.actor import Actor, require
from kpi.access.practices import get_practice
from kpi.datasets import all_datasets
from kpi.ingest.reasons import reason_sentence
from kpi.measures.quarantine import set_aside, unsettled
from kpi.months import Month
from kpi.store.engine import reading


@dataclass(frozen=True, slots=True)
class Refused:
    """A row in quarantine. ``found`` is empty where the value might identify a patient."""

    upload: int
    file: str
    dataset: str
    months: tuple[Month, ...]
    line: int
    column: str
    found: str
    why: str


def in_quarantine(engine: Engine, actor: Actor, practice_id: str) -> list[Refused]:
    """The rows of standing uploads that are not settled yet, dataset by dataset.

    A row is settled by a later file that brings or restates it, or by a dismissal.
    """
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        ever = set_aside(connection, practice.number)
        return [
            Refused(
                upload=row.upload,
                file=row.file,
                dataset=dataset.name,
                months=tuple(Month.from_code(code) for code in sorted(row.months)),
                line=row.line,
                column=row.column,
                found=row.found or "",
                why=reason_sentence(dataset, row.column, row.reason),
            )
            for dataset in all_datasets()
            if dataset.name in ever
            for row in unsettled(connection, practice.number, dataset)
        ]
