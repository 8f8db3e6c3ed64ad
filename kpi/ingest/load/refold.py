"""Folding anew what the standing uploads say of some records, as loading in order would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    delete,
    insert,
    select,
)

from kpi.datasets import Dataset, Kind
from kpi.datasets.stored import date_of, time_of
from kpi.ingest.load.standing import Replacement, Standing
from kpi.measures.refresh import Moved, months_of
from kpi.months import Month
from kpi.store.tables import claims, quarantined, records

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Saying:
    """What one upload says of one record: its cells, those that it could not read left out."""

    upload: int
    line: int
    unreadable: int
    own: Values


@dataclass(frozen=True, slots=True)
class Version:
    """A record as one upload left it."""

    upload: int
    line: int
    unreadable: int
    values: Values
    live: bool


def refold(
    connection: Connection,
    dataset: Dataset,
    practice: int,
    standing: list[Standing],
    keys: list[bytes],
) -> Moved:
    """Folds the standing uploads' sayings of some keys anew and writes what comes out; gives the
    months of records that are other ones now."""
    table = records[dataset.name]
    held = held_versions(connection, dataset, practice, keys)
    versions, restated = folded(connection, dataset, practice, standing, held)
    before = [row for rows in held.values() for row in rows]
    stood, stands = _live_values(dataset, before), _live_values(dataset, versions)
    changed = [key for key in keys if stood.get(key) != stands.get(key)]
    live = and_(table.c.practice == practice, table.c.live == 1, table.c.key.in_(changed))
    moved = months_of(connection, practice, dataset.name, live)
    connection.execute(delete(table).where(table.c.practice == practice, table.c.key.in_(keys)))
    connection.execute(
        delete(claims).where(
            claims.c.practice == practice,
            claims.c.upload.in_([each.id for each in standing]),
            claims.c.key.in_(keys),
        )
    )
    if versions:
        connection.execute(insert(table), versions)
    if restated:
        connection.execute(insert(claims), restated)
    moved.add(months_of(connection, practice, dataset.name, live))
    return moved


def folded(
    connection: Connection,
    dataset: Dataset,
    practice: int,
    standing: list[Standing],
    held: Mapping[bytes, list[Any]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The versions and the claims of the keys of some versions, as rows, that loading the standing
    uploads in their order gives; nothing is changed."""
    sayings = _sayings(connection, dataset, practice, standing, held)
    refused = _refused(connection, practice, standing, list(held))
    versions: list[dict[str, Any]] = []
    restated: list[dict[str, Any]] = []
    for key in held:
        for each in fold(dataset, sayings.get(key, []), standing, refused.get(key, frozenset())):
            if isinstance(each, Version):
                versions.append(
                    {"practice": practice, "key": key, "upload": each.upload, "line": each.line,
                     "live": int(each.live), "unreadable": each.unreadable,
                     "record_month": record_month(dataset, each.values), **each.values}
                )  # fmt: skip
            else:
                restated.append({"practice": practice, "upload": each.upload, "key": key,
                                 "line": each.line})  # fmt: skip
    return versions, restated


def _live_values(dataset: Dataset, rows: Iterable[Values]) -> dict[bytes, dict[str, Any]]:
    """What the live versions among some rows hold, by key."""
    names = [column.name for column in dataset.stored]
    return {row["key"]: {name: row[name] for name in names} for row in rows if row["live"]}


