"""Times joined with their day, and keys of rows that have no number of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kpi.datasets import Column, Dataset, Kind
from kpi.ingest.mapping.guess import DOUBTFUL, MADE, Guess
from kpi.ingest.mapping.guessing import once_named, rank
from kpi.ingest.mapping.people import EMPLOYEE, PATIENT, VISIT
from kpi.ingest.mapping.sampling import Sample


def join_times(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """Times of day are joined with their date: their own, else that of the dataset's month."""
    taken = {heading for guess in found.values() for heading in guess.headings}
    free = [each for each in once_named(samples) if each.heading not in taken]
    of_months = (_best(dataset.column(name), free, date=True) for name in dataset.month)
    month = next((day for day in of_months if day is not None), None)
    for column in dataset.columns:
        if column.kind is not Kind.TIME or column.name in found:
            continue
        clock = _best(column, free, date=False)
        day = _best(column, free, date=True) or month
        if clock is None or day is None:
            continue
        free.remove(clock)
        found[column.name] = Guess(
            column.name,
            {"columns": [day.heading, clock.heading]},
            (day.heading, clock.heading),
            f"the day in '{day.heading}' with the time in '{clock.heading}'",
            MADE,
        )


def _best(column: Column, samples: Sequence[Sample], date: bool) -> Sample | None:
    """The column of days, or of times of day, by the name that it is best known by."""
    fitting = [
        (place, each)
        for each in samples
        if (place := rank(column, each)) is not None
        and ((each.is_date and not each.is_date_time) if date else each.is_clock)
    ]
    return min(fitting, key=lambda each: each[0])[1] if fitting else None


def join_key(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """Where rows have no number of their own: who it is and when, and what else tells the rows
    apart; an employee's pay period needs no more than who it is."""
    key = dataset.key[0] if dataset.by_key else (*dataset.identity, "")[0]
    if not key or key in found or dataset.column(key).kind is not Kind.ID:
        return
    if dataset.column(key).space == "employee":
        chosen = [each for each in once_named(samples) if each.folded in EMPLOYEE]
        grounds = "no column has a number; the name stands for it, and only its hash is kept"
    else:
        chosen = _telling_apart(dataset, samples, found)
        grounds = (
            "no column has a number of its own; these together tell the rows apart, and rows that "
            "are alike in all of them count once"
        )
    if chosen:
        headings = tuple(each.heading for each in chosen)
        entry: Any = {"columns": list(headings)} if len(headings) > 1 else headings[0]
        found[key] = Guess(key, entry, headings, grounds, DOUBTFUL)


def _telling_apart(
    dataset: Dataset, samples: Sequence[Sample], found: Mapping[str, Guess]
) -> list[Sample]:
    """Always the day, the time and the visit or the patient, because what tells this month's rows
    apart may not tell next month's; then other columns that are always filled, until all rows
    differ. Never a figure: a corrected one would make another record."""
    person = _first(samples, (*VISIT, *PATIENT))
    when = [heading for name in dataset.month if name in found for heading in found[name].headings]
    if person is None or not when:
        return []
    chosen = [each for each in samples if each.heading in when and each.always_filled]
    mapped = {
        heading
        for name, guess in found.items()
        for heading in guess.headings
        if dataset.column(name).kind in (Kind.TEXT, Kind.DATE, Kind.TIME)
    }
    for each in samples:
        if _tells_apart([*chosen, person]):
            break
        if each.heading in mapped and each.always_filled and each not in chosen:
            chosen.append(each)
    return [*chosen, person] if _tells_apart([*chosen, person]) else []


def _first(samples: Sequence[Sample], names: Iterable[str]) -> Sample | None:
    by_name = {each.folded: each for each in samples if each.always_filled}
    return next((by_name[name] for name in names if name in by_name), None)


def _tells_apart(chosen: Sequence[Sample]) -> bool:
    rows = list(zip(*(each.cells for each in chosen), strict=True))
    return len(set(rows)) == len(rows)
