"""A mapping proposed for a table that nothing known fits, to be confirmed once by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kpi.datasets import Dataset, Kind, all_datasets, dataset
from kpi.errors import FileRefused
from kpi.ingest.files.grid import Grid
from kpi.ingest.layout.header import Header, find_header
from kpi.ingest.layout.preamble import Preamble, read_preamble
from kpi.ingest.mapping.figures import add_scale, add_sums, age_amounts, checks_of, turn_credits
from kpi.ingest.mapping.guess import DOUBTFUL, MADE, Guess
from kpi.ingest.mapping.guessing import guess_by_name, guess_doubtful
from kpi.ingest.mapping.how_written import settle_dates, undecided_of
from kpi.ingest.mapping.joining import join_key, join_times
from kpi.ingest.mapping.meanings import hide_people_who_pay, read_flags, read_words, split_kinds
from kpi.ingest.mapping.names import all_names
from kpi.ingest.mapping.profile import Profile, read_profile
from kpi.ingest.mapping.profile_tree import LONGEST, LONGEST_TEXT
from kpi.ingest.mapping.row_guessing import NO_RULES, RowRules, as_read, guess_rows
from kpi.ingest.mapping.sampling import Sample, looks_like_header, samples_of
from kpi.ingest.mapping.wide_surveys import read_ratings
from kpi.ingest.mapping.words import may_be_word
from kpi.ingest.questions import FileAsks, Question


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a table would be read as a dataset.

    ``table`` is what messages call it. ``samples`` are its first rows, ``read`` the same as a
    reader with ``rules`` sees them. ``guesses``: by canonical column.
    """

    table: str
    dataset: Dataset
    header: Header
    preamble: Preamble
    samples: tuple[Sample, ...]
    read: tuple[Sample, ...]
    guesses: Mapping[str, Guess] = field(default_factory=dict)
    rules: RowRules = NO_RULES

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns, and those of the key, for which there is no guess."""
        needed = dict.fromkeys((*self.dataset.required, *self.dataset.key))
        return tuple(name for name in needed if name not in self.guesses)

    @property
    def unknown(self) -> Mapping[str, tuple[str, ...]]:
        """By column the words of the file whose meaning has to be said. What may be somebody's
        name is no word: a row with it will be quarantined."""
        found = {}
        for name, guess in self.guesses.items():
            counts = self.count_words(name)
            found[name] = tuple(
                word
                for word, meaning in guess.words.meanings.items()
                if meaning is None and may_be_word(word, counts)
            )
        return {name: words for name, words in found.items() if words}

    @property
    def undecided(self) -> Mapping[str, str]:
        """By column a sentence on what has to be said of how it is written: which of day and
        month comes first, and the like."""
        found = {
            name: undecided_of(self.dataset.column(name), guess, self.read)
            for name, guess in self.guesses.items()
        }
        return {name: sentence for name, sentence in found.items() if sentence}

    @property
    def complete(self) -> bool:
        """Whether it could be saved as it is."""
        return not (self.missing or self.unknown or self.undecided)

    @property
    def settings(self) -> tuple[str, ...]:
        """Sentences on rows that would be treated in a way of their own."""
        return self.rules.sentences

    @property
    def dropped(self) -> tuple[str, ...]:
        """Headings of the file that would not be kept."""
        used = {heading for guess in self.guesses.values() for heading in guess.headings}
        return tuple(each.heading for each in self.samples if each.heading not in used)

    def count_words(self, column: str) -> Counter[str]:
        """How often each word of a choice was seen, blanks among them."""
        words = self.guesses[column].words
        if not words.heading:
            return Counter(dict.fromkeys(words.meanings, 1))
        return Counter(
            cell for each in self.read if each.heading == words.heading for cell in each.cells
        )

    def profile_text(self, title: str) -> str:
        """The profile's YAML."""
        from kpi.ingest.mapping.profile_writing import profile_text

        return profile_text(self, title)

    def profile(self, name: str) -> Profile:
        """The profile that would be saved."""
        return read_profile(name, self.profile_text(name), own=True)


