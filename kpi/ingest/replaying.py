"""The law of the log, held against a sample: what stands is what the standing uploads say."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.datasets import Dataset, all_datasets
from kpi.ingest.load.by_period import unelected
from kpi.ingest.load.refold import folded, held_versions
from kpi.ingest.load.standing import standing_uploads
from kpi.store.engine import reading
from kpi.store.tables import claims, period_claims, practices, records

RECORDS, PERIODS = 100, 2
"""How many records of a dataset by key, and periods of one by period, are replayed."""

_COMPUTED = ("practice", "fingerprint")


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of a sample. ``broken``: dataset and line of the records that do not stand as the
    uploads say, in words that name nobody."""

    records: int
    periods: int
    broken: Sequence[str]


def replay_sample(engine: Engine, actor: Actor, practice_id: str) -> Replayed:
    """Folds a sample of a practice's records anew from what each standing upload says of them, and
    compares; changes nothing.

    The sample is drawn by the practice's revision, so it is the same until something changes, and
    another one then. Raises NotFound and NotPermitted.
    """
    require(actor, "read_uploads", practice_id)
    count, periods, broken = 0, 0, []
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        for dataset in all_datasets():
            if dataset.by_key:
                keys = _keys(connection, practice, dataset)
                count += len(keys)
                broken += _refolded(connection, practice, dataset, keys)
            else:
                drawn = _periods(connection, practice, dataset)
                periods += len(drawn)
                for period in drawn:
                    wrong = unelected(connection, dataset, practice.number, {period})
                    if wrong:
                        broken.append(f"{dataset.name}: {len(wrong):,} rows of one period")
    return Replayed(count, periods, broken)


def _keys(connection: Connection, practice: Practice, dataset: Dataset) -> list[bytes]:
    """Keys are hashes, so those after any one of them are drawn as by lot."""
    table = records[dataset.name]
    start = hashlib.sha256(f"{dataset.name} {_revision(connection, practice)}".encode()).digest()
    mine = select(table.c.key).where(table.c.practice == practice.number).distinct()
    after = mine.where(table.c.key >= start[:16]).order_by(table.c.key).limit(RECORDS)
    found = list(connection.execute(after).scalars())
    before = mine.where(table.c.key < start[:16]).order_by(table.c.key)
    found += connection.execute(before.limit(RECORDS - len(found))).scalars()
    return [bytes(each) for each in found]


def _periods(connection: Connection, practice: Practice, dataset: Dataset) -> list[int]:
    """The latest ones, which change most."""
    query = (
        select(period_claims.c.period)
        .where(period_claims.c.practice == practice.number, period_claims.c.dataset == dataset.name)
        .distinct()
        .order_by(period_claims.c.period.desc())
        .limit(PERIODS)
    )
    return list(connection.execute(query).scalars())


def _refolded(
    connection: Connection, practice: Practice, dataset: Dataset, keys: list[bytes]
) -> list[str]:
    table = records[dataset.name]
    standing = standing_uploads(connection, practice.number, dataset.name)
    rows = held_versions(connection, dataset, practice.number, keys)
    versions, restated = folded(connection, dataset, practice.number, standing, rows)
    names = [each.name for each in table.c if each.name not in _COMPUTED]
    said, held = (
        {(row["key"], row["upload"]): tuple(row[name] for name in names) for row in found}
        for found in (versions, [row for each in rows.values() for row in each])
    )
    claimed = connection.execute(
        select(claims.c.key, claims.c.upload).where(
            claims.c.practice == practice.number,
            claims.c.upload.in_([each.id for each in standing]),
            claims.c.key.in_(keys),
        )
    )
    apart = {place for place in {*said, *held} if said.get(place) != held.get(place)}
    apart |= {(each["key"], each["upload"]) for each in restated} ^ {
        (row.key, row.upload) for row in claimed
    }
    records_apart = {key for key, _upload in apart}
    uploads = ", ".join(str(each) for each in sorted({upload for _key, upload in apart})[:5])
    if not records_apart:
        return []
    return [f"{dataset.name}: {len(records_apart):,} records, of uploads {uploads}"]


def _revision(connection: Connection, practice: Practice) -> int:
    query = select(practices.c.revision).where(practices.c.number == practice.number)
    return int(connection.execute(query).scalar_one())
