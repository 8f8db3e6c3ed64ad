"""Mappings proposed for the tables of a file, and what would come of reading it by one."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kpi.access.practices import Practice
from kpi.datasets import Dataset, Kind
from kpi.datasets.stored import date_of, time_of
from kpi.errors import FileRefused
from kpi.ingest.clean.form import NUMBERS
from kpi.ingest.clean.written import written
from kpi.ingest.files.naming import shown_name
from kpi.ingest.files.opening import open_grids
from kpi.ingest.mapping.offer import LONGEST_SPAN
from kpi.ingest.mapping.profile import Profile, all_profiles
from kpi.ingest.mapping.proposal import Proposal, propose
from kpi.ingest.mapping.recognise import Known, taken_for
from kpi.ingest.model import Chunk
from kpi.ingest.opening import Asked, open_readings
from kpi.ingest.protect import Protector
from kpi.ingest.reasons import reason_sentence
from kpi.ingest.statements.recognise import statement_profile
from kpi.months import Month

if TYPE_CHECKING:
    import pandas as pd

BLOCKS = 2
"""Blocks of rows that a rehearsal reads: 100,000 rows, most files whole."""

HIDDEN = "hidden"
"""What stands in an example for a value that may say who somebody is."""

_EXAMPLES = 5
_DIGITS = 7  # before the point: longer numbers are telephone or record numbers


def proposals_of(where: Path | BinaryIO, name: str, wanted: str | None = None) -> list[Proposal]:
    """The best mapping of each table of a file, to the dataset ``wanted`` or the one that fits.

    Raises FileRefused with one sentence where there is no table that could be mapped.
    """
    name = shown_name(name)
    proposals: list[Proposal] = []
    refusals: list[FileRefused] = []
    try:
        for grid in open_grids(where, name):
            try:
                proposals.append(propose(grid, wanted))
            except FileRefused as refusal:
                refusals.append(refusal)
    except OSError as error:
        why = error.strerror or "it is not there"
        raise FileRefused(f"{name} cannot be read: {why}.") from None
    if not proposals:
        raise refusals[0]
    return proposals


def read_already(where: Path | BinaryIO, name: str, known: Known) -> dict[str, Dataset | Profile]:
    """The tables of a file that are read without a mapping being made, each with what it is taken
    for. Empty where the file cannot be read at all."""
    found: dict[str, Dataset | Profile] = {}
    with suppress(OSError, FileRefused):
        for grid in open_grids(where, shown_name(name)):
            with suppress(FileRefused):
                taken = statement_profile(all_profiles(), grid) or taken_for(grid, known)
                if taken is not None:
                    found[grid.name] = taken
    return found


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What reading a file by a profile would give; nothing was stored.

    ``read`` = ``loaded`` + the sums of ``left_out`` and ``refused``, which say why; ``blanked``
    counts values left blank by a sentence. ``whole``: not only the first rows were read.
    ``months``: rows a month. ``examples``: the first rows as they would be stored; None is a
    blank, and values that may identify somebody are shown as ``hidden``. ``dropped``: columns
    that are not kept.
    """

    dataset: str
    read: int
    loaded: int
    whole: bool
    left_out: Mapping[str, int]
    refused: Mapping[str, int]
    blanked: Mapping[str, int]
    months: Mapping[Month, int]
    examples: tuple[Mapping[str, str | None], ...]
    dropped: tuple[str, ...]
    notes: tuple[str, ...]


def rehearse(
    where: Path | BinaryIO,
    name: str,
    profile: Profile,
    practice: Practice,
    covers: Sequence[Month] = (),
    table: str | None = None,
) -> Rehearsal:
    """Reads a file's first rows by a profile (``Proposal.profile``) as loading would, and says
    what came of them. ``table``: which one, of several (``Proposal.table``).

    Needs no database: identifiers are hashed with a key that is thrown away. Raises FileRefused
    where the file would be refused.
    """
    protect = Protector(secrets.token_bytes(32), practice.id)
    asked = Asked(practice, protect, Known(profile=profile), tuple(covers))
    readings = open_readings(where, shown_name(name), asked)
    reading = next((each for each in readings if table in (None, each.file)), readings[0])
    told = _Told(reading.feeds[0].dataset)
    whole = True
    for number, chunk in enumerate(reading.chunks):
        if number == BLOCKS:
            whole = False
            break
        told.take(chunk)
    return Rehearsal(
        dataset=told.dataset.name,
        read=told.read,
        loaded=told.loaded,
        whole=whole,
        left_out=dict(told.left_out),
        refused=dict(told.refused.most_common()),
        blanked=dict(told.blanked.most_common()),
        months=dict(sorted(told.months.items())),
        examples=tuple(told.examples),
        dropped=reading.dropped,
        notes=(reading.dialect, *reading.notes),
    )


@dataclass(slots=True)
class _Told:
    """What the chunks of a rehearsal come to."""

    dataset: Dataset
    read: int = 0
    loaded: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    blanked: Counter[str] = field(default_factory=Counter)
    months: Counter[Month] = field(default_factory=Counter)
    examples: list[Mapping[str, str | None]] = field(default_factory=list)

    def take(self, chunk: Chunk) -> None:
        self.read += chunk.read
        self.loaded += len(chunk.frame)
        self.left_out += chunk.left_out
        for row in chunk.quarantined:
            self.refused[reason_sentence(self.dataset, row.column, row.reason)] += 1
        for said, count in chunk.blanked.items():
            column, _, code = said.partition(": ")
            self.blanked[reason_sentence(self.dataset, column, code)] += count
        self.months.update(_months(self.dataset, chunk.frame))
        wanted = _EXAMPLES - len(self.examples)
        self.examples += _examples(self.dataset, chunk.frame.head(wanted))


def _months(dataset: Dataset, frame: pd.DataFrame) -> Iterable[Month]:
    """The month of each row that has one: that of the first filled column that gives it."""
    names = [name for name in dataset.month if name in frame.columns]
    for values in zip(*(frame[name].tolist() for name in names), strict=True):
        for name, value in zip(names, values, strict=True):
            if not _is_blank(value):
                yield _month(dataset.column(name).kind, int(value))
                break


def _month(kind: Kind, value: int) -> Month:
    if kind is Kind.MONTH:
        return Month.from_code(value)
    return Month.of(date_of(value) if kind is Kind.DATE else time_of(value).date())


def _examples(dataset: Dataset, frame: pd.DataFrame) -> list[Mapping[str, str | None]]:
    columns = [column for column in dataset.columns if column.name in frame.columns]
    cells = {column.name: _shown(column.kind, frame[column.name].tolist()) for column in columns}
    return [{name: shown[row] for name, shown in cells.items()} for row in range(len(frame))]


def _shown(kind: Kind, values: list[Any]) -> list[str | None]:
    """The values of a column as they would be stored, unless they may say who somebody is: so may
    dates that lie far apart, and numbers too long for an amount."""
    texts = [None if _is_blank(value) else written(kind, value) for value in values]
    filled = [text for text in texts if text is not None]
    years = [int(text[:4]) for text in filled] if kind in (Kind.DATE, Kind.TIME) else []
    telling = (
        kind in (Kind.ID, Kind.TEXT)
        or (bool(years) and max(years) - min(years) > LONGEST_SPAN)
        or (kind in NUMBERS and any(len(text.partition(".")[0]) > _DIGITS for text in filled))
    )
    return [None if text is None else HIDDEN if telling else text for text in texts]


def _is_blank(value: Any) -> bool:
    import pandas as pd

    return value is None or value is pd.NA
