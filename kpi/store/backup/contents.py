"""What a backup holds, as lines: the manifest, then of each table its rows and what they came to.

A row is a JSON array of what the database keeps: whole numbers, floats and texts as they are, bytes
in hex, JSON as the text it is kept as. Rows stand in the order of their key, so that the same rows
give the same SHA-256 on every database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from kpi.store.backup.chunks import damaged

Kind = Literal["whole", "float", "text", "binary", "json"]
Row = list[Any]
END = b'{"end":true}\n'


@dataclass(frozen=True, slots=True)
class Held:
    """A table of a backup: its columns with their kinds, how many rows, and the highest number
    ever given out where it numbers its rows (0: none)."""

    name: str
    columns: Mapping[str, Kind]
    rows: int
    numbered: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``tables``: each after those that it refers to;
    ``hash_key_check``: by which the hash key is told, from which it cannot be found."""

    program: str
    schema: str
    database: str
    made_at: str
    hash_key_check: str | None
    tables: Sequence[Held]

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables)


class Sum:
    """The SHA-256 of a table's rows, and how many they are."""

    def __init__(self) -> None:
        self.rows, self._hash = 0, hashlib.sha256()

    def add(self, line: bytes) -> None:
        self.rows += 1
        self._hash.update(line)

    def line(self, table: str) -> bytes:
        """The line that ends a table."""
        said = {"table": table, "rows": self.rows, "sha256": self._hash.hexdigest()}
        return json.dumps(said).encode() + b"\n"


def manifest_line(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest)).encode() + b"\n"


def row_line(row: Sequence[Any], binary: Sequence[int]) -> bytes:
    """A row; ``binary``: the places of its columns of bytes."""
    if binary:
        row = list(row)
        for place in binary:
            if row[place] is not None:
                row[place] = row[place].hex()
    return json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def row_of(line: bytes, binary: Sequence[int]) -> Row:
    """The row of a line; ValueError or TypeError where it is none."""
    row: Row = json.loads(line)
    for place in binary:
        if row[place] is not None:
            row[place] = bytes.fromhex(row[place])
    return row


def binary_places(columns: Mapping[str, Kind]) -> list[int]:
    """The places of the columns of bytes."""
    return [place for place, kind in enumerate(columns.values()) if kind == "binary"]


def read_manifest(lines: Iterator[bytes], name: str) -> Manifest:
    """The first line. Raises InputError where it is no manifest."""
    try:
        said = json.loads(next(lines))
        tables = [Held(**each) for each in said.pop("tables")]
        for each in tables:
            if not set(each.columns.values()) <= set(get_args(Kind)):
                raise damaged(name)
        return Manifest(**said, tables=tables)
    except (ValueError, TypeError, KeyError, AttributeError, StopIteration):
        raise damaged(name) from None


def rows_of(lines: Iterator[bytes], table: Held, found: Sum, name: str) -> Iterator[Row]:
    """The rows of the table that comes next, to be taken to the last one; ``found`` adds them up.

    Raises InputError where they are not as many, or not those, that were written down.
    """
    binary = binary_places(table.columns)
    for line in lines:
        if line.startswith(b"{"):
            if line + b"\n" != found.line(table.name) or found.rows != table.rows:
                raise damaged(name)
            return
        try:
            row = row_of(line, binary)
        except (ValueError, TypeError, IndexError):
            raise damaged(name) from None
        if len(row) != len(table.columns):
            raise damaged(name)
        found.add(line + b"\n")
        yield row
    raise damaged(name)


def read_end(lines: Iterator[bytes], name: str) -> None:
    """The line after the last table. Raises InputError where it is missing or not the last."""
    if [line + b"\n" for line in lines] != [END]:
        raise damaged(name)


def sum_of(rows: Iterable[bytes]) -> Sum:
    """What rows come to."""
    found = Sum()
    for each in rows:
        found.add(each)
    return found
