"""The mapping of a file that nothing known fits, as controls and what they answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboards.views.by_hand import label_of
from dashboards.views.periods import months_words
from dashboards.views.words import count_of, listed
from kpi.datasets import Column, Kind, dataset
from kpi.ingest.mapping.offer import Offer, ShownColumn, in_words
from kpi.ingest.mapping.proposal import Proposal
from kpi.ingest.proposing import Rehearsal
from kpi.months import NAMES

NOT_THERE = ""
AS_PROPOSED = "*"
SAME = "="
"""Chosen where a column is the same in every row; what it is, is said beside it and follows."""
_HEADING = ":"

_SAYABLE = frozenset({Kind.TEXT, Kind.WHOLE, Kind.DECIMAL})
"""Kinds of which a value can be said for a whole file; a day or an amount changes from row to row,
and from one file to the next."""

Chosen = tuple[str, ...]

_MONTHS = frozenset(name.casefold()[:end] for name in NAMES for end in (3, len(name)))


class Sort(StrEnum):
    """How a column is chosen: one heading, several that are joined, or a day and a time of day."""

    ONE = "one"
    SEVERAL = "several"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Control:
    """The choice of where one canonical column comes from.

    ``options``: by value the words; of several only headings. ``chosen``: what is proposed.
    ``number``: what is the same in every row is a number.
    ``grounds``: why, or what to do. ``urgency``: 0 a required column that is missing, 1 a guess to
    look at, 2 one that is sure, 3 an optional column that nothing feeds.
    """

    column: str
    label: str
    help: str
    sort: Sort
    options: Mapping[str, str]
    chosen: Chosen
    grounds: str
    urgency: int
    number: bool = False


def controls_of(proposal: Proposal, offer: Offer) -> tuple[Control, ...]:
    """A control for each canonical column, the most urgent first."""
    headings = [each.heading for each in offer.columns]
    found = [_control(proposal, column, headings) for column in proposal.dataset.columns]
    return tuple(sorted(found, key=lambda each: each.urgency))


def entry_of(control: Control, chosen: Chosen) -> Any:
    """What is chosen as a profile writes it; None leaves the column out."""
    filled = [each for each in chosen if each != NOT_THERE]
    if not filled or (control.sort is Sort.TIME and chosen[0] == NOT_THERE):
        return None
    if filled[0].startswith(SAME):
        same = filled[0].removeprefix(SAME)
        return {"constant": same} if same else None
    headings = [each.removeprefix(_HEADING) for each in filled]
    return headings[0] if len(headings) == 1 else {"columns": headings}


def changed(controls: Sequence[Control], chosen: Mapping[str, Chosen]) -> dict[str, Any]:
    """What a person chose other than it was proposed, by canonical column."""
    return {
        each.column: entry_of(each, chosen[each.column])
        for each in controls
        if each.column in chosen and chosen[each.column] != each.chosen
    }


def still_to_say(offer: Offer) -> tuple[str, ...]:
    """What stands in the way of saving, as sentences."""
    said = []
    if offer.missing:
        names = listed([f"'{label_of(name)}'" for name in offer.missing])
        said.append(f"Choose the column for {names}: no record counts without it.")
    words = [each for each in offer.words if each.meaning is None]
    if words:
        named = listed([f"'{each.word}'" if each.word else "a blank" for each in words[:5]])
        more = f" and {len(words) - 5} more" if len(words) > 5 else ""
        said.append(f"Say what {named}{more} {'means' if len(words) == 1 else 'mean'}.")
    said += offer.undecided.values()
    return tuple(said)


def not_kept(offer: Offer) -> str:
    """The columns that are dropped, in a sentence; empty where all are kept."""
    names = [f"'{each.heading}'" for each in offer.columns if not each.feeds]
    return f"Not kept: {listed(names)}." if names else ""


COLUMN_HEADINGS = ("Column of the file", "Holds", "For example", "Becomes")


def column_cells(column: ShownColumn) -> tuple[str, str, str, str]:
    """A column of the file as a row of a table; nothing that may say who somebody is."""
    holds = f"{column.holds}, {column.different:,} different" if column.different else column.holds
    hidden = "hidden: it may say who somebody is" if column.hidden else ""
    becomes = listed([label_of(name) for name in column.feeds])
    return (
        column.heading,
        holds,
        ", ".join(column.samples) or hidden,
        becomes or "not kept",
    )


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """What loading by a mapping would give: ``parts`` add up to ``read``."""

    read: int
    parts: tuple[tuple[str, int], ...]
    facts: tuple[str, ...]
    reasons: tuple[tuple[str, int], ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def rehearsal_view(found: Rehearsal) -> RehearsalView:
    """A rehearsal as the page shows it."""
    refused, left_out = sum(found.refused.values()), sum(found.left_out.values())
    facts = [
        f"{months_words([month])}: {count_of(count, 'row')}"
        for month, count in found.months.items()
    ]
    if not found.whole:
        facts.append("Only the first rows were looked at.")
    names = list(found.examples[0]) if found.examples else []
    reasons = [
        *found.refused.items(),
        *((f"Left out: {why}.", count) for why, count in found.left_out.items()),
        *((f"Left blank: {why}", count) for why, count in found.blanked.items()),
    ]
    return RehearsalView(
        read=found.read,
        parts=(("loaded", found.loaded), ("left out", left_out), ("in quarantine", refused)),
        facts=tuple(facts),
        reasons=tuple(reasons),
        headings=tuple(map(label_of, names)),
        rows=tuple(
            tuple(_kept(found, name, row[name]) for name in names) for row in found.examples
        ),
    )


def _kept(found: Rehearsal, name: str, value: str | None) -> str:
    """A value as it would be kept: a choice in the words of the controls, a number cut short."""
    column = dataset(found.dataset).column(name)
    if value and column.kind is Kind.DECIMAL:
        return value.rstrip("0").rstrip(".") if "." in value else value
    return label_of(value) if value in column.choices else value or ""


def layout_name(file: str, taken: Sequence[str]) -> str:
    """A name for a layout from that of a file, its months and numbers left out; none of those
    that are taken."""
    stem = file.rpartition(".")[0] or file
    words = [word for word in re.findall("[a-z]+", stem.casefold()) if word not in _MONTHS]
    bare = "_".join(words)[:60] or "layout"
    name, at = bare, 1
    while name in taken:
        at += 1
        name = f"{bare}_{at}"
    return name


def _control(proposal: Proposal, column: Column, headings: Sequence[str]) -> Control:
    guess = proposal.guesses.get(column.name)
    needed = column.name in (*proposal.dataset.required, *proposal.dataset.key)
    sort = _sort(proposal, column)
    options = {f"{_HEADING}{heading}": heading for heading in headings}
    if sort is not Sort.SEVERAL:
        options = {NOT_THERE: "Not in this file", **options}
        for choice in column.choices:
            options[f"{SAME}{choice}"] = f"Always {label_of(choice).lower()}"
        if column.kind in _SAYABLE:
            options[SAME] = "The same in every row"
        if column.kind is Kind.BOOLEAN:
            options |= {f"{SAME}true": "Always yes", f"{SAME}false": "Always no"}
    chosen: Chosen = () if sort is Sort.SEVERAL else (NOT_THERE,)
    if guess is not None:
        chosen = tuple(f"{_HEADING}{heading}" for heading in guess.headings)
        if guess.made or not _is_plain(guess.written, sort):
            chosen = (AS_PROPOSED,)
            words = guess.grounds if guess.made else in_words(guess.entry)
            options = {AS_PROPOSED: words[:1].upper() + words[1:], **options}
            sort = Sort.ONE
    if sort is Sort.TIME:
        chosen = (*chosen, NOT_THERE)[:2]
    return Control(
        column.name,
        label_of(column.name) + (" (required)" if needed else ""),
        f"{column.text[:1].upper()}{column.text[1:]}.",
        sort,
        options,
        chosen,
        _grounds(proposal, column.name, needed),
        (0 if needed else 3) if guess is None else 2 if guess.strength == 1.0 else 1,
        column.kind is not Kind.TEXT,
    )


def _sort(proposal: Proposal, column: Column) -> Sort:
    if column.kind is Kind.TIME:
        return Sort.TIME
    keyed = column.name in (*proposal.dataset.key, *proposal.dataset.identity)
    return Sort.SEVERAL if keyed and column.kind is Kind.ID else Sort.ONE


def _is_plain(written: Mapping[str, Any], sort: Sort) -> bool:
    """Whether headings alone say where a column comes from, so that its control can show them."""
    if "column" in written:
        return not written.keys() & {"when", "unless", "negate"}
    return "columns" in written and (
        sort is Sort.SEVERAL or (sort is Sort.TIME and len(written["columns"]) == 2)
    )


def _grounds(proposal: Proposal, name: str, needed: bool) -> str:
    guess = proposal.guesses.get(name)
    if guess is not None and guess.made:
        return ""  # they are what its control says
    if guess is not None:
        return f"{guess.grounds[:1].upper()}{guess.grounds[1:]}."
    return "Choose it: no record counts without it." if needed else ""
