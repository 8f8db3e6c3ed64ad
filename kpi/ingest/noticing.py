"""What is odd in a file's good rows: said on the receipt, and loaded all the same.

Only lines and counts are said: a name in a message could be a patient's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from kpi.datasets import Dataset, Kind
from kpi.datasets.stored import days_of
from kpi.ingest.look_alikes import look_alikes
from kpi.ingest.model import Chunk
from kpi.months import Month

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_IN_ORDER: Mapping[str, tuple[tuple[str, str], ...]] = {
    "appointments": (
        ("arrived_at", "roomed_at"), ("arrived_at", "seen_at"), ("roomed_at", "seen_at"),
        ("seen_at", "departed_at"),
    ),
    "charges": (("service_date", "posted_date"),),
    "claims": (("service_date", "submitted_date"), ("submitted_date", "outcome_date")),
    "complaints": (("received_on", "resolved_on"),),
    "incidents": (
        ("occurred_on", "discovered_on"), ("discovered_on", "reported_on"),
        ("discovered_on", "closed_on"),
    ),
    "surveys": (("sent_on", "answered_on"),),
}  # fmt: skip
"""Columns of which the second cannot lie before the first."""

_PAST: Mapping[str, str] = {
    "calls": "day", "charges": "posted_date", "claims": "submitted_date",
    "complaints": "received_on", "incidents": "discovered_on", "payments": "posted_date",
    "surveys": "answered_on",
}  # fmt: skip
"""The day of what has happened. Appointments, audits and courses may well lie ahead."""

NAMES = ("provider", "payer")
"""Columns that hold the names of people and firms, which systems spell in several ways."""

_LISTED = 6  # months; a file of more is a history, and its receipt lists them anyway
_FEW = 10  # a month with less than a tenth of what others have


class Noticing:
    """Looks at one dataset's chunks as they pass. ``today``: in the practice's own clock."""

    def __init__(self, dataset: Dataset, today: date | None) -> None:
        self._dataset = dataset
        self._today = None if today is None else days_of(today)
        self._backwards: dict[tuple[str, str], list[int]] = {}
        self._ahead: list[int] = []
        self._months: Counter[int] = Counter()
        self._names: dict[str, dict[str, int]] = {name: {} for name in NAMES}

    def take(self, chunk: Chunk) -> None:
        """Looks at a chunk's good rows."""
        frame = chunk.frame
        if frame.empty:
            return
        lines = frame["line"].to_numpy()
        for earlier, later in _IN_ORDER.get(self._dataset.name, ()):
            if earlier in frame and later in frame:
                wrong = _filled(frame, later) < _filled(frame, earlier, above=True)
                _note(self._backwards.setdefault((earlier, later), [0, 0]), wrong, lines)
        past = _PAST.get(self._dataset.name, "")
        if past in frame and self._today is not None:
            self._ahead = self._ahead or [0, 0]
            _note(self._ahead, _filled(frame, past) > self._today, lines)
        self._count_months(frame)
        for name, seen in self._names.items():
            if name in frame:
                first = frame[~frame[name].duplicated()]
                for text, line in zip(first[name], first["line"], strict=True):
                    if text is not None:
                        seen.setdefault(text, int(line))

    def _count_months(self, frame: pd.DataFrame) -> None:
        dataset = self._dataset
        column = next((name for name in dataset.month if name in frame), None)
        if column is None or dataset.spread or dataset.column(column).kind is Kind.MONTH:
            return
        values = frame[column].dropna().to_numpy(dtype=np.int64)
        unit = "s" if dataset.column(column).kind is Kind.TIME else "D"
        months = values.astype(f"datetime64[{unit}]").astype("datetime64[M]").astype(np.int64)
        for month, count in zip(*np.unique(months, return_counts=True), strict=True):
            self._months[int(month)] += int(count)

    @property
    def notes(self) -> list[str]:
        """Sentences for the receipt."""
        return [*self._month_notes(), *self._order_notes(), *self._name_notes()]

    def _month_notes(self) -> Iterator[str]:
        counts = {Month.of(date(1970, 1, 1)) + step: n for step, n in sorted(self._months.items())}
        if len(counts) < 2:
            return
        usual = median(counts.values()) if len(counts) > 2 else max(counts.values())
        few = [month.words for month, count in counts.items() if count * _FEW < usual]
        said = []
        if len(counts) <= _LISTED:
            each = ", ".join(f"{month.words} {count:,}" for month, count in counts.items())
            said.append(f"Rows by month: {each}.")
        if few:
            whole = "is that month whole?" if len(few) == 1 else "are those months whole?"
            said.append(f"Few are of {' and '.join(few[:3])}: {whole}")
        if said:
            yield " ".join(said)

    def _order_notes(self) -> Iterator[str]:
        for (earlier, later), (count, line) in self._backwards.items():
            if count:
                rows = "row" if count == 1 else "rows"
                yield f"In {count:,} {rows} {later} lies before {earlier} (first in line {line})."
        if self._ahead and self._ahead[0]:
            count, line = self._ahead
            are = "row is" if count == 1 else "rows are"
            column = _PAST[self._dataset.name]
            yield f"{count:,} {are} dated in the future ({column}, first in line {line})."

    def _name_notes(self) -> Iterator[str]:
        for name, seen in self._names.items():
            for one, other in look_alikes(seen, persons=name == "provider"):
                yield (
                    f"{name} in lines {seen[one]} and {seen[other]} looks like one name in two "
                    "spellings; they are kept apart."
                )


def _filled(frame: pd.DataFrame, name: str, above: bool = False) -> NDArray[Any]:
    """A column's values; where there is none, one that no comparison notices."""
    blank = np.iinfo(np.int64).min if above else np.iinfo(np.int64).max
    values: NDArray[Any] = frame[name].fillna(blank).to_numpy(dtype=np.int64)
    return values


def _note(counted: list[int], wrong: NDArray[np.bool_], lines: NDArray[np.int64]) -> None:
    """Adds the rows to a count, and the line of the first of all."""
    count = int(wrong.sum())
    if count and not counted[0]:
        counted[1] = int(lines[int(wrong.argmax())])
    counted[0] += count
