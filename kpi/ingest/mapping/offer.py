"""A proposed mapping as the person who confirms it is shown it, on a page or by a command.

Nothing here may identify a patient: cells are shown only where they are plain dates, times, yes and
no or short numbers and the heading promises no person. Of a column that is mapped to a choice words
are shown, of one that is mapped to an identifier or a free text nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kpi.datasets import Column, Kind
from kpi.ingest.mapping.guess import NAMED, Guess
from kpi.ingest.mapping.people import tells_who
from kpi.ingest.mapping.proposal import Proposal
from kpi.ingest.mapping.sampling import CLOCK, DATE, Sample
from kpi.ingest.mapping.words import may_be_word

SHOWN = 4
"""Different cells of a column that are shown."""

_NUMBER = re.compile(r"[-$(]{0,3}\d{1,3}(?:,?\d{3})*\.\d{1,2}[-)%]?|\d{1,4}", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d|(?<=/)\d\d$", re.ASCII)
_LONGEST = 24
LONGEST_SPAN = 3
"""Years. Dates of one column that lie further apart may be dates of birth."""


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column of the file.

    ``holds``: what most of its cells are, in a word. ``different``: how many different texts were
    seen. ``samples``: some of them, none where they may say who somebody is: then ``hidden``.
    ``feeds``: the canonical columns that it would feed; none means that it is not kept.
    """

    heading: str
    holds: str
    different: int
    samples: tuple[str, ...]
    hidden: bool
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownGuess:
    """Where one canonical column would come from.

    ``source`` in words, ``grounds`` why, ``sure``: the name is known for just this column; one
    that is not sure should be looked at, because figures may rest on it. ``text`` says what the
    canonical column is.
    """

    column: str
    text: str
    required: bool
    source: str
    grounds: str
    sure: bool
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownWord:
    """A word of the file that stands for a value: how often it was seen, what it most likely
    means, None where a person has to say it; ``sure`` where it always means that. ``word`` is
    ``""`` for a blank cell, or, of flags, for rows where none says yes."""

    column: str
    word: str
    count: int
    meaning: str | None
    sure: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """All that a person needs to confirm a mapping. ``rows`` are the rows that were looked at.

    ``words``: those without a meaning first. ``more_words``: by column how many were not shown
    because they may say who somebody is; rows with them would be quarantined. ``free``: canonical
    columns that nothing feeds. ``settings``: sentences on rows that are treated in a way of their
    own. ``complete``: whether it can be saved as it is; else ``missing`` columns are to be mapped,
    words without a meaning translated and ``undecided`` columns, each with a sentence, settled.
    """

    table: str
    dataset: str
    rows: int
    columns: tuple[ShownColumn, ...]
    guesses: tuple[ShownGuess, ...]
    words: tuple[ShownWord, ...]
    more_words: Mapping[str, int]
    free: tuple[str, ...]
    missing: tuple[str, ...]
    undecided: Mapping[str, str]
    settings: tuple[str, ...]
    complete: bool


def offer_of(proposal: Proposal) -> Offer:
    """The proposal as it is shown."""
    target = proposal.dataset
    words, more = _words(proposal)
    return Offer(
        table=proposal.table,
        dataset=target.name,
        rows=len(proposal.samples[0].cells),
        columns=tuple(_column(proposal, sample) for sample in proposal.samples),
        guesses=tuple(
            _guess(target.column(name), proposal.guesses[name])
            for name in target.names
            if name in proposal.guesses
        ),
        words=words,
        more_words=more,
        free=tuple(name for name in target.names if name not in proposal.guesses),
        missing=proposal.missing,
        undecided=proposal.undecided,
        settings=proposal.settings,
        complete=proposal.complete,
    )


