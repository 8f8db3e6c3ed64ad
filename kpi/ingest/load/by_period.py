"""Loading by period: a file's rows replace all rows of the same period, location and part.

A file speaks for slots (a location and a part, or all of them) of the periods it holds. A row is
live while no later standing upload speaks for its slot, or if the last one that does restates it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    update,
)

from kpi.datasets import Dataset
from kpi.ingest.load.by_key import Loaded, record_month
from kpi.ingest.load.stage import Stage
from kpi.measures.refresh import Moved, months_of
from kpi.store.slots import Slot, conflicts
from kpi.store.tables import claims, period_claims, records


@dataclass(frozen=True, slots=True)
class Entry:
    """One upload's saying of a row: as a version of its own or as a claim on an earlier one."""

    period: int
    slot: Slot
    version: int  # the upload that the row's version belongs to
    key: bytes


def load(connection: Connection, practice: int, upload: int, stage: Stage) -> Loaded:
    """Replaces the periods that the staged rows speak for. ``removed``: live rows they lack."""
    table, dataset = stage.records, stage.dataset
    staged = stage.count()
    periods = _claim_periods(connection, practice, upload, stage)
    touched = _in_periods(dataset, practice, periods)
    moved = months_of(connection, practice, dataset.name, and_(touched, table.c.live == 1))
    before = _live_keys(connection, dataset, practice, periods)
    unchanged = _claim(connection, practice, upload, stage)
    held = {key for (key,) in connection.execute(select(stage.table.c.key))}
    _insert_versions(connection, practice, upload, stage)
    elect(connection, dataset, practice, periods)
    moved.add(months_of(connection, practice, dataset.name, and_(touched, table.c.live == 1)))
    after = _live_keys(connection, dataset, practice, periods)
    changed = len(held & before)
    return Loaded(
        added=staged - unchanged - changed,
        changed=changed,
        unchanged=unchanged,
        repeated=stage.rows - staged,
        removed=len(before - after),
        moved=moved,
    )


def undo(connection: Connection, dataset: Dataset, practice: int, upload: int) -> Moved:
    """Takes an upload's rows out: what stood before it, or was said again since, stands."""
    table = records[dataset.name]
    query = select(period_claims.c.period).where(
        period_claims.c.practice == practice,
        period_claims.c.dataset == dataset.name,
        period_claims.c.upload == upload,
    )
    periods = set(connection.execute(query).scalars())
    touched = and_(_in_periods(dataset, practice, periods), table.c.live == 1)
    moved = months_of(connection, practice, dataset.name, touched)
    _hand_over(connection, dataset, practice, upload)
    for each in (claims, period_claims, table):
        connection.execute(delete(each).where(each.c.practice == practice, each.c.upload == upload))
    elect(connection, dataset, practice, periods)
    moved.add(months_of(connection, practice, dataset.name, touched))
    return moved


def elect(connection: Connection, dataset: Dataset, practice: int, periods: set[int]) -> None:
    """Marks as live the rows that the standing uploads leave in the periods."""
    table = records[dataset.name]
    changes = unelected(connection, dataset, practice, periods)
    if changes:
        connection.execute(
            update(table)
            .where(
                table.c.practice == practice,
                table.c.key == bindparam("k"),
                table.c.upload == bindparam("u"),
            )
            .values(live=bindparam("l")),
            changes,
        )


def unelected(
    connection: Connection, dataset: Dataset, practice: int, periods: set[int]
) -> list[dict[str, Any]]:
    """The rows of the periods that are not as the standing uploads leave them: key ``k``, upload
    ``u``, and ``l``, 1 where they should be live."""
    speakers: dict[int, list[tuple[int, Slot]]] = defaultdict(list)
    query = select(period_claims).where(
        period_claims.c.practice == practice,
        period_claims.c.dataset == dataset.name,
        period_claims.c.period.in_(periods),
    )
    for row in connection.execute(query):
        speakers[row.period].append((row.upload, Slot(row.location, row.part)))
    said: dict[Entry, list[int]] = {}
    lives: dict[Entry, bool] = {}
    for entry, upload, live in _entries(connection, dataset, practice, periods):
        said.setdefault(entry, []).append(upload)
        lives[entry] = live
    changes = []
    for entry, uploads in said.items():
        last = max(uploads)
        stands = not any(
            upload > last and conflicts(entry.slot, slot) for upload, slot in speakers[entry.period]
        )
        if stands != lives[entry]:
            changes.append({"k": entry.key, "u": entry.version, "l": int(stands)})
    return changes


