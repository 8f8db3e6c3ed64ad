"""What a scorecard rests on beside its measures: entries of the log, and spot checks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from kpi.access.managers import Assignment
from kpi.catalogue import datasets_of, measure
from kpi.months import Month, span
from kpi.review.explained.provenance import measure_months
from kpi.score.model import Score
from kpi.store.oversight import spot_checked, spot_checks
from kpi.store.standing import standing
from kpi.store.tables import uploads


def sources_of(
    connection: Connection, assignment: Assignment, score: Score
) -> list[dict[str, Any]]:
    """The entries of the log that stand and speak of a month that a KPI of the score reads, in
    the order of the log: ``{id, kind, file, sha256, dataset, months, at, by, status}``."""
    read = _months_read(score)
    query = select(uploads).where(standing(assignment.practice.number, *sorted(read)))
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "file": row.file,
            "sha256": row.sha256,
            "dataset": row.dataset,
            "months": [str(Month.from_code(code)) for code in row.months],
            "at": row.at,
            "by": row.actor,
            "status": row.status,
        }
        for row in connection.execute(query.order_by(uploads.c.id))
        if not read[row.dataset].isdisjoint({*row.months, *row.covers})
    ]


def spot_checks_json(
    connection: Connection, assignment: Assignment, first: Month, last: Month
) -> list[dict[str, Any]]:
    """The spot checks of a manager's figures within a period, oldest first, each with what became
    of its records: file and line are named, nothing that is stored of them."""
    query = select(spot_checks).where(
        spot_checks.c.practice == assignment.practice.number,
        spot_checks.c.manager == assignment.manager.id,
        spot_checks.c.first_month >= first.code,
        spot_checks.c.last_month <= last.code,
    )
    return [
        {
            "number": row.number,
            "kpi": row.kpi,
            "from": str(Month.from_code(row.first_month)),
            "to": str(Month.from_code(row.last_month)),
            "seed": row.seed,
            "records": row.records,
            "drawn_by": row.drawn_by,
            "drawn_at": row.drawn_at,
            "rows": _rows(connection, row.practice, row.number),
        }
        for row in connection.execute(query.order_by(spot_checks.c.number)).all()
    ]


def _months_read(score: Score) -> dict[str, set[int]]:
    """By dataset, the months that the KPIs read: the period's own and those compared with."""
    found: dict[str, set[int]] = {}
    months = span(score.first, score.last)
    for row in score.rows:
        for dataset in datasets_of(row.kpi):
            found.setdefault(dataset, set()).update(month.code for month in months)
        for name, codes in measure_months(row.kpi, months).items():
            found.setdefault(measure(name).dataset, set()).update(codes)
    return found


def _rows(connection: Connection, practice: int, number: int) -> list[dict[str, Any]]:
    query = (
        select(spot_checked, uploads.c.file)
        .join(uploads, uploads.c.id == spot_checked.c.upload)
        .where(spot_checked.c.practice == practice, spot_checked.c.spot_check == number)
        .order_by(spot_checked.c.place)
    )
    return [
        {
            "place": row.place,
            "dataset": row.dataset,
            "upload": row.upload,
            "file": row.file,
            "line": row.line,
            "outcome": row.outcome,
            "note": row.note,
            "by": row.by,
            "at": row.at,
        }
        for row in connection.execute(query)
    ]
