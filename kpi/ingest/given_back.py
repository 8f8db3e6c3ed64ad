"""Refused rows given back to the person who brought the file, to be mended and loaded.

They are gathered while the file is read and never stored by us: what is kept of a refused row is
its line, column and reason.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from io import StringIO

from kpi.datasets import Dataset
from kpi.ingest.mapping.names import GIVEN_BACK
from kpi.ingest.model import Chunk, Quarantined
from kpi.ingest.reasons import reason_sentence

_RUN = frozenset({"=", "+", "@", "\t", "\r"})
_NEGATIVE = re.compile(r"-\s*[$\u20ac\u00a3]?[\d.,]*", re.ASCII)
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
        canonical form. Mended, the file is loaded as it is."""
        definition = self._datasets[dataset]
        rows = self._rows[dataset]
        names = [name for name in definition.names if name in rows[0][1]]
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([LINE, BECAUSE, *names])
        for refused, cells in rows:
            because = reason_sentence(definition, refused.column, refused.reason)
            writer.writerow([refused.line, because, *(_plain(cells[name]) for name in names)])
        return text.getvalue()


def _plain(text: str) -> str:
    """A cell that a spreadsheet will not take for a formula; numbers and dates stay as they are."""
    runs = text[:1] in _RUN or (text[:1] == "-" and not _NEGATIVE.fullmatch(text))
    return f"'{text}" if runs else text
