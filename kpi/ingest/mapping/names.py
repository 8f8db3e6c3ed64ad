"""Every name by which a known export calls a column."""

from __future__ import annotations

from functools import cache

from kpi.datasets import all_datasets
from kpi.ingest.fold import fold_header


@cache
def all_names() -> frozenset[str]:
    """The folded names of all datasets, their aliases, and the headers of all profiles."""
    from kpi.ingest.mapping.profile import all_profiles

    names = {column.name for each in all_datasets() for column in each.columns}
    names |= {
        fold_header(alias)
        for each in all_datasets()
        for column in each.columns
        for alias in column.aliases
    }
    names |= {fold_header(name) for each in all_profiles() for name in each.names}
    return frozenset(names)
