"""Rows in quarantine that still stand against a month: neither mended, restated nor dismissed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, exists, or_, select

from kpi.datasets import Dataset
from kpi.store.standing import standing
from kpi.store.tables import claims, dismissals, quarantined, records, uploads


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One such row. ``months``: the month it lies in, or all that its file speaks of."""

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
    for row in connection.execute(query):
        months = {row.month} if row.month is not None else set(row.months)
        by_month = row.key is None or not dataset.by_key
        if (
            by_month
            and months
            and any(id > row.upload and months <= other for id, other in restated)
        ):
            continue
        found.append(
            Unsettled(
                row.upload, row.file or "", row.line, row.column, row.reason, row.found,
                frozenset(months),
            )
        )  # fmt: skip
    return found
