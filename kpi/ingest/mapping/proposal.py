"""A mapping proposed for a table that nothing known fits, to be confirmed once by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import StringIO
from typing import Any

from kpi.datasets import Dataset, Kind, all_datasets, dataset
from kpi.errors import FileRefused, InputError, nearest
from kpi.ingest.files.grid import Grid
from kpi.ingest.layout.header import Header, find_header
from kpi.ingest.layout.preamble import Preamble, read_preamble
from kpi.ingest.mapping.guessing import PATIENT, Guess, guess_columns, guess_scale, words_of
from kpi.ingest.mapping.names import all_names
from kpi.ingest.mapping.profile import Profile, read_profile
from kpi.ingest.mapping.sampling import Sample, samples_of

_FROM_FILE = {Kind.MONTH: "month", Kind.DATE: "last day"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a table would be read as a dataset.

    ``guesses``: by canonical column. ``missing``: required columns for which there is none.
    ``unknown``: columns of a choice with words that nobody can know the meaning of. ``dropped``:
    headings that nothing takes.
    """

    dataset: Dataset
    header: Header
    preamble: Preamble
    samples: tuple[Sample, ...]
    guesses: Mapping[str, Guess] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns, and those of the key, for which there is no guess."""
        needed = dict.fromkeys((*self.dataset.required, *self.dataset.key))
        return tuple(name for name in needed if name not in self.guesses)

    @property
    def unknown(self) -> Mapping[str, tuple[str, ...]]:
        """By column the words of the file whose meaning has to be said."""
        found = {
            name: tuple(word for word, meaning in guess.words.items() if meaning is None)
            for name, guess in self.guesses.items()
        }
        return {name: words for name, words in found.items() if words}

    @property
    def complete(self) -> bool:
        """Whether it could be saved as it is."""
        return not self.missing and not self.unknown

    @property
    def dropped(self) -> tuple[str, ...]:
        """Headings of the file that would not be kept."""
        used = {heading for guess in self.guesses.values() for heading in guess.headings}
        return tuple(each.heading for each in self.samples if each.heading not in used)

    def profile_text(self, title: str) -> str:
        """The profile's YAML."""
        from ruamel.yaml import YAML

        columns: dict[str, Any] = {}
        for column in self.dataset.columns:
            if column.name not in self.guesses:
                continue
            guess = self.guesses[column.name]
            entry = guess.entry
            values = {
                word: meaning
                for word, meaning in guess.words.items()
                if meaning is not None and word.casefold() != meaning
            }
            if values:
                plain = {"column": entry} if isinstance(entry, str) else entry
                entry = {**plain, "values": values}
            columns[column.name] = entry
        written: dict[str, Any] = {
            "title": title,
            "header": [cell.strip() for cell in self.header.cells if cell.strip()],
        }
        patient = next((each for each in self.samples if each.folded in PATIENT), None)
        if patient is not None:
            written["test_patients"] = patient.heading
        written["feeds"] = {self.dataset.name: columns}
        text = StringIO()
        yaml = YAML()
        yaml.default_flow_style = False
        yaml.dump(written, text)
        return text.getvalue()

    def profile(self, name: str) -> Profile:
        """The profile that would be saved."""
        return read_profile(name, self.profile_text(name), own=True)


def propose(grid: Grid, wanted: str | None = None) -> Proposal:
    """The best mapping of a table to the dataset ``wanted``, or to the one that fits best.

    Raises FileRefused for a table with no header.
    """
    header = find_header(grid, lambda _: False, all_names())
    samples = samples_of(grid, header)
    if not samples or not any(each.filled for each in samples):
        raise FileRefused(f"{grid.name} has a header and no rows to learn from. Export it again.")
    preamble = read_preamble(header.above)
    offered = [dataset(wanted)] if wanted else all_datasets()
    proposals = [_proposal(each, header, preamble, samples) for each in offered]
    return max(proposals, key=_merit)


def with_answers(
    proposal: Proposal,
    columns: Mapping[str, Any],
    words: Mapping[str, Mapping[str, str]],
) -> Proposal:
    """The proposal with what a person said: by canonical column the heading (or an entry as a
    profile writes it, or None to leave the column out), and by column what the file's words mean.

    Raises InputError for a column, heading or value that there is none of.
    """
    guesses = dict(proposal.guesses)
    headings = {each.heading: each for each in proposal.samples}
    for name, entry in columns.items():
        if not proposal.dataset.has(name):
            known = proposal.dataset.names
            raise InputError(
                f"{proposal.dataset.name} has no column '{name}'.{nearest(name, known)}"
            )
        if entry is None:
            guesses.pop(name, None)
            continue
        used = _headings_of(entry)
        for heading in used:
            if heading not in headings:
                raise InputError(f"The file has no column '{heading}'.{nearest(heading, headings)}")
        meanings: Mapping[str, str | None] = {}
        if proposal.dataset.column(name).kind is Kind.CHOICE and len(used) == 1:
            meanings = words_of(proposal.dataset.column(name), headings[used[0]])
        guesses[name] = Guess(name, entry, used, "as you say", 1.0, meanings)
    for name, said in words.items():
        guess = guesses.get(name)
        if guess is None:
            raise InputError(f"Nothing is mapped to {name}, so its words cannot be translated.")
        choices = proposal.dataset.column(name).choices
        for meaning in said.values():
            if choices and meaning not in choices:
                raise InputError(
                    f"{name} has no value '{meaning}'.{nearest(meaning, choices)} "
                    f"Known: {', '.join(choices)}."
                )
        guesses[name] = replace(guess, words={**guess.words, **said})
    return replace(proposal, guesses=guesses)


def _headings_of(entry: Any) -> tuple[str, ...]:
    if isinstance(entry, str):
        return (entry,)
    if "column" in entry:
        return (entry["column"],)
    several = (entry[key] for key in ("columns", "first_of", "sum", "flags") if key in entry)
    return tuple(next(several, ()))


def _proposal(
    target: Dataset, header: Header, preamble: Preamble, samples: tuple[Sample, ...]
) -> Proposal:
    guesses = guess_columns(target, samples)
    for name in target.required:
        column = target.column(name)
        if name not in guesses and name in (*target.month, target.period) and not target.by_key:
            what = _FROM_FILE.get(column.kind, "last day")
            guesses[name] = Guess(name, {"file": what}, (), f"the {what} that the file covers", 0.7)
    if target.has("score") and "score" in guesses and "scale_min" not in guesses:
        answers = next(each for each in samples if each.heading == guesses["score"].headings[0])
        scale = guess_scale(answers)
        if scale is not None:
            for name, end in zip(("scale_min", "scale_max"), scale, strict=True):
                grounds = f"the answers seen fit a scale from {scale[0]} to {scale[1]}"
                guesses[name] = Guess(name, {"constant": str(end)}, (), grounds, 0.5)
    return Proposal(target, header, preamble, samples, guesses)


def _merit(proposal: Proposal) -> float:
    """How much of the dataset is there, required columns first, and how surely."""
    target = proposal.dataset
    named = sum(
        guess.strength * (3 if name in target.required else 1)
        for name, guess in proposal.guesses.items()
        if guess.headings
    )
    return named - 4 * len(proposal.missing)
