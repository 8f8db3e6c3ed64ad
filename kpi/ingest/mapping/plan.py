"""How the columns and rows of one recognised file become those of datasets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi.datasets import Column, Dataset
from kpi.ingest.model import Feed


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """Where one canonical column comes from.

    ``place`` is the file's column, counted from 0, and ``heading`` its name there; with no place
    every row has the text ``constant``. ``values`` turns the file's own words (outer blanks and
    case folded) into canonical ones; a word that is not among them stays as it is. ``negate``
    turns the sign. ``month_first``: how ``3/4/2026`` is read, None where the values decide.
    """

    column: Column
    place: int | None
    heading: str
    constant: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    negate: bool = False
    month_first: bool | None = None


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
class Plan:
    """All that is needed to read a recognised file. ``dropped``: columns that are not kept."""

    profile: str
    feeds: tuple[FeedPlan, ...]
    dropped: tuple[str, ...] = ()
    routing: Routing | None = None

    @property
    def needed(self) -> int:
        """How many cells a row must have, because a required column stands in the last one."""
        places = [
            plan.place
            for feed in self.feeds
            for plan in feed.columns
            if plan.place is not None
            and (plan.column.required or plan.column.name in feed.dataset.key)
        ]
        if self.routing:
            places.append(self.routing.place)
        return max(places, default=-1) + 1
