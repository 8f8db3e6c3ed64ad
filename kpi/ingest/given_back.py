"""Refused rows given back to the person who brought the file, to be mended and loaded.

They are gathered while the file is read and never stored by us: what is kept of a refused row is
its line, column and reason.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

from kpi.datasets import Dataset
from kpi.ingest.formulas import with_apostrophe
from kpi.ingest.mapping.names import GIVEN_BACK
from kpi.ingest.model import Chunk, Quarantined
from kpi.ingest.reasons import reason_sentence

LINE, BECAUSE = sorted(GIVEN_BACK, reverse=True)


class GivenBack:
    """The refused rows of a file, by dataset, with the canonical columns that the file has."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[Quarantined, Mapping[str, str]]]] = {}
        self._datasets: dict[str, Dataset] = {}

    def take(self, chunk: Chunk) -> None:
        """Adds a chunk's refused rows."""
        if chunk.quarantined:
            self._datasets[chunk.dataset.name] = chunk.dataset
            rows = self._rows.setdefault(chunk.dataset.name, [])
            rows += zip(chunk.quarantined, chunk.given_back, strict=True)

    @property
    def datasets(self) -> tuple[str, ...]:
        """Datasets of which rows were refused."""
        return tuple(sorted(self._rows))

    def as_csv(self, dataset: str) -> str:
        """The refused rows of one dataset: line, reason, then their cells, readable ones in
        canonical form. Mended, the file is loaded as it is, unless the dataset is replaced a whole
        period at a time: then each reason says to mend the export."""
        definition = self._datasets[dataset]
        rows = self._rows[dataset]
        names = [name for name in definition.names if name in rows[0][1]]
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([LINE, BECAUSE, *names])
        for refused, cells in rows:
            because = reason_sentence(definition, refused.column, refused.reason)
            told = because + _in_the_export(definition)
            kept = (with_apostrophe(cells[name]) for name in names)
            writer.writerow([refused.line, told, *kept])
        return text.getvalue()


def _in_the_export(dataset: Dataset) -> str:
    """What to do with a row of a list that is replaced as a whole, said in the file itself."""
    if dataset.by_key:
        return ""
    return (
        f" Mend it in the export and load that whole: {dataset.name} is replaced a whole "
        f"{dataset.period} at a time, so this file cannot be loaded."
    )
