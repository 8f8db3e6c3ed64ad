"""Loading by key: a row with a known key replaces the columns that its file has.

The table holds versions. Each version is the record as one upload left it: cells of columns that
the upload's file has are its own, the others (and those it could not read) are what stood before.
So the live version, the last one, is the record. A row that changes nothing leaves only a claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    true,
    type_coerce,
    update,
)

from kpi.datasets import Dataset, Kind
from kpi.ingest.load.restated import KeyedStage
from kpi.ingest.load.standing import Replacement
from kpi.ingest.model import Quarantined
from kpi.measures.expired import all_before
from kpi.measures.refresh import Moved, months_of
from kpi.measures.sealed import sealed_before
from kpi.store.calendar import days_of_seconds, month_of_days
from kpi.store.retention import forgotten_keys
from kpi.store.tables import claims, quarantined, records


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a file's rows did to the records."""

    added: int
    changed: int
    unchanged: int
    repeated: int
    removed: int
    moved: Moved
    sealed: int = 0  # left out: they count in sealed months alone
    returned: tuple[Quarantined, ...] = ()  # of later months, but of a record that is gone


def load(
    connection: Connection,
    practice: int,
    upload: int,
    stage: KeyedStage,
    replacement: Replacement | None,
) -> Loaded:
    """Folds the staged rows into the practice's records as the given upload."""
    table, rows = stage.records, stage.table
    known = stage.settle()
    distinct = known + stage.count()
    live = and_(table.c.practice == practice, table.c.live == 1)
    first = not connection.execute(select(exists().where(live))).scalar_one()
    unchanged = changed = superseding = removed = 0
    moved = Moved()
    if not first:
        unchanged = known + _claim(connection, practice, upload, stage)
        superseded = and_(live, table.c.key.in_(select(rows.c.key)))
        counted = select(func.count()).select_from(table).where(superseded)
        superseding = connection.execute(counted).scalar_one()
        alike = _alike(connection, practice, stage)
        unchanged, changed = unchanged + alike, superseding - alike
        moved.add(months_of(connection, practice, stage.dataset.name, superseded))
    _insert_versions(connection, practice, upload, stage, fold=not first)
    returned = _set_returned_aside(connection, practice, upload, stage.dataset)
    sealed = _leave_out(connection, practice, upload, stage.dataset)
    if superseding:
        connection.execute(update(table).where(superseded, table.c.upload != upload).values(live=0))
    brought = and_(live, table.c.upload == upload)
    moved.add(months_of(connection, practice, stage.dataset.name, brought))
    if replacement is not None:
        lacking = and_(live, _lacking(stage, practice, upload, replacement))
        moved.add(months_of(connection, practice, stage.dataset.name, lacking))
        removed = connection.execute(update(table).where(lacking).values(live=0)).rowcount
    return Loaded(
        added=distinct - sealed - len(returned) - unchanged - changed,
        changed=changed,
        unchanged=unchanged,
        repeated=stage.rows - distinct,
        removed=removed,
        moved=moved,
        sealed=sealed,
        returned=returned,
    )


def _set_returned_aside(
    connection: Connection, practice: int, upload: int, dataset: Dataset
) -> tuple[Quarantined, ...]:
    """Takes out again what an upload brought of records that are gone, and would count in a month
    that is not sealed: it counted in a sealed month before. Nobody can tell a record that was
    moved from a number that was given anew, so a person has to."""
    before = sealed_before(connection, practice, dataset.name)
    if not before:
        return ()
    table = records[dataset.name]
    counts_later = case((all_before(dataset, before), 0), else_=1) == 1
    brought = and_(table.c.practice == practice, table.c.upload == upload)
    where = and_(brought, _is_gone(practice, dataset), counts_later)
    rows = connection.execute(
        select(table.c.line, table.c.key, table.c.record_month).where(where).order_by(table.c.line)
    ).all()
    if rows:
        connection.execute(delete(table).where(where))
    return tuple(
        Quarantined(line, dataset.key[0], "of_a_deleted_record", None, bytes(key), month)
        for line, key, month in rows
    )


def _is_gone(practice: int, dataset: Dataset) -> ColumnElement[bool]:
    """Of a version: that its record was deleted by age."""
    return exists().where(
        forgotten_keys.c.practice == practice,
        forgotten_keys.c.dataset == dataset.name,
        forgotten_keys.c.key == records[dataset.name].c.key,
    )


def _leave_out(connection: Connection, practice: int, upload: int, dataset: Dataset) -> int:
    """Takes out again what an upload brought of records that are gone, and new records, where they
    count in sealed months alone; gives how many."""
    before = sealed_before(connection, practice, dataset.name)
    if not before:
        return 0
    table = records[dataset.name]
    other = table.alias("other")
    known = exists().where(
        other.c.practice == practice, other.c.key == table.c.key, other.c.upload != upload
    )
    brought = and_(table.c.practice == practice, table.c.upload == upload)
    unwanted = or_(_is_gone(practice, dataset), and_(all_before(dataset, before), ~known))
    return connection.execute(delete(table).where(brought, unwanted)).rowcount


