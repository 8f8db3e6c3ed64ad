"""The catalogue as its page shows it: KPIs by family, and one KPI in all its terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from kpi.catalogue.model import Kpi


@dataclass(frozen=True, slots=True)
class Entry:
    """One KPI of the list."""

    id: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Family:
    """The KPIs of one family, in the catalogue's order."""

    name: str
    entries: tuple[Entry, ...]


def families(catalogue: Mapping[str, Kpi]) -> tuple[Family, ...]:
    """Every KPI, family by family."""
    return tuple(
        Family(
            name.capitalize(),
            tuple(Entry(each.id, each.name, each.definition) for each in entries),
        )
        for name, entries in groupby(catalogue.values(), key=lambda each: each.family)
    )
