"""Which of the profiles a statement belongs to, if it is one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from kpi.ingest.files.grid import Grid
from kpi.ingest.fold import fold_value
from kpi.ingest.mapping.profile import Profile

_TITLES = 8  # lines among which the report's title is looked for
_LINES = 400
_LABELS = 6  # columns over which some programs spread the names of accounts, by depth


def statement_profile(profiles: Iterable[Profile], grid: Grid) -> Profile | None:
    """The profile of the statement that a table is, or None where it is no statement.

    It is one if one of its first lines holds nothing but the title of one. Vendors share titles:
    of several profiles it is the one whose names of sections and results the lines have most of.
    """
    titles: set[str] = set()
    labels: set[str] = set()
    with grid.records() as records:
        for place, (_, cells) in enumerate(islice(records, _LINES)):
            filled = [cell for cell in cells if cell.strip()]
            if place < _TITLES and len(filled) == 1:
                titles.add(fold_value(filled[0]))
            labels.update(fold_value(cell) for cell in cells[:_LABELS])
    fitting = [
        each
        for each in profiles
        if each.statement and titles & set(map(fold_value, each.statement["titles"]))
    ]
    return max(fitting, key=lambda each: len(labels & _names(each)), default=None)


def _names(profile: Profile) -> set[str]:
    terms = profile.statement
    accounts = {name for name in terms["account"] if name}
    return {*terms["sections"], *terms["spellings"], *terms["results"], *accounts}