def _claim(connection: Connection, practice: int, upload: int, stage: KeyedStage) -> int:
    """Turns staged rows that say what stands already into claims; gives how many."""
    table, rows = stage.records, stage.table
    same = [rows.c[name].is_not_distinct_from(table.c[name]) for name in stage.own]
    query = select(literal(practice), literal(upload), rows.c.key, rows.c.line).join_from(
        rows,
        table,
        and_(table.c.practice == practice, table.c.key == rows.c.key, table.c.live == 1),
    )
    # A row with a cell that could not be read is no restatement of what stands in that cell.
    query = query.where(rows.c.unreadable == 0, *same)
    made = insert(claims).from_select(["practice", "upload", "key", "line"], query)
    counting = made.execution_options(preserve_rowcount=True)  # not every driver's own habit
    found = connection.execute(counting).rowcount
    if found:
        connection.execute(
            delete(rows).where(exists().where(stage.claimed, claims.c.key == rows.c.key))
        )
    return found


def _alike(connection: Connection, practice: int, stage: KeyedStage) -> int:
    """How many staged rows say what stands but for cells that could not be read.

    They need versions of their own, and still they change nothing.
    """
    if not stage.unreadable:
        return 0
    table, rows = stage.records, stage.table
    same = []
    for name in stage.own:
        equal, unread = rows.c[name].is_not_distinct_from(table.c[name]), stage.unread(name)
        same.append(equal if unread is None else or_(unread, equal))
    query = select(func.count()).select_from(rows).join(
        table,
        and_(table.c.practice == practice, table.c.key == rows.c.key, table.c.live == 1),
    )  # fmt: skip
    return int(connection.execute(query.where(rows.c.unreadable != 0, *same)).scalar_one())


def _insert_versions(
    connection: Connection, practice: int, upload: int, stage: KeyedStage, fold: bool
) -> None:
    table, rows = stage.records, stage.table
    before = table.alias("before")
    folded: dict[str, ColumnElement[Any]] = {}
    for column in stage.dataset.stored:
        name = column.name
        stood: ColumnElement[Any] = before.c[name] if fold else cast(null(), table.c[name].type)
        if name not in stage.own:
            folded[name] = stood
            continue
        unread = stage.unread(name)
        folded[name] = rows.c[name] if unread is None else case((unread, stood), else_=rows.c[name])
    query = select(
        literal(practice),
        rows.c.key,
        literal(upload),
        rows.c.line,
        literal(1),
        rows.c.unreadable,
        record_month(stage.dataset, folded).label("record_month"),
        rows.c.fingerprint,
        *folded.values(),
    )
    if fold:
        query = query.select_from(rows).outerjoin(
            before,
            and_(before.c.practice == practice, before.c.key == rows.c.key, before.c.live == 1),
        )
    # In the order of the file, mostly that of its days: a month's records then lie together.
    query = query.order_by(rows.c.line)
    names = ["practice", "key", "upload", "line", "live", "unreadable", "record_month",
             "fingerprint"]  # fmt: skip
    connection.execute(insert(table).from_select([*names, *folded], query))


def record_month(dataset: Dataset, values: dict[str, ColumnElement[Any]]) -> ColumnElement[Any]:
    """The month a record counts in; NULL while it lacks a required column."""
    months = [_month(dataset, name, values[name]) for name in dataset.month]
    month = months[0] if len(months) == 1 else func.coalesce(*months)
    needed = [values[name] for name in dataset.required if name in values]
    if not needed:
        return month
    return case((and_(*(value.is_not(None) for value in needed)), month), else_=null())


def _month(dataset: Dataset, name: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
    kind = dataset.column(name).kind
    if kind is Kind.MONTH:
        return value
    typed: ColumnElement[Any] = type_coerce(value, Integer)
    return month_of_days(days_of_seconds(typed) if kind is Kind.TIME else typed)


def _lacking(
    stage: KeyedStage, practice: int, upload: int, replacement: Replacement
) -> ColumnElement[bool]:
    """Records that a replacing file should have held and does not, refused rows not counted."""
    table = stage.records
    places = (
        true()
        if replacement.locations is None
        else func.coalesce(table.c.location, "").in_(replacement.locations)
    )
    restated = [
        exists().where(
            each.c.practice == practice, each.c.upload == upload, each.c.key == table.c.key
        )
        for each in (claims, quarantined)
    ]
    return and_(
        table.c.record_month.in_(replacement.months),
        places,
        table.c.upload != upload,
        ~or_(*restated),
    )
