"""Which column of an unknown table is which of a dataset's: the best guess, and its grounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from kpi.datasets import Column, Dataset, Kind
from kpi.ingest.clean.column import clean_column
from kpi.ingest.clean.form import Form, Undecided
from kpi.ingest.fold import fold_header, fold_value
from kpi.ingest.mapping.sampling import Sample
from kpi.ingest.reasons import BLANK

PATIENT = tuple(
    fold_header(name)
    for name in (
        "patient id", "patientid", "patient acct no", "patient account", "chart #", "chart id",
        "chart number", "person nbr", "mrn", "medical record number", "patient number", "pid",
        "patient name", "patient", "name",
    )
)  # fmt: skip
"""What exports call the patient: never kept, but part of a key where a row has no number."""

_PERSON = tuple(
    fold_header(name)
    for name in ("last name", "lastname", "first name", "firstname", "employee name", "employee")
)
_ALIKE = 0.86
_READABLE = 0.8
_SCALES = ((1, 5), (0, 10), (0, 100))


@dataclass(frozen=True, slots=True)
class Guess:
    """Where a canonical column comes from, most likely: ``entry`` as a profile writes it.

    ``strength`` is 1 where the name is known for this column, less where it is only alike or the
    column was put together. ``words``: the file's words for a choice, each with the value that it
    most likely means, None where nobody can know.
    """

    column: str
    entry: Any
    headings: tuple[str, ...]
    grounds: str
    strength: float
    words: Mapping[str, str | None] = field(default_factory=dict)


def guess_columns(dataset: Dataset, samples: Sequence[Sample]) -> dict[str, Guess]:
    """A guess for each column of a dataset for which there is one; no column of the file is
    taken twice, but for dates that several times share."""
    found: dict[str, Guess] = {}
    taken: set[int] = set()
    named = sorted(
        (
            (strength, -order, -sample.place, column, sample)
            for order, column in enumerate(dataset.columns)
            for sample in samples
            if (strength := _named(column, sample)) and _fits(column, sample)
        ),
        key=lambda each: each[:3],
        reverse=True,
    )
    dates: dict[str, Sample] = {}
    for strength, _, _, column, sample in named:
        if column.name in found or sample.place in taken:
            continue
        if column.kind is Kind.TIME and sample.is_date and not sample.is_date_time:
            dates.setdefault(column.name, sample)
            continue
        if column.kind is Kind.TIME and sample.is_clock:
            continue  # it needs a date beside it
        found[column.name] = _guess(column, sample, strength)
        taken.add(sample.place)
    _join_times(dataset, samples, dates, found, taken)
    _read_flags(dataset, samples, found)
    _join_key(dataset, samples, found)
    return found


def _named(column: Column, sample: Sample) -> float:
    """How surely a heading names a column: 1 where it is known, less where it is only alike."""
    names = {fold_header(name) for name in (column.name, *column.aliases)}
    if sample.folded in names:
        return 1.0
    likeness = max(SequenceMatcher(None, sample.folded, name).ratio() for name in names)
    return 0.5 * likeness if likeness >= _ALIKE else 0.0


def _fits(column: Column, sample: Sample) -> bool:
    """Whether most of what a column of the file holds can be read as a canonical column."""
    texts = list(dict.fromkeys(sample.filled))
    if not texts:
        return not column.required
    if column.kind is Kind.TIME:
        return sample.is_date or sample.is_date_time or sample.is_clock
    if column.kind is Kind.CHOICE:
        return len(texts) <= 60
    form = Form(column, sample.heading)
    form.learn(texts)
    try:
        form.finish()
    except Undecided:
        return True
    readable = clean_column(texts, form).faults <= BLANK
    return bool(readable.sum() >= _READABLE * len(texts))


def _guess(column: Column, sample: Sample, strength: float) -> Guess:
    grounds = "by its name" if strength == 1.0 else "its name is alike"
    return Guess(
        column.name,
        sample.heading,
        (sample.heading,),
        grounds,
        strength,
        words_of(column, sample) if column.kind is Kind.CHOICE else {},
    )


def words_of(column: Column, sample: Sample) -> dict[str, str | None]:
    """The words of a column of the file, each with the value that its spelling is known for."""
    known = {
        fold_value(spelling): choice
        for choice, spellings in column.choices.items()
        for spelling in (choice, *spellings)
    }
    return {word: known.get(fold_value(word)) for word in sorted(set(sample.filled))}


def _join_times(
    dataset: Dataset,
    samples: Sequence[Sample],
    dates: Mapping[str, Sample],
    found: dict[str, Guess],
    taken: set[int],
) -> None:
    """Times of day are joined with their date: their own, else that of the dataset's month."""
    month = next((dates[name] for name in dataset.month if name in dates), None)
    for column in dataset.columns:
        if column.kind is not Kind.TIME or column.name in found:
            continue
        clock = next(
            (each for each in samples
             if each.is_clock and each.place not in taken and _named(column, each) == 1.0),
            None,
        )  # fmt: skip
        day = dates.get(column.name, month)
        if clock is None or day is None:
            continue
        taken.add(clock.place)
        found[column.name] = Guess(
            column.name,
            {"columns": [day.heading, clock.heading]},
            (day.heading, clock.heading),
            f"the day in '{day.heading}' with the time in '{clock.heading}'",
            0.9,
        )


