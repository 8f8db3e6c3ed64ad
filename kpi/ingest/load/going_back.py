"""Rows that would bring back what a later upload has corrected: an old export, most likely."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from kpi.datasets import Dataset
from kpi.ingest.questions import FileAsks, Question
from kpi.store.tables import records, uploads


def refuse_going_back(
    connection: Connection, practice: int, dataset: Dataset, upload: int, columns: Sequence[str]
) -> None:
    """Raises FileAsks if versions that an upload has just brought say, in the ``columns`` of
    its file, exactly what an earlier version of the same record said before it was corrected."""
    new = records[dataset.name]
    old = new.alias("old")
    # Asked of each new version: joined, a planner without statistics may begin with all old ones.
    earlier = (
        select(func.min(old.c.upload))
        .where(
            old.c.practice == practice,
            old.c.key == new.c.key,
            old.c.upload < upload,
            *(new.c[name].is_not_distinct_from(old.c[name]) for name in columns),
        )
        .scalar_subquery()
    )
    said = (
        select(earlier.label("earlier"))
        .where(new.c.practice == practice, new.c.upload == upload)
        .subquery()
    )
    count, first = connection.execute(
        select(func.count(said.c.earlier), func.min(said.c.earlier))
    ).one()
    if not count:
        return
    at = connection.execute(select(uploads.c.at).where(uploads.c.id == first)).scalar_one()
    raise FileAsks(
        Question.OLD_EXPORT,
        f"{count:,} {'row' if count == 1 else 'rows'} of {dataset.name} would go back to what "
        f"upload {first} of {at[:10]} said before it was corrected, so nothing was loaded. Is "
        "this an old export?",
    )
