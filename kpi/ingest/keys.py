"""The key of a record, and the month that it falls in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from kpi.datasets import Dataset, Kind
from kpi.ingest.clean.values import Cleaned
from kpi.ingest.model import Protect
from kpi.ingest.protect import JOIN, fold_ids
from kpi.ingest.reasons import BLANK

if TYPE_CHECKING:
    from numpy.typing import NDArray


def record_keys(
    dataset: Dataset,
    cleaned: Mapping[str, Cleaned],
    hashes: Mapping[str, NDArray[Any]],
    rows: int,
    protect: Protect,
    occurrences: Counter[str],
) -> NDArray[Any]:
    """The key of each row, None where its parts cannot be read.

    By key: one identifier is its own hash; several columns are hashed together in the dataset's
    space. By period: period, location, part, the identity columns and how often that came before
    in the file (``occurrences``, kept from block to block), so that two equal rows are both kept.
    """
    keys = np.empty(rows, dtype=object)
    if not rows:
        return keys
    if len(dataset.key) == 1:
        keys[:] = hashes[dataset.key[0]]
        return keys
    names = key_parts(dataset)
    needed = {name for name in names if name == dataset.period or _is_required(dataset, name)}
    readable = np.ones(rows, dtype=bool)
    for name in names:
        if name in cleaned:
            readable &= (
                cleaned[name].faults == 0 if name in needed else (cleaned[name].faults <= BLANK)
            )
    there = np.flatnonzero(readable)
    parts = [_parts(dataset, name, cleaned, there) for name in names]
    joined = [JOIN.join(each) for each in zip(*parts, strict=True)]
    if dataset.period:
        for place, text in enumerate(joined):
            occurrences[text] += 1
            joined[place] = f"{text}{JOIN}{occurrences[text]}"
    if joined:
        keys[there] = np.array(protect(dataset.name, joined), dtype=object)
    return keys


def key_parts(dataset: Dataset) -> tuple[str, ...]:
    """The columns that together say which record a row is. One of them that is there and cannot
    be read leaves the row without a key, be it required or not."""
    if dataset.period:
        return (dataset.period, "location", "part", *dataset.identity)
    return dataset.key


def _is_required(dataset: Dataset, name: str) -> bool:
    return dataset.by_key and dataset.column(name).required


def months_of(dataset: Dataset, cleaned: Mapping[str, Cleaned], rows: int) -> NDArray[np.int64]:
    """The month of each row as ``202601``, 0 where none of its month columns can be read."""
    months = np.zeros(rows, dtype=np.int64)
    for name in dataset.month:
        if name not in cleaned:
            continue
        found = cleaned[name]
        places = np.flatnonzero((months == 0) & (found.faults == 0))
        values = found.values[places].astype(np.int64)
        kind = dataset.column(name).kind
        if kind is not Kind.MONTH:
            unit = "D" if kind is Kind.DATE else "s"
            index = values.astype(f"datetime64[{unit}]").astype("datetime64[M]").astype(np.int64)
            values = (index // 12 + 1970) * 100 + index % 12 + 1
        months[places] = values
    return months


def _parts(
    dataset: Dataset, name: str, cleaned: Mapping[str, Cleaned], there: NDArray[np.intp]
) -> list[str]:
    """One part of a key for the rows that have one, as it is compared."""
    if name not in cleaned:
        return [""] * len(there)
    found = cleaned[name]
    values = found.values[there]
    absent = found.faults[there] != 0
    if values.dtype != object:
        return ["" if gone else str(value) for value, gone in zip(values, absent, strict=True)]
    texts = ["" if gone else value for value, gone in zip(values, absent, strict=True)]
    return texts if dataset.column(name).kind is Kind.ID else fold_ids(texts)