def _read_flags(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """A choice that is spread over columns of yes and no."""
    for column in dataset.columns:
        flags = {fold_header(name): choice for name, choice in column.flags.items()}
        if column.name in found or not flags:
            continue
        by_name = {each.folded: each for each in samples if each.folded in flags and each.is_yes_no}
        chosen = {by_name[name].heading: flags[name] for name in flags if name in by_name}
        if len(chosen) >= 2:
            found[column.name] = Guess(
                column.name,
                {"flags": chosen, "otherwise": next(iter(column.choices))},
                tuple(chosen),
                "the first of these that says yes",
                0.9,
            )


def _join_key(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """Where rows have no number of their own, the fewest columns that tell them apart."""
    key = dataset.key[0] if dataset.by_key else (*dataset.identity, "")[0]
    if not key or key in found or dataset.column(key).kind is not Kind.ID:
        return
    names = _PERSON if dataset.column(key).space == "employee" else PATIENT
    person = _first(samples, names)
    chosen = [] if person is None else [person]
    if dataset.column(key).space == "employee":
        chosen += [each for each in samples if each.folded in _PERSON and each not in chosen]
    else:
        candidates = {heading for guess in found.values() for heading in guess.headings}
        for each in samples:
            if _tells_apart(chosen):
                break
            if each.heading in candidates and each.always_filled and each not in chosen:
                chosen.insert(0, each)
    if chosen and _tells_apart(chosen):
        headings = tuple(each.heading for each in chosen)
        found[key] = Guess(
            key,
            {"columns": list(headings)} if len(headings) > 1 else headings[0],
            headings,
            "no column has a number of its own; these together tell the rows apart",
            0.6,
        )


def _first(samples: Sequence[Sample], names: Iterable[str]) -> Sample | None:
    by_name = {each.folded: each for each in samples if each.always_filled}
    return next((by_name[name] for name in names if name in by_name), None)


def _tells_apart(chosen: Sequence[Sample]) -> bool:
    if not chosen:
        return False
    rows = list(zip(*(each.cells for each in chosen), strict=True))
    return len(set(rows)) == len(rows)


def guess_scale(sample: Sample) -> tuple[int, int] | None:
    """The narrowest usual scale that holds all answers seen, or None."""
    try:
        numbers = [float(cell) for cell in sample.filled]
    except ValueError:
        return None
    fits = (scale for scale in _SCALES if scale[0] <= min(numbers) and max(numbers) <= scale[1])
    return next(fits, None) if numbers else None