def fold(
    dataset: Dataset,
    sayings: Iterable[Saying],
    standing: Iterable[Standing],
    refused: frozenset[int],
) -> Iterator[Version | Saying]:
    """A record's versions, and the sayings that change nothing, as loading in order gives them.

    ``refused``: the uploads that hold the record in quarantine; they do not lack it.
    """
    said = {each.upload: each for each in sayings}
    values: Values | None = None
    last: Version | None = None
    for upload in standing:
        saying = said.get(upload.id)
        if saying is None:
            gone = upload.replacement is not None and upload.id not in refused
            if gone and values is not None and _taken(dataset, values, upload.replacement):
                if last is not None:
                    yield _with_life(last, False)
                values = last = None
            continue
        unchanged = (
            values is not None
            and saying.unreadable == 0
            and all(values[name] == value for name, value in saying.own.items())
        )
        if unchanged:
            yield saying
            continue
        stood = values or {column.name: None for column in dataset.stored}
        values = {**stood, **saying.own}
        if last is not None:
            yield _with_life(last, False)
        last = Version(upload.id, saying.line, saying.unreadable, values, True)
    if last is not None:
        yield last


def _with_life(version: Version, live: bool) -> Version:
    return Version(version.upload, version.line, version.unreadable, version.values, live)


def _taken(dataset: Dataset, values: Values, replacement: Replacement | None) -> bool:
    month = record_month(dataset, values)
    return replacement is not None and replacement.takes(month, values["location"])


def record_month(dataset: Dataset, values: Values) -> int | None:
    """The month a record counts in, or None while it lacks a required column."""
    if any(name in values and values[name] is None for name in dataset.required):
        return None
    for name in dataset.month:
        value = values[name]
        if value is not None:
            kind = dataset.column(name).kind
            if kind is Kind.MONTH:
                return int(value)
            day = time_of(value).date() if kind is Kind.TIME else date_of(value)
            return Month.of(day).code
    return None


def held_versions(
    connection: Connection, dataset: Dataset, practice: int, keys: list[bytes]
) -> dict[bytes, list[Any]]:
    """The versions of some keys as they are kept, by key, in the order of the log."""
    table = records[dataset.name]
    query = (
        select(table)
        .where(table.c.practice == practice, table.c.key.in_(keys))
        .order_by(table.c.key, table.c.upload)
    )
    held: dict[bytes, list[Any]] = {}
    for row in connection.execute(query):
        held.setdefault(row.key, []).append(row._mapping)
    return held


def _sayings(
    connection: Connection,
    dataset: Dataset,
    practice: int,
    standing: list[Standing],
    held: Mapping[bytes, list[Any]],
) -> dict[bytes, list[Saying]]:
    """What each standing upload says of the keys that have versions: by its own, or through its
    claim."""
    names = [column.name for column in dataset.stored]
    bits = {name: 1 << place for place, name in enumerate(dataset.names)}
    columns = {each.id: [name for name in names if name in each.columns] for each in standing}
    found: dict[bytes, list[Saying]] = {}
    for key, rows in held.items():
        for row in rows:
            upload, unreadable = row["upload"], row["unreadable"]
            if upload in columns:
                own = {name: row[name] for name in columns[upload] if not unreadable & bits[name]}
                found.setdefault(key, []).append(Saying(upload, row["line"], unreadable, own))
    restated = select(claims.c.key, claims.c.upload, claims.c.line).where(
        claims.c.practice == practice,
        claims.c.upload.in_(list(columns)),
        claims.c.key.in_(list(held)),
    )
    for key, upload, line in connection.execute(restated):
        # A claim says what the last version before it says, in the columns its file has.
        earlier = [row for row in held[key] if row["upload"] < upload][-1]
        own = {name: earlier[name] for name in columns[upload]}
        found.setdefault(key, []).append(Saying(upload, line, 0, own))
    return found


def _refused(
    connection: Connection, practice: int, standing: list[Standing], keys: list[bytes]
) -> dict[bytes, frozenset[int]]:
    replacing = [each.id for each in standing if each.replacement is not None]
    if not replacing:
        return {}
    query = select(quarantined.c.key, quarantined.c.upload).where(
        quarantined.c.practice == practice,
        quarantined.c.upload.in_(replacing),
        quarantined.c.key.in_(keys),
    )
    found: dict[bytes, frozenset[int]] = {}
    for key, upload in connection.execute(query):
        found[key] = found.get(key, frozenset()) | {upload}
    return found
