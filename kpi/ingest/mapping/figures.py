"""Figures that are put together: parts added up, amounts by age, credits turned, scales."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kpi.datasets import Dataset
from kpi.ingest.clean.numbers import Unreadable, read_number
from kpi.ingest.fold import fold_header
from kpi.ingest.mapping.guess import DOUBTFUL, MADE, Guess
from kpi.ingest.mapping.guessing import fits, once_named
from kpi.ingest.mapping.sampling import Sample

_AGING = {
    "amount": ("balance", "total_balance", "outstanding", "ins_balance"),
    "days": ("aging_days", "days", "age", "days_old", "idays"),
}
_TOTALS = ("total", "total_balance", "balance", "total_a/r", "total_ar", "net_ar")
_SCALES = ((1, 5), (0, 10), (0, 100))


def add_sums(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """Columns that some exports have in parts; the parts together come before one of them."""
    by_name = {each.folded: each for each in once_named(samples)}
    for column in dataset.columns:
        for names in column.hearsay.sums:
            parts = [by_name[name] for name in map(fold_header, names) if name in by_name]
            if len(parts) == len(names) and all(fits(column, each) for each in parts):
                headings = tuple(each.heading for each in parts)
                grounds = "the file has it in parts"
                found[column.name] = Guess(
                    column.name, {"sum": list(headings)}, headings, grounds, MADE
                )
                break


def turn_credits(samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """Credits that are written as positive amounts have their sign turned."""
    guess = found.get("credits")
    if guess is None:
        return
    amounts = [
        amount
        for each in samples
        if each.heading in guess.headings
        for cell in each.filled
        if (amount := _number(cell))
    ]
    if amounts and sum(amount > 0 for amount in amounts) * 2 > len(amounts):
        found["credits"] = Guess(
            guess.column,
            {**guess.written, "negate": True},
            guess.headings,
            "its amounts are positive here, and a credit is negative",
            MADE,
        )


def age_amounts(
    dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]
) -> dict[str, str]:
    """Where a table has an amount and its age in place of buckets: the columns of both; the
    buckets are then made of them. Empty where it has not."""
    if not dataset.has("days_0_30") or "days_0_30" in found:
        return {}
    by_name = {each.folded: each for each in once_named(samples)}
    chosen = {
        key: next((by_name[name].heading for name in names if name in by_name), "")
        for key, names in _AGING.items()
    }
    if not all(chosen.values()):
        return {}
    grounds = f"'{chosen['amount']}' by the age in '{chosen['days']}'"
    for name in dataset.names:
        if name.startswith("days_") or name == "credits":
            found[name] = Guess(name, name, tuple(chosen.values()), grounds, MADE)
    return chosen


def add_scale(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """The ends of the scale that answers are on: the narrowest usual one that holds all seen."""
    if not dataset.has("score") or "score" not in found or "scale_min" in found:
        return
    answers = next(each for each in samples if each.heading in found["score"].headings)
    numbers = [number for cell in answers.filled if (number := _number(cell)) is not None]
    low, high = min(numbers, default=0), max(numbers, default=0)
    scale = next((each for each in _SCALES if each[0] * 100 <= low and high <= each[1] * 100), None)
    if not numbers or scale is None:
        return
    grounds = f"the answers seen fit a scale from {scale[0]} to {scale[1]}"
    for name, end in zip(("scale_min", "scale_max"), scale, strict=True):
        found[name] = Guess(name, {"constant": str(end)}, (), grounds, DOUBTFUL)


def checks_of(
    dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]
) -> tuple[dict[str, Any], ...]:
    """That buckets add up to the row's total, with credits or without, where that holds in all
    rows seen; it is reported later where it does not hold."""
    buckets = [name for name in dataset.names if name.startswith("days_")]
    if not buckets or any(name not in found for name in buckets):
        return ()
    by_heading = {each.heading: each for each in samples}
    total = next((each for each in once_named(samples) if each.folded in _TOTALS), None)
    parts = [heading for name in buckets for heading in found[name].headings]
    more = list(found["credits"].headings) if "credits" in found else []
    if total is None or len(set(parts)) < len(buckets):
        return ()
    for terms in (parts, [*parts, *more], [*parts, *(f"-{each}" for each in more)]):
        signed = [(by_heading[name.removeprefix("-")], name.startswith("-")) for name in terms]
        if all(_holds(signed, total, row) for row in range(len(total.cells))):
            return ({"sum": terms, "equals": total.heading},)
    return ()


def _holds(terms: Sequence[tuple[Sample, bool]], total: Sample, row: int) -> bool:
    added = 0
    for each, negative in terms:
        amount = _number(each.cells[row]) or 0
        added += -amount if negative else amount
    return added == (_number(total.cells[row]) or 0)


def _number(cell: str) -> int | None:
    """A number in hundredths, None where it cannot be read."""
    try:
        return read_number(cell, 2)
    except Unreadable:
        return None