def _entries(
    connection: Connection, dataset: Dataset, practice: int, periods: set[int]
) -> list[tuple[Entry, int, bool]]:
    """Every saying of every row of the periods, with the upload that says it."""
    table = records[dataset.name]
    part = func.coalesce(table.c.part, "") if dataset.has("part") else literal("")
    query = (
        select(
            table.c.key,
            table.c.upload,
            table.c.live,
            table.c[str(dataset.period)].label("period"),
            func.coalesce(table.c.location, "").label("location"),
            part.label("part"),
        )
        .where(_in_periods(dataset, practice, periods))
        .order_by(table.c.key, table.c.upload)
    )
    versions: dict[bytes, list[tuple[Entry, bool]]] = defaultdict(list)
    for row in connection.execute(query):
        entry = Entry(row.period, Slot(row.location, row.part), row.upload, row.key)
        versions[row.key].append((entry, bool(row.live)))
    found = [(entry, entry.version, live) for each in versions.values() for entry, live in each]
    speaking = (
        select(period_claims.c.upload)
        .where(
            period_claims.c.practice == practice,
            period_claims.c.dataset == dataset.name,
            period_claims.c.period.in_(periods),
        )
        .distinct()
    )
    restated = select(claims.c.key, claims.c.upload).where(
        claims.c.practice == practice, claims.c.upload.in_(speaking)
    )
    for key, upload in connection.execute(restated):
        # A claim restates the last version before it.
        earlier = [each for each in versions.get(key, []) if each[0].version < upload]
        if earlier:
            entry, live = earlier[-1]
            found.append((entry, upload, live))
    return found


def _in_periods(dataset: Dataset, practice: int, periods: set[int]) -> ColumnElement[bool]:
    table = records[dataset.name]
    return and_(table.c.practice == practice, table.c[str(dataset.period)].in_(periods))


def _live_keys(
    connection: Connection, dataset: Dataset, practice: int, periods: set[int]
) -> set[bytes]:
    table = records[dataset.name]
    where = and_(_in_periods(dataset, practice, periods), table.c.live == 1)
    return set(connection.execute(select(table.c.key).where(where)).scalars())


def _claim_periods(connection: Connection, practice: int, upload: int, stage: Stage) -> set[int]:
    rows, dataset = stage.table, stage.dataset
    place = rows.c.location if "location" in stage.own else literal("")
    part = rows.c.part if "part" in stage.own else literal("")
    query = select(
        literal(practice),
        literal(dataset.name),
        rows.c[str(dataset.period)],
        func.coalesce(place, ""),
        func.coalesce(part, ""),
        literal(upload),
    ).distinct()
    names = ["practice", "dataset", "period", "location", "part", "upload"]
    connection.execute(insert(period_claims).from_select(names, query))
    period = rows.c[str(dataset.period)]
    return set(connection.execute(select(period).distinct()).scalars())


def _claim(connection: Connection, practice: int, upload: int, stage: Stage) -> int:
    """Claims for staged rows that equal the live row of their key in every column."""
    table, rows = stage.records, stage.table
    same = [
        (rows.c[column.name] if column.name in stage.own else null()).is_not_distinct_from(
            table.c[column.name]
        )
        for column in stage.dataset.stored
    ]
    query = (
        select(literal(practice), literal(upload), rows.c.key, rows.c.line)
        .join_from(
            rows,
            table,
            and_(table.c.practice == practice, table.c.key == rows.c.key, table.c.live == 1),
        )
        .where(*same)
    )
    connection.execute(insert(claims).from_select(["practice", "upload", "key", "line"], query))
    claimed = select(claims.c.key).where(claims.c.practice == practice, claims.c.upload == upload)
    return connection.execute(delete(rows).where(rows.c.key.in_(claimed))).rowcount


def _insert_versions(connection: Connection, practice: int, upload: int, stage: Stage) -> None:
    rows, dataset = stage.table, stage.dataset
    values = {
        column.name: rows.c[column.name]
        if column.name in stage.own
        else cast(null(), stage.records.c[column.name].type)
        for column in dataset.stored
    }
    query = select(
        literal(practice),
        rows.c.key,
        literal(upload),
        rows.c.line,
        literal(0),
        rows.c.unreadable,
        record_month(dataset, dict(values)),
        *values.values(),
    ).order_by(rows.c.key)
    names = ["practice", "key", "upload", "line", "live", "unreadable", "record_month"]
    connection.execute(insert(stage.records).from_select([*names, *values], query))


def _hand_over(connection: Connection, dataset: Dataset, practice: int, upload: int) -> None:
    """Gives versions of an undone upload to the first later upload that restated them."""
    table = records[dataset.name]
    mine = select(table.c.key).where(table.c.practice == practice, table.c.upload == upload)
    next_version = (
        select(table.c.key, func.min(table.c.upload).label("upload"))
        .where(table.c.practice == practice, table.c.upload > upload, table.c.key.in_(mine))
        .group_by(table.c.key)
    )
    following = {row.key: row.upload for row in connection.execute(next_version)}
    heirs: dict[bytes, tuple[int, int]] = {}
    query = (
        select(claims.c.key, claims.c.upload, claims.c.line)
        .where(claims.c.practice == practice, claims.c.upload > upload, claims.c.key.in_(mine))
        .order_by(claims.c.upload)
    )
    for key, heir, line in connection.execute(query):
        if heir < following.get(key, heir + 1):
            heirs.setdefault(key, (heir, line))
    for key, (heir, line) in heirs.items():
        connection.execute(
            update(table)
            .where(table.c.practice == practice, table.c.key == key, table.c.upload == upload)
            .values(upload=heir, line=line)
        )
        connection.execute(
            delete(claims).where(
                claims.c.practice == practice, claims.c.upload == heir, claims.c.key == key
            )
        )
