"""A stored value as a canonical file would write it: the reverse of cleaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kpi.datasets import Kind
from kpi.datasets.stored import DECIMAL_SCALE, date_of, time_of


def written(kind: Kind, value: Any) -> str:
    """The text of a value of any kind but an identifier, which is not stored as it was."""
    return _WRITERS[kind](value) if kind in _WRITERS else str(value)


def _fixed(value: int, scale: int, places: int) -> str:
    whole, rest = divmod(abs(value), scale)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{places}d}"


_WRITERS: Mapping[Kind, Callable[[Any], str]] = {
    Kind.MONEY: lambda value: _fixed(int(value), 100, 2),
    Kind.DECIMAL: lambda value: _fixed(int(value), DECIMAL_SCALE, 4),
    Kind.DATE: lambda value: date_of(int(value)).isoformat(),
    Kind.TIME: lambda value: time_of(int(value)).isoformat(" "),
    Kind.MONTH: lambda value: f"{int(value) // 100}-{int(value) % 100:02d}",
    Kind.BOOLEAN: lambda value: "true" if value else "false",
}
