"""Names that a file spells otherwise than the months before it do: said, and never merged.

Who works on a figure by clinician or payer would see one leave and another arrive.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from kpi.datasets import Dataset
from kpi.ingest.look_alikes import other_spellings
from kpi.ingest.noticing import NAMES
from kpi.months import Month
from kpi.store.tables import records

_BEFORE = 3
"""Months before the file's first that are looked at: they hold who works there now, and a file of
all months, which brings its own comparison, costs nothing."""


def earlier_spellings(
    connection: Connection, practice: int, dataset: Dataset, upload: int, first: Month
) -> Iterator[str]:
    """Sentences for the receipt, with lines and no names. ``first``: the file's first month."""
    table = records[dataset.name]
    before = [(first - step).code for step in range(1, _BEFORE + 1)]
    for name in NAMES:
        if not dataset.has(name):
            continue
        known = connection.execute(
            select(table.c[name])
            .where(
                table.c.practice == practice,
                table.c.record_month.in_(before),
                table.c.live == 1,
                table.c[name].is_not(None),
            )
            .distinct()
        ).scalars()
        earlier = set(known)
        if not earlier:
            continue
        brought = connection.execute(
            select(table.c[name], func.min(table.c.line))
            .where(
                table.c.practice == practice,
                table.c.upload == upload,
                table.c[name].is_not(None),
            )
            .group_by(table.c[name])
        )
        lines = {text: line for text, line in brought if text not in earlier}
        for other in other_spellings(lines, earlier, persons=name == "provider"):
            yield (
                f"{name} in line {lines[other]} looks like a name of the months before in another "
                "spelling; they are kept apart."
            )
