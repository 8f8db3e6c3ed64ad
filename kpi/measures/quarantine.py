"""Rows in quarantine that still stand against a month: neither mended, restated nor dismissed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, exists, or_, select

from kpi.datasets import Dataset
from kpi.datasets import dataset as dataset_named
from kpi.measures.sealed import sealed_before, sealed_refusals
from kpi.store.standing import standing
from kpi.store.tables import claims, dismissals, quarantined, records, uploads


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One such row. ``months``: the month it lies in, or all that its file speaks of; sealed ones
    left out, against which no row stands any more that did not when they were sealed."""

    upload: int
    file: str
    line: int
    column: str
    reason: str
    found: str | None
    months: frozenset[int]


def set_aside(connection: Connection, practice: int) -> set[str]:
    """The datasets of which there ever were rows in quarantine: mostly none."""
    query = (
        select(uploads.c.dataset)
        .join(quarantined, uploads.c.id == quarantined.c.upload)
        .where(quarantined.c.practice == practice)
        .distinct()
    )
    return set(connection.execute(query).scalars())


def unsettled(connection: Connection, practice: int, dataset: Dataset) -> list[Unsettled]:
    """A dataset's rows in quarantine, those settled since left out, in the order of the log.

    A row is settled when a later upload brings its key, restates its months where the key could
    not be read (or the dataset is replaced by period), or when somebody dismissed it.
    """
    later = quarantined.alias("later")
    same = [
        exists().where(
            each.c.practice == practice,
            each.c.key == quarantined.c.key,
            each.c.upload > quarantined.c.upload,
        )
        for each in (records[dataset.name], claims, later)
    ]
    dismissed = exists().where(
        dismissals.c.practice == practice,
        dismissals.c.dismissed_upload == quarantined.c.upload,
        dismissals.c.line == quarantined.c.line,
    )
    keyed = or_(*same) if dataset.by_key else quarantined.c.line < 0
    stands = standing(practice, dataset.name)
    query = (
        select(quarantined, uploads.c.file, uploads.c.months)
        .join(uploads, uploads.c.id == quarantined.c.upload)
        .where(
            quarantined.c.practice == practice,
            stands,
            ~dismissed,
            or_(quarantined.c.key.is_(None), ~keyed),
        )
        .order_by(quarantined.c.upload, quarantined.c.line)
    )
    restated = [
        (row.id, set(row.months))
        for row in connection.execute(
            select(uploads.c.id, uploads.c.months).where(stands, uploads.c.kind == "file")
        )
    ]
    found = []
    sealed = sealed_before(connection, practice, dataset.name)
    for row in connection.execute(query):
        months = {row.month} if row.month is not None else set(row.months)
        by_month = row.key is None or not dataset.by_key
        if (
            by_month
            and months
            and any(id > row.upload and months <= other for id, other in restated)
        ):
            continue
        against = frozenset(code for code in months if code >= sealed)
        if months and not against:
            continue
        found.append(
            Unsettled(
                row.upload, row.file or "", row.line, row.column, row.reason, row.found, against
            )
        )  # fmt: skip
    return found


def refused_months(
    connection: Connection, practice: int, datasets: Collection[str]
) -> dict[tuple[str, int], int]:
    """How many rows in quarantine stand against each month of the datasets, or stood against it
    when it was sealed; months without any are absent."""
    counts = sealed_refusals(connection, practice, datasets)
    for dataset in set_aside(connection, practice).intersection(datasets):
        for row in unsettled(connection, practice, dataset_named(dataset)):
            for code in row.months:
                counts[dataset, code] = counts.get((dataset, code), 0) + 1
    return counts
