"""Which records, and so which uploads, stand behind a KPI's figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from kpi.access.practices import Practice
from kpi.catalogue import Kpi, MeasureKind, measures
from kpi.catalogue.evaluation import needs
from kpi.datasets import dataset as dataset_named
from kpi.measures.declared import rested_on
from kpi.measures.entering import entering
from kpi.months import Month
from kpi.store.tables import attestations, records, uploads

Conditions = Mapping[str, ColumnElement[bool]]


def measure_months(kpi: Kpi, months: Sequence[Month]) -> dict[str, set[int]]:
    """The months of each measure that the KPI's formula reads over a period."""
    found: dict[str, set[int]] = {}
    for need in needs(kpi.formula, months):
        found.setdefault(need.measure, set()).add(need.month.code)
    return found


def conditions(
    connection: Connection,
    practice: Practice,
    kpi: Kpi,
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
) -> Conditions:
    """By dataset, the condition under which its records enter a measure of the formula."""
    parts: dict[str, list[ColumnElement[bool]]] = {}
    for measure, codes in measure_months(kpi, months).items():
        dataset, where = entering(connection, practice.number, measure, codes, locations)
        parts.setdefault(dataset, []).append(where)
    return {dataset: or_(*each) for dataset, each in parts.items()}


def records_behind(connection: Connection, found: Conditions) -> int:
    """How many records enter, each once."""
    return sum(
        int(
            connection.execute(
                select(func.count()).select_from(records[dataset]).where(where)
            ).scalar_one()
        )
        for dataset, where in found.items()
    )


def uploads_behind(
    connection: Connection,
    practice: Practice,
    kpi: Kpi,
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
) -> list[int]:
    """The uploads that gave those records a value, and the declarations of empty months."""
    found: set[int] = set()
    for dataset, where in conditions(connection, practice, kpi, months, locations).items():
        found |= _givers(connection, practice, dataset, where)
    for measure, codes in measure_months(kpi, months).items():
        definition = measures()[measure]
        if definition.kind is MeasureKind.FLOW and dataset_named(definition.dataset).attestable:
            query = select(attestations.c.upload).where(
                attestations.c.practice == practice.number,
                attestations.c.dataset == definition.dataset,
                attestations.c.month.in_(codes),
                rested_on(),
            )
            found |= set(connection.execute(query).scalars())
    return sorted(found)


def _givers(
    connection: Connection, practice: Practice, dataset: str, where: ColumnElement[bool]
) -> set[int]:
    """Uploads whose cells stand in the records: the last, and earlier ones with more columns."""
    table = records[dataset]
    found = set(connection.execute(select(table.c.upload).where(where).distinct()).scalars())
    if not dataset_named(dataset).by_key:
        return found
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
            ),
        )
        .where(where)
        .distinct()
    )
    pairs = [(before, last) for before, last in connection.execute(query)]
    columns = _columns(connection, practice, dataset)
    return found | {
        before for before, last in pairs if columns.get(before, set()) - columns.get(last, set())
    }


def _columns(connection: Connection, practice: Practice, dataset: str) -> dict[int, set[str]]:
    query = select(uploads.c.id, uploads.c.columns).where(
        uploads.c.practice == practice.number, uploads.c.dataset == dataset
    )
    return {id: set(columns) for id, columns in connection.execute(query)}
