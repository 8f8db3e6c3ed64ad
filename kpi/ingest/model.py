"""What the reading side of ingest hands to the loading side: a recognised table, chunk by chunk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpi.datasets import Dataset
from kpi.months import Month

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Protect = Callable[[str, Sequence[str]], list[bytes]]
"""An id space and folded texts in; the practice's keyed hashes of them, 16 bytes each, out."""


@dataclass(slots=True)
class Quarantined:
    """One refused row: where it stands and why, and no more of it than may be kept.

    ``column`` is the canonical column at fault, empty when the row as a whole is. ``found`` is
    the value at fault, only where it cannot identify a patient. ``key`` and ``month``
    (``202601``) are those of the record it would have become, where they could be read.
    """

    line: int
    column: str
    reason: str
    found: str | None
    key: bytes | None
    month: int | None


@dataclass(slots=True)
class Chunk:
    """Some rows of a file as one dataset takes them.

    ``frame`` has the columns ``key`` (16 bytes), ``line`` (physical line, the header counted),
    ``unreadable`` (a bit a column of ``dataset.columns``, in their order: bit 0 is the first)
    and every stored column that the file has, with values as ``kpi.datasets.stored`` says and
    None where blank. ``months`` are the months (``202601``) that its rows name themselves, 0 where
    they name none. ``read`` rows are the rows of ``frame``, ``left_out`` and ``quarantined``
    together, always. ``blanked`` counts cells by "column: reason". ``given_back`` are the cells
    of the quarantined rows, in their order, and is filled only where somebody asked to have them
    back: it goes to that person and is never stored.
    """

    dataset: Dataset
    frame: pd.DataFrame
    months: NDArray[np.int64]
    read: int
    left_out: Counter[str] = field(default_factory=Counter)
    blanked: Counter[str] = field(default_factory=Counter)
    quarantined: list[Quarantined] = field(default_factory=list)
    given_back: Sequence[Mapping[str, str]] = field(default_factory=list)

    @property
    def last_line(self) -> int:
        """The last line of its good rows; 0 where it has none."""
        return int(self.frame["line"].iloc[-1]) if len(self.frame) else 0


@dataclass(frozen=True, slots=True)
class Feed:
    """What a file feeds into one dataset: the canonical columns it has, in the dataset's order."""

    dataset: Dataset
    columns: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """A recognised table of a file, ready to be read once.

    ``file`` names the file, and the sheet where it has several. ``dialect`` is a sentence for the
    receipt. ``dropped`` names columns of the file that are not kept. ``notes`` are sentences for
    the receipt and may grow while ``chunks`` is read. ``covers`` are the months of the file's own
    period line, ``above`` all texts above its header. ``lines`` is how many lines the table has,
    for progress. Reading ``chunks`` may still raise FileRefused: some faults show only further
    down.
    """

    file: str
    sha256: str
    profile: str
    dialect: str
    feeds: tuple[Feed, ...]
    dropped: tuple[str, ...]
    notes: list[str]
    covers: tuple[Month, ...]
    above: tuple[str, ...]
    lines: int
    chunks: Iterator[Chunk]