def in_words(entry: Any) -> str:
    """Where a column comes from, as a phrase: ``'Fee'``, ``the sum of '121-150' and '150+'``."""
    if isinstance(entry, str):
        return f"'{entry}'"
    if "constant" in entry:
        return f"always {entry['constant']}"
    if "file" in entry:
        return f"the {entry['file']} that the file covers"
    if "flags" in entry:
        return f"the first of {_quoted(entry['flags'])} that says yes"
    if "columns" in entry:
        source = f"{_quoted(entry['columns'])} together"
    elif "first_of" in entry:
        source = f"the first of {_quoted(entry['first_of'])} that is filled"
    elif "sum" in entry:
        source = f"the sum of {_quoted(entry['sum'])}"
    else:
        source = f"'{entry['column']}'"
    if "when" in entry:
        ((heading, wanted),) = entry["when"].items()
        said = " or ".join(map(str, wanted)) or "of that kind"
        source += f" where '{heading}' is {said}"
    for heading, meanings in entry.get("unless", {}).items():
        source += f", unless '{heading}' is {' or '.join(map(str, meanings))}"
    return source + (", its sign turned" if entry.get("negate") else "")


def _quoted(names: Any) -> str:
    quoted = [f"'{name}'" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _guess(column: Column, guess: Guess) -> ShownGuess:
    return ShownGuess(
        column.name,
        column.text,
        column.required,
        "made" if guess.made else in_words(guess.entry),
        guess.grounds,
        guess.strength == NAMED,
        guess.headings,
    )


def _column(proposal: Proposal, sample: Sample) -> ShownColumn:
    fed = [
        proposal.dataset.column(name)
        for name, guess in proposal.guesses.items()
        if sample.heading in guess.headings
    ]
    different = tuple(dict.fromkeys(sample.filled))
    cells = _shown_cells(proposal, sample, different, fed)
    return ShownColumn(
        sample.heading,
        _holds(sample),
        len(different),
        cells[:SHOWN],
        bool(different) and not cells,
        tuple(column.name for column in fed),
    )


def _shown_cells(
    proposal: Proposal, sample: Sample, different: tuple[str, ...], fed: list[Column]
) -> tuple[str, ...]:
    """Cells that cannot say who somebody is."""
    keyed = bool(fed)
    fed = [column for column in fed if column.kind is not Kind.ID]
    if tells_who(sample.heading) or (keyed and not fed):
        return ()
    if fed and fed[0].kind is Kind.CHOICE:
        words = proposal.count_words(fed[0].name)
        return tuple(cell for cell in different if may_be_word(cell, words))
    if fed and fed[0].kind is Kind.TEXT:
        return ()
    if sample.is_date or sample.is_date_time:
        harmless = tuple(cell for cell in different if DATE.match(cell) and len(cell) <= _LONGEST)
        return harmless if _lie_close(harmless) else ()
    if sample.is_yes_no:
        return different
    pattern = CLOCK if sample.is_clock else _NUMBER
    return tuple(cell for cell in different if pattern.fullmatch(cell))


def _lie_close(dates: tuple[str, ...]) -> bool:
    years = [int(found[0][-2:]) for cell in dates if (found := _YEAR.search(cell))]
    return len(years) == len(dates) > 0 and max(years) - min(years) <= LONGEST_SPAN


def _holds(sample: Sample) -> str:
    if not sample.filled:
        return "nothing"
    kinds = (
        ("yes or no", sample.is_yes_no),
        ("dates with a time", sample.is_date_time),
        ("dates", sample.is_date),
        ("times of day", sample.is_clock),
        ("numbers", sample.mostly(re.compile(r"[-$(]*[\d,]*\.?\d+[-)%]*", re.ASCII))),
    )
    return next((words for words, holds in kinds if holds), "texts")


def _words(proposal: Proposal) -> tuple[tuple[ShownWord, ...], dict[str, int]]:
    """Words to translate, those without a meaning first, then those that are only likely."""
    shown: list[ShownWord] = []
    more: dict[str, int] = {}
    for name, guess in proposal.guesses.items():
        words, counts = guess.words, proposal.count_words(name)
        for word, meaning in words.meanings.items():
            if meaning is not None or may_be_word(word, counts):
                sure = meaning is not None and word not in words.likely
                shown.append(ShownWord(name, word, counts[word], meaning, sure, words.choices))
            else:
                more[name] = more.get(name, 0) + 1
    shown.sort(
        key=lambda each: (each.meaning is not None, each.sure, -each.count, each.column, each.word)
    )
    return tuple(shown), more
