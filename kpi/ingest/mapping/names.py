"""Every name by which a known export calls a column."""

from __future__ import annotations

from functools import cache

from kpi.datasets import all_datasets
from kpi.ingest.fold import fold_header
from kpi.ingest.mapping.people import EMPLOYEE, PATIENT

GIVEN_BACK = frozenset({"refused_line", "refused_because"})
"""Columns beside the canonical ones in a file of refused rows that was mended."""


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
    for each in all_datasets():
        for column in each.columns:
            heard = column.hearsay
            for group in (column.flags, heard.doubtful, heard.refined_by, *heard.sums):
                names |= {fold_header(name) for name in group}
        names |= {fold_header(name) for name in each.voids}
        if each.split:
            names |= {fold_header(name) for name in (*each.split.by, *each.split.amount)}
    names |= {*PATIENT, *EMPLOYEE}
    names |= {fold_header(name) for each in all_profiles() for name in each.names}
    return frozenset(names)
