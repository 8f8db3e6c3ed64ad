"""Which tables a schema revision has: what its migrations make, asked of an empty database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import JSON, Connection, Float, Integer, LargeBinary, MetaData, create_engine
from sqlalchemy.types import TypeEngine

from kpi.store.backup.contents import Kind
from kpi.store.schema import migrate

REVISION_TABLE = "alembic_version"


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns with their kinds, its key, and the column in which it numbers its rows
    itself, if it does."""

    name: str
    columns: dict[str, Kind]
    key: tuple[str, ...]
    number: str | None


@lru_cache(maxsize=16)
def shapes(revision: str) -> Sequence[Shape]:
    """The tables of a revision, each after those that it refers to."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            migrate(connection, revision)
            return _reflected(connection)
    finally:
        engine.dispose()


def _reflected(connection: Connection) -> Sequence[Shape]:
    found = MetaData()
    found.reflect(connection)
    shapes = []
    for table in found.sorted_tables:
        if table.name == REVISION_TABLE:
            continue
        columns = {column.name: _kind(column.type) for column in table.columns}
        key = tuple(column.name for column in table.primary_key)
        numbers = len(key) == 1 and columns[key[0]] == "whole"
        shapes.append(Shape(table.name, columns, key, key[0] if numbers else None))
    return shapes


def _kind(type: TypeEngine[object]) -> Kind:
    if isinstance(type, JSON):
        return "json"
    if isinstance(type, LargeBinary):
        return "binary"
    if isinstance(type, Integer):
        return "whole"
    return "float" if isinstance(type, Float) else "text"
