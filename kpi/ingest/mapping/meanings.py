"""What rows say in words or flags: the value of a choice, the kind of a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi.datasets import Column, Dataset, Kind
from kpi.ingest.fold import fold_header, fold_value
from kpi.ingest.mapping.guess import MADE, Guess
from kpi.ingest.mapping.guessing import once_named
from kpi.ingest.mapping.sampling import Sample
from kpi.ingest.mapping.words import Words, kinds_of, says_only, words_of

_YES = frozenset({"y", "yes", "true", "t", "1", "x"})
_LEAST_SPELLING = 5  # letters: shorter ones stand within other words


def read_flags(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """A choice that is spread over columns of yes and no. What a row with none means is asked."""
    for column in dataset.columns:
        flags = {fold_header(name): choice for name, choice in column.flags.items()}
        other = column.name in found and "flags" not in found[column.name].written
        if other or not flags:
            continue
        by_name = {each.folded: each for each in once_named(samples) if each.is_yes_no}
        chosen = {by_name[name].heading: flags[name] for name in flags if name in by_name}
        if len(chosen) < 2:
            continue
        said = [
            sum(cell.casefold() in _YES for cell in row)
            for row in zip(*(each.cells for each in samples if each.heading in chosen), strict=True)
        ]
        several = sum(count > 1 for count in said)
        grounds = "the first of these that says yes"
        if several:
            grounds += f" ({several} of {len(said)} rows say it more than once)"
        words = Words("", {"": None} if 0 in said else {}, tuple(column.choices))
        found[column.name] = Guess(
            column.name, {"flags": chosen}, tuple(chosen), grounds, MADE, words
        )


def read_words(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """The words of every choice, and of what some other column says of it more exactly."""
    by_heading = {each.heading: each for each in samples}
    for name, guess in list(found.items()):
        column = dataset.column(name)
        if column.kind is not Kind.CHOICE or len(guess.headings) != 1:
            continue
        (heading,) = guess.headings
        words = words_of(column, heading, by_heading[heading].cells)
        finer = _finer(column, samples, found)
        entry = {**guess.written, "unless": finer} if finer else guess.entry
        headings = (heading, *finer)
        found[name] = Guess(name, entry, headings, guess.grounds, guess.strength, words)


def _finer(
    column: Column, samples: Sequence[Sample], found: Mapping[str, Guess]
) -> dict[str, dict[str, str]]:
    """By heading the words that say more exactly what a choice is: ``PATIENT NO SHOW``."""
    names = {fold_header(name) for name in column.hearsay.refined_by}
    taken = {heading for guess in found.values() for heading in guess.headings}
    finer = {}
    for each in once_named(samples):
        if each.folded not in names or each.heading in taken:
            continue
        said = {}
        for cell in dict.fromkeys(each.filled):
            text = each.heading if cell.casefold() in _YES else cell
            meant = _contained(column, text)
            if len(meant) == 1:
                said[cell] = meant.pop()
        if said:
            finer[each.heading] = said
    return finer


def _contained(column: Column, text: str) -> set[str]:
    """The values whose spellings stand within a text that says nothing else."""
    folded = f" {fold_value(text)} "
    return {
        choice
        for choice, spellings in column.choices.items()
        for spelling in (fold_value(choice), *map(fold_value, spellings))
        if len(spelling) >= _LEAST_SPELLING
        and f" {spelling}" in folded
        and says_only(text, spelling)
    }


def split_kinds(dataset: Dataset, samples: Sequence[Sample], found: dict[str, Guess]) -> None:
    """A row a kind of figure, where the dataset has a column a kind: the words that say the kind
    stand with the first of these columns."""
    if dataset.split is None:
        return
    by_name = {each.folded: each for each in once_named(samples)}
    by, amount = (
        next((by_name[name] for name in map(fold_header, names) if name in by_name), None)
        for names in (dataset.split.by, dataset.split.amount)
    )
    if by is None or amount is None:
        return
    kinds = [name for name in dataset.split.likely if dataset.has(name)]
    words = kinds_of(dataset.split.likely, by.heading, by.cells)
    for name in kinds:
        found[name] = Guess(
            name,
            {"column": amount.heading, "when": {by.heading: []}, "otherwise": "0"},
            (amount.heading, by.heading),
            f"the rows whose '{by.heading}' says so",
            MADE,
            words if name == kinds[0] else Words(),
        )


def hide_people_who_pay(found: dict[str, Guess]) -> None:
    """Where a column says whether an insurer or a patient paid, the payer's name is taken of
    insurers only: that of a patient is never kept."""
    payer, source = found.get("payer"), found.get("source")
    if payer is None or source is None or "patient" not in source.words.meanings.values():
        return
    insurers = [word for word, who in source.words.meanings.items() if who == "insurance"]
    found["payer"] = Guess(
        payer.column,
        {**payer.written, "when": {source.words.heading: insurers}, "otherwise": ""},
        payer.headings,
        "only where an insurer paid: a patient's name is not kept",
        MADE,
    )
