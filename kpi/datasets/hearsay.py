"""What is known only by hearsay of how exports write a column: proposed for a person to confirm,
never taken of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NO_RECORD = "no record"
"""What a word means where rows with it are no records at all: an open slot, a lunch break."""


@dataclass(frozen=True, slots=True)
class Hearsay:
    """Of one column.

    ``doubtful``: names under which exports have something that comes near, each with what is
    doubtful about it; used only where nothing better is there. ``likely``: by value the words that
    mostly mean it, but that are too short, or too much one vendor's, to be taken everywhere.
    ``no_record``: words with which a row is no record. ``refined_by``: columns in which some
    exports say it more exactly, like a reason of cancelling that says "no show". ``sums``: names
    of columns that give it added up.
    """

    doubtful: Mapping[str, str] = field(default_factory=dict)
    likely: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    no_record: tuple[str, ...] = ()
    refined_by: tuple[str, ...] = ()
    sums: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """How some exports have one row a kind of a figure, where a dataset has one column a kind.

    ``by``: names of the column that says the kind, ``amount``: of the one that holds the figure.
    ``likely``: by canonical column the words of its kind; under ``NO_RECORD`` those of kinds that
    are none of the dataset's.
    """

    by: tuple[str, ...]
    amount: tuple[str, ...]
    likely: Mapping[str, tuple[str, ...]]
