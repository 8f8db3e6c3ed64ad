"""Sealed months: their figures stay as they are for good, and their records may be gone.

A practice has one mark; the months before it are sealed in every dataset whose records meet a
re-export by key. What is kept by period holds totals, and is never sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from kpi.catalogue import measure
from kpi.datasets import dataset as dataset_named
from kpi.measures.defined import stored_name
from kpi.measures.registry import adds_up
from kpi.months import Month
from kpi.store.retention import retention, sealed_quarantine


@dataclass(frozen=True, slots=True)
class Seal:
    """``before``: the mark (``202601``), 0 where no month is sealed; ``last_upload``: the last
    entry of the log when they were. ``counted_from``: of each measure, as it is stored, the first
    sealed month that has all of its figures."""

    before: int = 0
    last_upload: int = 0
    counted_from: Mapping[str, int] = field(default_factory=dict)

    def of(self, dataset: str) -> int:
        """The mark as it holds for a dataset; 0 where none of its months is sealed."""
        return self.before if dataset_named(dataset).by_key else 0


def seal_of(connection: Connection, practice: int) -> Seal:
    """A practice's mark."""
    query = select(retention).where(retention.c.practice == practice)
    row = connection.execute(query).first()
    if row is None or row.sealed_before is None:
        return Seal()
    return Seal(row.sealed_before, row.last_upload, row.counted_from)


def sealed_before(connection: Connection, practice: int, dataset: str) -> int:
    """The month (``202601``) before which a dataset's months are sealed; 0: none is."""
    return seal_of(connection, practice).of(dataset) if dataset_named(dataset).by_key else 0


def not_kept_words(before: int) -> str:
    """What is said of records that are no longer kept, as a clause."""
    return f"records of months before {Month.from_code(before)} are no longer kept"


def sealed_refusals(
    connection: Connection, practice: int, datasets: Iterable[str]
) -> dict[tuple[str, int], int]:
    """How many rows in quarantine stood against a dataset's month when it was sealed."""
    table = sealed_quarantine
    query = select(table.c.dataset, table.c.month, table.c.rows).where(
        table.c.practice == practice, table.c.dataset.in_(list(datasets))
    )
    return {(dataset, month): rows for dataset, month, rows in connection.execute(query)}


def not_countable(
    seal: Seal, names: Iterable[str], months: Sequence[Month], locations: tuple[str, ...]
) -> dict[str, dict[Month, str]]:
    """Of measures that cannot be told in sealed months, why, by month: those that nobody counted
    while there were records, and those that several locations together have to be counted for."""
    if not seal.before:
        return {}
    found: dict[str, dict[Month, str]] = {}
    said = not_kept_words(seal.before)
    for name in names:
        mark, kept = seal.of(measure(name).dataset), stored_name(name)
        alone = len(locations) > 1 and not adds_up(name)
        first = seal.counted_from.get(kept, mark)
        why = "and it is not kept for these locations together" if alone else (
            "and nobody counted it while they were"
        )  # fmt: skip
        lacking = [each for each in months if each.code < (mark if alone else min(first, mark))]
        if lacking:
            found[name] = dict.fromkeys(lacking, f"{said}, {why}")
    return found