def propose(grid: Grid, wanted: str | None = None) -> Proposal:
    """The best mapping of a table to the dataset ``wanted``, or to the one that fits best.

    Raises FileRefused for a table with no header, no rows or a heading that no profile can hold,
    and, where no dataset is wanted, for one that is near none.
    """
    header = find_header(grid, lambda _: False, all_names())
    if not looks_like_header(header):
        raise FileRefused(
            f"{grid.name}, line {header.line}: the first line has dates or numbers where names of "
            "columns should stand. Export it again with its header."
        )
    _refuse_long_headings(grid, header)
    samples = samples_of(grid, header)
    if not any(each.filled for each in samples):
        raise FileRefused(f"{grid.name} has a header and no rows to learn from. Export it again.")
    preamble = read_preamble(header.above)
    offered = [dataset(wanted)] if wanted else all_datasets()
    bare = (Proposal(grid.name, each, header, preamble, samples, samples) for each in offered)
    best = max(map(proposed_as, bare), key=_merit)
    if wanted is None and _merit(best) <= 0:
        raise FileAsks(
            Question.DATASET,
            f"{grid.name}, line {header.line}: the columns are those of no dataset; nearest is "
            f"{best.dataset.name}, but nothing is its {' or '.join(best.missing)}. A report of "
            "totals has no records in it: export the detail.",
        )
    return best


def _refuse_long_headings(grid: Grid, header: Header) -> None:
    """A mapping names its columns, and has to be read again."""
    place, longest = max(enumerate(header.cells, start=1), key=lambda each: len(each[1]))
    if len(longest) > LONGEST_TEXT or sum(map(len, header.cells)) > LONGEST // 4:
        raise FileRefused(
            f"{grid.name}, line {header.line}: the heading of column {place} has {len(longest):,} "
            f"characters; a mapping can name {LONGEST_TEXT:,} of one column and {LONGEST // 4:,} "
            "of all. Shorten the headings in the file, or export it again."
        )


def proposed_as(bare: Proposal) -> Proposal:
    """A proposal with the guesses for its dataset."""
    target, samples = bare.dataset, bare.samples
    found = guess_by_name(target, samples)
    split_kinds(target, samples, found)
    add_sums(target, samples, found)
    join_times(target, samples, found)
    read_flags(target, samples, found)
    _take_from_file(target, bare.preamble, found)
    ratings = read_ratings(target, samples, found)
    guess_doubtful(target, samples, found)
    _take_from_file(target, None, found)
    aging = age_amounts(target, samples, found)
    rules = guess_rows(target, samples, found)
    read = as_read(samples, rules)
    if not aging:
        turn_credits(read, found)
    read_flags(target, read, found)
    read_words(target, read, found)
    hide_people_who_pay(found)
    add_scale(target, read, found)
    join_key(target, read, found)
    settle_dates(target, read, found)
    checks = checks_of(target, read, found)
    rules = replace(rules, aging=aging or None, checks=checks, ratings=ratings)
    return replace(bare, read=read, guesses=found, rules=rules)


def _take_from_file(target: Dataset, preamble: Preamble | None, found: dict[str, Guess]) -> None:
    """The period of a file that has no column of it, where its title lines say it; without
    ``preamble`` where they do not, so that it has to be said at every load."""
    if target.by_key or target.daily or target.period is None or target.period in found:
        return
    is_month = target.column(target.period).kind is Kind.MONTH
    if preamble is not None:
        told = preamble.covers if is_month else preamble.period or preamble.as_of
        if not told:
            return
        grounds, strength = "the lines above the header say it", MADE
    else:
        grounds, strength = "the file does not say it: at each load somebody has to", DOUBTFUL
    entries = {target.period: "month" if is_month else "last day"}
    if target.spread and target.has("period_start") and "period_start" not in found:
        entries["period_start"] = "first day"
    for name, what in entries.items():
        found[name] = Guess(name, {"file": what}, (), grounds, strength)


def _merit(proposal: Proposal) -> float:
    """How much of the dataset is there, required columns first, and how surely."""
    target = proposal.dataset
    named = sum(
        guess.strength * (3 if name in target.required else 1)
        for name, guess in proposal.guesses.items()
        if guess.headings
    )
    return named - 4 * len(proposal.missing)
