"""What a dataset is: one definition that serves tables, reader, template and documentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kpi.datasets.hearsay import Hearsay, Split


class Kind(StrEnum):
    """What a column's values are. How each is stored: ``kpi.datasets.stored``."""

    ID = "id"
    TEXT = "text"
    CHOICE = "choice"
    MONEY = "money"
    DECIMAL = "decimal"
    WHOLE = "whole"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    MONTH = "month"


_UNHEARD = Hearsay()


@dataclass(frozen=True, slots=True)
class Column:
    """One canonical column.

    ``choices`` maps each accepted value to its other spellings (folded before they are compared).
    ``space`` names the id space that a hashed id lives in, so that ids that mean the same thing
    link across datasets. ``blank_is_zero``: a blank is naturally zero or false once the practice
    has ever filled the column. ``unit`` of a length of time: ``minutes`` or ``seconds``.
    ``aliases``: what exports call it, the best name first, by which a mapping is proposed, never
    taken. ``flags``: columns of yes and no over which some exports spread a choice, and the value
    that each means; where several say yes, the first counts. ``hearsay``: what else is known of
    how exports write it, but only by hearsay.
    """

    name: str
    kind: Kind
    text: str
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    space: str | None = None
    blank_is_zero: bool = False
    signed: bool = True
    example: str = ""
    unit: str | None = None
    aliases: tuple[str, ...] = ()
    flags: Mapping[str, str] = field(default_factory=dict)
    hearsay: Hearsay = _UNHEARD


@dataclass(frozen=True, slots=True)
class Dataset:
    """One kind of export.

    ``key``: columns that identify a record, for datasets that are re-exported by key.
    ``period``: the column that names the period, for datasets that are re-exported by period;
    within it ``identity`` says which row is which. Exactly one of ``key`` and ``period`` is set.
    ``month``: the columns that give the record's month, the first filled one counts.
    ``daily``: a month is complete when no run of more than five weekdays lacks a record; else
    one record makes it complete. ``attestable``: a month may be declared to have none.
    ``quiet``: (column, value) of rows that do not count as records for completeness. ``spread``:
    a record counts in every month that its days lie in; all days of a month make it complete.
    ``voids``: columns that say yes where a row is no record, with the reason; ``split``: how some
    exports have one row a kind of a figure. Both are hearsay: proposed, never taken.
    ``by_hand``: it lives in no system that exports, so the page has a form for it.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    month: tuple[str, ...]
    key: tuple[str, ...] = ()
    period: str | None = None
    identity: tuple[str, ...] = ()
    daily: bool = False
    attestable: bool = False
    quiet: tuple[str, str] | None = None
    spread: bool = False
    voids: Mapping[str, str] = field(default_factory=dict)
    split: Split | None = None
    by_hand: bool = False

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        return self._by_name()[name]

    def has(self, name: str) -> bool:
        """Whether the dataset has a column of that name."""
        return name in self._by_name()

    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def by_key(self) -> bool:
        """Whether a re-export meets what is there row by row, by key."""
        return self.period is None

    @property
    def snapshot(self) -> bool:
        """Whether a record says how things stood on a day, not that something happened."""
        return self.period == "as_of"

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in the order of the template."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which a record counts nowhere."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def stored(self) -> tuple[Column, ...]:
        """Columns that its table holds: a key that is one hashed id is the record's key itself."""
        if len(self.key) == 1:
            return tuple(column for column in self.columns if column.name != self.key[0])
        return self.columns


LOCATION = Column(
    "location",
    Kind.TEXT,
    "site of the practice",
    example="Main Street",
    aliases=(
        "facility", "facility name", "service location", "svc dprtmnt", "office", "office name",
        "location name", "site", "clinic", "practice location",
    ),
)  # fmt: skip
PART = Column("part", Kind.TEXT, "which piece of the period's export, where it comes in pieces")
