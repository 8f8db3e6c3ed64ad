"""How the columns of an unknown table are written: which of day and month comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpi.datasets import Column, Dataset
from kpi.ingest.clean.form import DATES, Form, Undecided
from kpi.ingest.mapping.guess import Guess
from kpi.ingest.mapping.sampling import Sample

ORDERS = {"month first": True, "day first": False}


def settle_dates(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """Adds to each column of dates the order that its values tell, so that it holds for files
    like it as well; where they tell nothing, the order that all others of the table have."""
    told: dict[str, bool] = {}
    untold: list[str] = []
    for name, guess in found.items():
        if dataset.column(name).kind not in DATES or not _is_read(guess):
            continue
        form = _learnt(dataset.column(name), guess, samples)
        try:
            form.finish()
        except Undecided:
            untold.append(name)
            continue
        if form.month_first is not None:
            told[name] = form.month_first
    words = {first: said for said, first in ORDERS.items()}
    for name, month_first in told.items():
        found[name] = _with_order(found[name], words[month_first])
    if len(set(told.values())) == 1:
        by, month_first = next(iter(told.items()))
        for name in untold:
            guess = _with_order(found[name], words[month_first])
            heading = found[by].headings[0]
            found[name] = replace(
                guess, grounds=f"{guess.grounds}; {words[month_first]}, as in '{heading}'"
            )


def undecided_of(column: Column, guess: Guess, samples: Sequence[Sample]) -> str:
    """What has to be said of how a column is written, as a sentence; empty where nothing has."""
    if not _is_read(guess):
        return ""
    form = _learnt(column, guess, samples)
    try:
        form.finish()
    except Undecided as fault:
        return f"{str(fault)[0].upper()}{str(fault)[1:]}"
    return ""


def _is_read(guess: Guess) -> bool:
    return (
        bool(guess.headings) and not guess.made and bool({"column", "columns"} & set(guess.written))
    )


def _with_order(guess: Guess, order: str) -> Guess:
    return replace(guess, entry={**guess.written, "dates": order})


def _learnt(column: Column, guess: Guess, samples: Sequence[Sample]) -> Form:
    """The form of a column that has seen its cells; of several joined ones the first decides."""
    entry, heading = guess.written, guess.headings[0]
    form = Form(
        column,
        heading,
        month_first=ORDERS.get(str(entry.get("dates"))),
        unit=entry.get("unit"),
    )
    for each in samples:
        if each.heading == heading:
            form.learn(list(dict.fromkeys(each.filled)))
    return form
