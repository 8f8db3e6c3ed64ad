"""How the columns and rows of one recognised table become those of datasets.

A place is the number of a column of the table, counted from 0. Places beyond the header are
columns that are made while the table is read; ``kpi.ingest.layout.shape`` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kpi.datasets import Column, Dataset, Kind
from kpi.ingest.model import Feed


class Taking(Enum):
    """How the text of a canonical column is taken from the places that it has."""

    JOINED = "joined"  # one after the other, with blanks between; blank where the last one is
    FIRST = "first"  # the first one that is filled; of a day, the first that holds a date
    FLAGS = "flags"  # the word of the first one that says yes
    SUM = "sum"  # the sum of all, blanks as nothing


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """Where one canonical column comes from.

    ``heading`` is its name in the file; with no place every row has the text ``constant``.
    ``words`` are the values of flags, a place each; where none says yes, ``constant``.
    ``values`` turns the file's own words (outer blanks and case folded) into canonical ones; a
    word that is not among them stays as it is. ``when``: a place and the words in it under which
    the cell counts; else ``constant`` stands. ``unless``: places whose words, where they are among
    those given, say it instead, the first place first. ``negate`` turns the sign.
    ``month_first``: how ``3/4/2026`` is read, None where the values decide. ``unit``: how lengths
    of time are written, None where the column's own unit holds. ``turned``: the place that says
    whether the answer's scale runs the other way.
    """

    column: Column
    places: tuple[int, ...]
    heading: str
    taking: Taking = Taking.JOINED
    constant: str = ""
    words: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    when: tuple[int, frozenset[str]] | None = None
    unless: tuple[tuple[int, Mapping[str, str]], ...] = ()
    negate: bool = False
    month_first: bool | None = None
    unit: str | None = None
    turned: int | None = None


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """What one dataset takes from the file: its columns, in the dataset's order."""

    dataset: Dataset
    columns: tuple[ColumnPlan, ...]

    @property
    def feed(self) -> Feed:
        """The same as the loading side needs it."""
        return Feed(self.dataset, tuple(plan.column.name for plan in self.columns))


@dataclass(frozen=True, slots=True)
class Routing:
    """Which row is whose, by the word in one column (outer blanks and case folded).

    ``datasets`` gives the dataset of a word, ``left_out`` the reason why rows with it are no
    records of any.
    """

    place: int
    datasets: Mapping[str, str]
    left_out: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Rows that are no records, and why: those whose cell is one of ``words`` (outer blanks and
    case folded; ``""`` is a blank), or, with ``other_than``, those that name another firm."""

    place: int
    reason: str
    words: frozenset[str] = frozenset()
    other_than: str | None = None


@dataclass(frozen=True, slots=True)
class Melt:
    """Columns that become rows: one row a filled cell of ``places``, with the cell itself and
    ``constants``, a tuple a place, as further columns. ``blank`` is the reason for the others.
    ``words``: what a cell stands for, a mapping a place, folded as answers are."""

    places: tuple[int, ...]
    constants: tuple[tuple[str, ...], ...]
    blank: str
    words: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Aging:
    """An amount and its age in days become the five buckets and the credits of AR aging."""

    amount: int
    days: int


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold between cells of a row: ``terms``, (place, sign), add up to ``total``."""

    terms: tuple[tuple[int, int], ...]
    total: int
    words: str


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows are made of the lines under the header.

    ``fill_down``: places whose blank cells mean the same as above. ``group``: a row of which only
    the first cell is filled heads those under it; its text is a further column. ``lone_cell``:
    why a row with one filled cell is no record, where it is none.
    ``test_patients``: the place of patients' names and numbers, by which test patients are left
    out. ``given_back``: cells may have an apostrophe in front that we put there.
    """

    fill_down: tuple[int, ...] = ()
    group: bool = False
    lone_cell: str = ""
    leave_out: tuple[LeaveOut, ...] = ()
    test_patients: int | None = None
    melt: Melt | None = None
    aging: Aging | None = None
    checks: tuple[Check, ...] = ()
    given_back: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is needed to read a recognised table. ``dropped``: columns that are not kept.
    ``width``: how many columns the header has; places from there on are made."""

    profile: str
    feeds: tuple[FeedPlan, ...]
    dropped: tuple[str, ...] = ()
    routing: Routing | None = None
    shape: Shape = Shape()
    notes: tuple[str, ...] = ()
    width: int | None = None

    @property
    def anchors(self) -> tuple[int, ...]:
        """Places that every record fills: those of required columns that stand in one cell."""
        return tuple(
            sorted(
                {
                    plan.places[0]
                    for feed in self.feeds
                    for plan in feed.columns
                    if plan.column.required and len(plan.places) == 1 and "" not in plan.values
                }
            )
        )

    @property
    def named(self) -> tuple[int, ...]:
        """Those of the anchors that hold no number: what a record has and a total of it lacks."""
        numbers = {
            plan.places[0]
            for feed in self.feeds
            for plan in feed.columns
            if plan.places and plan.column.kind in (Kind.MONEY, Kind.DECIMAL, Kind.WHOLE)
        }
        return tuple(place for place in self.anchors if place not in numbers)

    @property
    def needed(self) -> int:
        """How many cells a row must have, because a required column stands in the last one."""
        places = [
            place
            for feed in self.feeds
            for plan in feed.columns
            if plan.taking is Taking.JOINED
            and (plan.column.required or plan.column.name in feed.dataset.key)
            for place in plan.places
            if self.width is None or place < self.width
        ]
        if self.routing:
            places.append(self.routing.place)
        return max(places, default=-1) + 1
