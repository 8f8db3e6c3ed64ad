"""Which records no month from a mark on can ever need, and how they go.

A record is one of them if every version of it counts only in months before the mark, by whatever
date a measure takes its month from, and so far before it that no measure of a later month can see
it. So no declared look-back has to be believed: whatever a later month is computed from is kept.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    MetaData,
    Select,
    Table,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.schema import CreateTable, DropTable

from kpi.datasets import Dataset, Kind
from kpi.measures.aggregates import Condition
from kpi.measures.registry import all_measures
from kpi.months import Month
from kpi.store.calendar import days_of_seconds, month_of_days
from kpi.store.retention import forgotten_keys
from kpi.store.tables import claims, quarantined, records, uploads


def all_before(dataset: Dataset, before: int) -> Condition:
    """Of a version of a by-key dataset: that no figure of a month from ``before`` (``202601``) on
    can rest on it. A version without a date is none of them."""
    measures = all_measures()[dataset.name]
    bound = (Month.from_code(before) - measures.furthest).code
    own = _own_month(dataset, measures.table)
    others = [basis.month for basis in measures.bases]
    return and_(
        own.is_not(None), own < bound, *(or_(each.is_(None), each < bound) for each in others)
    )


def expired(practice: int, dataset: Dataset, before: int) -> Select[Any]:
    """The keys of the records that may go: all of their versions are of months before the mark,
    and no row in quarantine that bears on a later month waits for them."""
    table = records[dataset.name]
    gone = case((all_before(dataset, before), 1), else_=0)
    return (
        select(table.c.key)
        .where(
            table.c.practice == practice,
            table.c.key.not_in(_keys_awaited(practice, dataset, before)),
        )
        .group_by(table.c.key)
        .having(func.min(gone) == 1)
    )


def count_expired(connection: Connection, practice: int, dataset: Dataset, before: int) -> int:
    """How many records would go; nothing is changed."""
    found = expired(practice, dataset, before).subquery()
    return int(connection.execute(select(func.count()).select_from(found)).scalar_one())


def delete_expired(connection: Connection, practice: int, dataset: Dataset, before: int) -> int:
    """Deletes them with all that speaks of them, and remembers the keys of those that counted;
    gives how many there were."""
    table, expiring = records[dataset.name], _table_of_keys()
    connection.execute(DropTable(expiring, if_exists=True))
    connection.execute(CreateTable(expiring))
    keys = insert(expiring).from_select(["key"], expired(practice, dataset, before))
    connection.execute(keys)
    held = select(expiring.c.key)
    of_record = and_(table.c.practice == practice, table.c.key.in_(held))
    of_claim = and_(
        claims.c.practice == practice,
        claims.c.key.in_(held),
        claims.c.upload.in_(_uploads_of(practice, dataset)),
    )
    _note_uploads(connection, practice, table, of_record)
    _note_uploads(connection, practice, claims, of_claim)
    names = ["practice", "dataset", "key"]
    counted = select(literal(practice), literal(dataset.name), table.c.key).where(
        of_record, table.c.live == 1
    )
    connection.execute(insert(forgotten_keys).from_select(names, counted))
    for each, where in ((claims, of_claim), (table, of_record)):
        connection.execute(delete(each).where(where))
    count = connection.execute(select(func.count()).select_from(expiring)).scalar_one()
    connection.execute(DropTable(expiring))
    _delete_quarantined(connection, practice, dataset, before)
    return int(count)


def _own_month(dataset: Dataset, table: Table) -> ColumnElement[Any]:
    """The month of a version's own date, also of one that counts nowhere for want of a column."""
    months = []
    for name in dataset.month:
        stored: ColumnElement[Any] = table.c[name]
        kind = dataset.column(name).kind
        if kind is not Kind.MONTH:
            stored = month_of_days(days_of_seconds(stored) if kind is Kind.TIME else stored)
        months.append(stored)
    return months[0] if len(months) == 1 else func.coalesce(*months)


def _uploads_of(practice: int, dataset: Dataset) -> Select[Any]:
    return select(uploads.c.id).where(
        uploads.c.practice == practice, uploads.c.dataset == dataset.name
    )


def _keys_awaited(practice: int, dataset: Dataset, before: int) -> Select[Any]:
    """Keys of rows in quarantine that may stand against a month from the mark on."""
    return select(quarantined.c.key).where(
        quarantined.c.practice == practice,
        quarantined.c.upload.in_(_uploads_of(practice, dataset)),
        quarantined.c.key.is_not(None),
        or_(quarantined.c.month.is_(None), quarantined.c.month >= before),
    )


def _note_uploads(connection: Connection, practice: int, table: Table, where: Condition) -> None:
    """Notes with each upload how much of what it said is gone."""
    query = select(table.c.upload, func.count()).where(where).group_by(table.c.upload)
    for upload, count in connection.execute(query).all():
        connection.execute(
            update(uploads)
            .where(uploads.c.practice == practice, uploads.c.id == upload)
            .values(records_deleted=func.coalesce(uploads.c.records_deleted, 0) + count)
        )


def _delete_quarantined(
    connection: Connection, practice: int, dataset: Dataset, before: int
) -> None:
    """Deletes rows in quarantine that stand against sealed months alone.

    Rows of a record that is kept stay: a file that replaces months does not lack what it has in
    quarantine.
    """
    table = records[dataset.name]
    kept = select(table.c.key).where(table.c.practice == practice)
    query = select(uploads.c.id, uploads.c.months).where(
        uploads.c.practice == practice, uploads.c.dataset == dataset.name
    )
    whole = [id for id, months in connection.execute(query) if months and max(months) < before]
    mine = and_(
        quarantined.c.practice == practice,
        quarantined.c.upload.in_(_uploads_of(practice, dataset)),
    )
    keyed = and_(
        quarantined.c.key.not_in(_keys_awaited(practice, dataset, before)),
        quarantined.c.key.not_in(kept),
    )
    for where in (
        quarantined.c.key.is_(None) & (quarantined.c.month < before),
        quarantined.c.key.is_not(None) & keyed,
    ):
        connection.execute(delete(quarantined).where(mine, where))
    for upload in whole:
        connection.execute(
            delete(quarantined).where(
                mine,
                quarantined.c.upload == upload,
                quarantined.c.key.is_(None),
                quarantined.c.month.is_(None),
            )
        )


def _table_of_keys() -> Table:
    return Table(
        "expiring",
        MetaData(),
        Column("key", LargeBinary(16), primary_key=True),
        prefixes=["TEMPORARY"],
        sqlite_with_rowid=False,
    )
