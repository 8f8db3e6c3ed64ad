"""Rows in quarantine as a list to look through and to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.views.periods import months_words
from dashboards.views.words import count_of, name_of
from kpi.ingest.quarantine import Refused

HEADINGS = ("File", "Line", "Dataset", "Month", "Column", "Found", "Why")


def cells(row: Refused) -> tuple[str, ...]:
    """A row of the table."""
    return (
        row.file, f"{row.line:,}", name_of(row.dataset), months_words(row.months),
        row.column, row.found, row.why,
    )  # fmt: skip


def label(row: Refused) -> str:
    """A row in one line, for a choice."""
    return f"{row.file}, line {row.line:,}"


def summary(rows: Sequence[Refused], shown: int) -> str:
    """What these rows are, and the two ways out."""
    count = count_of(len(rows), "row")
    first = f" The first {shown:,} are listed." if len(rows) > shown else ""
    return (
        f"{count} could not be taken and still {'counts' if len(rows) == 1 else 'count'} against "
        f"{'its' if len(rows) == 1 else 'their'} month.{first} Mend them where they come from and "
        "load the export again; a row that will not be mended can be dismissed with a reason, "
        "which the log keeps."
    )
