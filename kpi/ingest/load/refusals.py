"""When a file that can be read is refused all the same, and what then to do. Each may raise
FileRefused: nothing of the file is kept then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from kpi.access.practices import Practice
from kpi.datasets import Dataset
from kpi.errors import FileRefused
from kpi.ingest.load.by_key import Loaded
from kpi.ingest.load.standing import Replacement
from kpi.ingest.load.tally import Tally
from kpi.ingest.model import Reading
from kpi.ingest.questions import FileAsks, Question
from kpi.ingest.reasons import row_sentence
from kpi.months import Month
from kpi.store.tables import practices

BAD_ROWS = 5
BAD_SHARE = 0.05
"""A file with more bad rows than both is refused."""

REMOVED_SHARE = 0.2
"""A by-period file that would remove more of the rows it replaces asks first."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says about a file: see ``kpi ingest --help``."""

    covers: tuple[Month, ...] = ()
    replace: bool = False
    allow_bad: bool = False
    allow_old: bool = False
    allow_unusual: bool = False


def refuse_bad(dataset: Dataset, tally: Tally, options: Options) -> None:
    """A file with too many rows that cannot be read, unless they are allowed."""
    bad = len(tally.bad)
    if options.allow_bad or bad <= BAD_ROWS or bad <= BAD_SHARE * tally.read:
        return
    examples = " ".join(row_sentence(dataset, each) for each in tally.bad[:3])
    raise FileAsks(
        Question.BAD_ROWS,
        f"{bad:,} of {tally.read:,} rows of {dataset.name} cannot be read, so nothing was loaded. "
        f"{examples}",
    )


def refuse_removal(dataset: Dataset, loaded: Loaded, options: Options) -> None:
    """A by-period file that lacks too many of the rows it replaces, unless that is meant."""
    replaced = loaded.removed + loaded.changed + loaded.unchanged
    if options.replace or loaded.removed <= REMOVED_SHARE * replaced:
        return
    raise FileAsks(
        Question.REMOVED_ROWS,
        f"The file lacks {loaded.removed:,} of the {replaced:,} rows of {dataset.name} that it "
        "would replace, so nothing was loaded. Export the period whole.",
    )


def refuse_other_practice(connection: Connection, practice: Practice, file: Reading) -> None:
    """A file whose title lines name another practice of this database, and not this one."""
    above = {" ".join(text.split()).casefold() for text in file.above}
    if not above or practice.name.casefold() in above:
        return
    others = connection.execute(
        select(practices.c.name).where(practices.c.number != practice.number)
    ).scalars()
    for name in others:
        if name.casefold() in above:
            raise FileRefused(
                f"{file.file} says that it is of {name}, and it is being loaded for "
                f"{practice.name}; nothing was loaded. Take the right file, or the right practice."
            )


def refuse_sealed(dataset: Dataset, sealed: int, covers: Sequence[Month], options: Options) -> None:
    """A file that is said to hold sealed months whole, or is to replace them. A file whose own
    title lines name them is loaded for the others."""
    said = covers if options.replace else options.covers
    touched = [month for month in said if month.code < sealed]
    if touched:
        raise FileRefused(
            f"The file is to speak for {dataset.name} of {span_words(touched)}, but months before "
            f"{Month.from_code(sealed)} are sealed: records of them are no longer kept, and their "
            "figures stay as they are. Load it for later months."
        )


def refuse_elsewhere(covers: Sequence[Month], months: Sequence[Month]) -> None:
    """A file whose rows all fall outside the months that it is said to cover."""
    if covers and months and not set(covers) & set(months):
        raise FileAsks(
            Question.COVERS,
            f"The file is said to cover {covers[0]} to {covers[-1]}, but its rows fall in "
            f"{months[0]} to {months[-1]}; nothing was loaded. Was the right file taken?",
            span_words(months),
        )


def refuse_outside(file: Reading, months: Sequence[Month]) -> None:
    """A file with rows outside of the period that its own title lines name."""
    outside = [month for month in months if month not in file.covers]
    if file.covers and outside:
        raise FileAsks(
            Question.COVERS,
            f"{file.file} says that it covers {span_words(file.covers)}, but has rows in "
            f"{', '.join(map(str, outside[:3]))}; nothing was loaded.",
            span_words(sorted({*file.covers, *outside})),
        )


def span_words(months: Sequence[Month]) -> str:
    """Months as a person says what a file covers."""
    return str(months[0]) if len(months) == 1 else f"{months[0]}..{months[-1]}"


def replacement_of(
    dataset: Dataset,
    columns: Sequence[str],
    tally: Tally,
    covers: Sequence[Month],
    options: Options,
) -> Replacement | None:
    """What a by-key file of some columns takes away where it is to replace; None elsewhere."""
    if not options.replace or not dataset.by_key:
        return None
    if not covers:
        raise FileAsks(
            Question.COVERS,
            f"Rows of {dataset.name} are replaced a whole month at a time, and nothing says which "
            "months the file holds whole.",
        )
    unknown = [each.line for each in tally.bad if each.key is None]
    if unknown:
        raise FileRefused(
            f"Line {unknown[0]} has an id that cannot be read, so it is not known which record "
            "it stands for, and replacing could remove it. Mend it, then load again."
        )
    places = frozenset(tally.places) if "location" in columns else None
    return Replacement(frozenset(month.code for month in covers), places)
