"""Which column of an unknown table is which of a dataset's, by its name and what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from kpi.datasets import Column, Dataset, Kind
from kpi.ingest.clean.column import clean_column
from kpi.ingest.clean.form import Form, Undecided
from kpi.ingest.fold import fold_header
from kpi.ingest.mapping.guess import ALIKE, DOUBTFUL, NAMED, Guess
from kpi.ingest.mapping.sampling import Sample
from kpi.ingest.reasons import BLANK

_NEAR = 0.86
_READABLE = 0.8
_MOST_WORDS = 60


def guess_by_name(dataset: Dataset, samples: Sequence[Sample]) -> dict[str, Guess]:
    """A guess for each column of a dataset whose name is known or alike; no column of the file is
    taken twice. Times of day without a day, and days without a time, are left for
    ``kpi.ingest.mapping.joining``."""
    found: dict[str, Guess] = {}
    taken: set[str] = set()
    for strength, column, sample in _candidates(dataset, once_named(samples)):
        if column.name in found or sample.heading in taken:
            continue
        if column.kind is Kind.TIME and not sample.is_date_time:
            continue
        grounds = "by its name" if strength == NAMED else "its name is alike"
        found[column.name] = Guess(
            column.name, sample.heading, (sample.heading,), grounds, strength
        )
        taken.add(sample.heading)
    return found


def guess_doubtful(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """Columns that only come near, where there is nothing better."""
    taken = {heading for guess in found.values() for heading in guess.headings}
    for column in dataset.columns:
        near = {fold_header(name): why for name, why in column.hearsay.doubtful.items()}
        for each in once_named(samples):
            if column.name in found or each.heading in taken or each.folded not in near:
                continue
            if fits(column, each):
                grounds = near[each.folded]
                found[column.name] = Guess(
                    column.name, each.heading, (each.heading,), grounds, DOUBTFUL
                )


def once_named(samples: Sequence[Sample]) -> list[Sample]:
    """Those whose name no other column has: of two alike it cannot be told which is meant."""
    counts = Counter(each.folded for each in samples)
    return [each for each in samples if counts[each.folded] == 1]


def rank(column: Column, sample: Sample) -> int | None:
    """The place of a heading among the names that a column is known by, the best one first."""
    names = [fold_header(name) for name in (column.name, *column.aliases)]
    return names.index(sample.folded) if sample.folded in names else None


def fits(column: Column, sample: Sample) -> bool:
    """Whether most of what a column of the file holds can be read as a canonical column."""
    texts = list(dict.fromkeys(sample.filled))
    if not texts:
        return not column.required
    if column.kind is Kind.TIME:
        return sample.is_date or sample.is_date_time or sample.is_clock
    if column.kind is Kind.CHOICE:
        return len(texts) <= _MOST_WORDS
    form = Form(column, sample.heading)
    form.learn(texts)
    try:
        form.finish()
    except Undecided:
        return True
    readable = clean_column(texts, form).faults <= BLANK
    return bool(readable.sum() >= _READABLE * len(texts))


def _candidates(dataset: Dataset, samples: Sequence[Sample]) -> list[tuple[float, Column, Sample]]:
    """Every column with each column of the file that it may be, the surest first; of equally
    sure ones the dataset's first column with the name that it is best known by."""
    found: list[tuple[tuple[float, int, int], Column, Sample]] = []
    known = {
        each.folded for each in samples if any(rank(c, each) is not None for c in dataset.columns)
    }
    for order, column in enumerate(dataset.columns):
        for sample in samples:
            place = rank(column, sample)
            likeness = 0.0 if sample.folded in known else _likeness(column, sample)
            strength = NAMED if place is not None else likeness
            if strength and fits(column, sample):
                found.append(((-strength, order, place or 0), column, sample))
    found.sort(key=lambda each: each[0])
    return [(-order[0], column, sample) for order, column, sample in found]


def _likeness(column: Column, sample: Sample) -> float:
    names = {fold_header(name) for name in (column.name, *column.aliases)}
    likeness = max(SequenceMatcher(None, sample.folded, name).ratio() for name in names)
    return ALIKE * likeness if likeness >= _NEAR else 0.0
