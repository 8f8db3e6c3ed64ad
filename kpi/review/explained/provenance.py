"""Which records, and so which uploads, stand behind a KPI's figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from kpi.access.practices import Practice
from kpi.catalogue import Kpi, MeasureKind, measure
from kpi.catalogue.evaluation import needs
from kpi.datasets import dataset as dataset_named
from kpi.measures.declared import rested_on
from kpi.measures.entering import entering
from kpi.measures.sealed import seal_of
from kpi.months import Month
from kpi.store.tables import attestations, records, uploads


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a figure: how many records, each once, and the entries of the log that
    gave them a value or that an empty month rests on."""

    records: int
    uploads: list[int]


def behind(
    connection: Connection,
    practice: Practice,
    kpi: Kpi,
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
) -> Behind:
    """What stands behind a KPI over a period, for the practice or named locations of it."""
    count, givers = 0, _declarations(connection, practice, kpi, months)
    for dataset, where in records_behind(connection, practice, kpi, months, locations).items():
        table = records[dataset]
        query = select(table.c.upload, func.count()).where(where).group_by(table.c.upload)
        last = {row[0]: row[1] for row in connection.execute(query)}
        count += sum(last.values())
        givers |= set(last) | _earlier(connection, practice, dataset, where, set(last))
    return Behind(count, sorted(givers))


def measure_months(kpi: Kpi, months: Sequence[Month]) -> dict[str, set[int]]:
    """The months of each measure that the KPI's formula reads over a period."""
    found: dict[str, set[int]] = {}
    for need in needs(kpi.formula, months):
        found.setdefault(need.measure, set()).add(need.month.code)
    return found


def kept_months(
    connection: Connection, practice: Practice, kpi: Kpi, months: Sequence[Month]
) -> dict[str, set[int]]:
    """The months of each measure that the KPI's formula reads, without those that are sealed."""
    seal = seal_of(connection, practice.number)
    return {
        name: {code for code in codes if code >= seal.of(measure(name).dataset)}
        for name, codes in measure_months(kpi, months).items()
    }


def records_not_kept(
    connection: Connection, practice: Practice, kpi: Kpi, months: Sequence[Month]
) -> list[Month]:
    """The months that the KPI's formula reads whose records are no longer kept, in order."""
    kept = kept_months(connection, practice, kpi, months)
    gone = {
        code for name, codes in measure_months(kpi, months).items() for code in codes - kept[name]
    }
    return [Month.from_code(code) for code in sorted(gone)]


def records_behind(
    connection: Connection,
    practice: Practice,
    kpi: Kpi,
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
    *,
    of_period: bool = False,
) -> dict[str, ColumnElement[bool]]:
    """By dataset, the condition under which its records enter a measure of the formula; those of
    sealed months, of which some may be left, are no part of it.

    ``of_period``: in these months only, not in those that they are compared with.
    """
    parts: dict[str, list[ColumnElement[bool]]] = {}
    own = {month.code for month in months}
    for name, read in kept_months(connection, practice, kpi, months).items():
        codes = read & own if of_period else read
        if not codes:
            continue
        dataset, where = entering(connection, practice.number, name, codes, locations)
        parts.setdefault(dataset, []).append(where)
    return {dataset: or_(*each) for dataset, each in parts.items()}


def _declarations(
    connection: Connection, practice: Practice, kpi: Kpi, months: Sequence[Month]
) -> set[int]:
    """The entries by which empty months that the KPI reads were declared so."""
    found: set[int] = set()
    for name, codes in measure_months(kpi, months).items():
        definition = measure(name)
        if definition.kind is MeasureKind.FLOW and dataset_named(definition.dataset).attestable:
            query = select(attestations.c.upload).where(
                attestations.c.practice == practice.number,
                attestations.c.dataset == definition.dataset,
                attestations.c.month.in_(codes),
                rested_on(),
            )
            found |= set(connection.execute(query).scalars())
    return found


def _earlier(
    connection: Connection,
    practice: Practice,
    dataset: str,
    where: ColumnElement[bool],
    last: set[int],
) -> set[int]:
    """Uploads before the last ones whose cells still stand: they had columns that those lack."""
    columns = _columns(connection, practice, dataset)
    richer = {
        before
        for before, held in columns.items()
        if any(before < upload and held - columns[upload] for upload in last)
    }
    if not richer or not dataset_named(dataset).by_key:
        return set()
    table = records[dataset]
    earlier = table.alias("earlier")
    query = (
        select(earlier.c.upload, table.c.upload)
        .join_from(
            table,
            earlier,
            and_(
                earlier.c.practice == table.c.practice,
                earlier.c.key == table.c.key,
                earlier.c.upload < table.c.upload,
                earlier.c.upload.in_(richer),
            ),
        )
        .where(where)
        .distinct()
    )
    pairs = connection.execute(query).all()
    return {before for before, upload in pairs if columns[before] - columns[upload]}


def _columns(connection: Connection, practice: Practice, dataset: str) -> dict[int, set[str]]:
    query = select(uploads.c.id, uploads.c.columns).where(
        uploads.c.practice == practice.number, uploads.c.dataset == dataset
    )
    return {id: set(columns) for id, columns in connection.execute(query)}
