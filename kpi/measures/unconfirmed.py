"""Months that a manager's deeds may have made better, while nobody has countersigned them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from kpi.measures.sealed import seal_of
from kpi.store.oversight import deeds

EVERYTHING = ""
"""What a deed is about that may bear on every figure of a dataset's month."""


def unconfirmed_months(
    connection: Connection, practice: int, datasets: Collection[str]
) -> dict[tuple[str, int], frozenset[str]]:
    """By dataset and month, what deeds are about that still wait: kinds of incident, measures
    that read one in another month than its own, or everything."""
    query = select(deeds.c.dataset, deeds.c.month, deeds.c.about).where(
        deeds.c.practice == practice,
        deeds.c.dataset.in_(datasets),
        deeds.c.countersigned_by.is_(None),
    )
    found: dict[tuple[str, int], set[str]] = {}
    seal = seal_of(connection, practice)
    for dataset, month, about in connection.execute(query):
        # No month is sealed while something in it waits; what comes later moves nothing there.
        if month < seal.of(dataset):
            continue
        found.setdefault((dataset, month), set()).add(about)
    return {each: frozenset(abouts) for each, abouts in found.items()}
