"""What a person says about a proposed mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kpi.datasets import Kind
from kpi.errors import InputError, nearest
from kpi.ingest.mapping.figures import add_scale
from kpi.ingest.mapping.guess import NAMED, Guess
from kpi.ingest.mapping.how_written import settle_dates
from kpi.ingest.mapping.joining import join_key
from kpi.ingest.mapping.meanings import hide_people_who_pay
from kpi.ingest.mapping.proposal import Proposal
from kpi.ingest.mapping.wide_surveys import OF_RATINGS
from kpi.ingest.mapping.words import NONE, words_of

_HOW = {"dates": ("month first", "day first"), "unit": ("minutes", "hours", "seconds", "hh:mm",
        "mm:ss"), "negate": (True, False)}  # fmt: skip


def with_answers(
    proposal: Proposal,
    columns: Mapping[str, Any] | None = None,
    words: Mapping[str, Mapping[str, str]] | None = None,
    how: Mapping[str, Mapping[str, Any]] | None = None,
) -> Proposal:
    """The proposal with what a person said.

    ``columns``: by canonical column the heading, or an entry as a profile writes it, or None to
    leave the column out. ``words``: by column what the file's words mean, one of the choices that
    ``Words`` names. ``how``: by column how it is written: ``dates``, ``unit`` or ``negate`` as in
    a profile. Raises InputError for a column, heading, value or way that there is none of.
    """
    guesses, rules = dict(proposal.guesses), proposal.rules
    if rules.ratings and OF_RATINGS.keys() & (columns or {}).keys():
        # Somebody says where scores come from, so no column is a question of its own any more.
        rules = replace(rules, ratings=())
        guesses = {name: each for name, each in guesses.items() if name not in OF_RATINGS}
    for name, entry in (columns or {}).items():
        _refuse_unknown_column(proposal, name)
        if entry is None:
            guesses.pop(name, None)
        else:
            guesses[name] = _as_said(proposal, name, entry)
    if columns:
        _follow_up(proposal, guesses)
    for name, said in (words or {}).items():
        guesses[name] = _translated(guesses.get(name), name, said)
    for name, ways in (how or {}).items():
        guess = guesses.get(name)
        if guess is None:
            raise InputError(
                f"Nothing is mapped to {name}, so it cannot be said how it is written."
            )
        for key, way in ways.items():
            if way not in _HOW.get(key, ()):
                known = "; ".join(f"{each}: {', '.join(map(str, _HOW[each]))}" for each in _HOW)
                raise InputError(f"{name} cannot be written with {key} '{way}'. Known: {known}.")
        guesses[name] = replace(guess, entry={**guess.written, **ways})
    return replace(proposal, guesses=guesses, rules=rules)


def _follow_up(proposal: Proposal, guesses: dict[str, Guess]) -> None:
    """What follows from a column that a person has said: the order of its dates, a key, a scale;
    and that a patient who pays is not named, whoever maps the column."""
    target, read = proposal.dataset, proposal.read
    add_scale(target, read, guesses)
    join_key(target, read, guesses)
    settle_dates(target, read, guesses)
    hide_people_who_pay(guesses)


def _refuse_unknown_column(proposal: Proposal, name: str) -> None:
    if not proposal.dataset.has(name):
        known = proposal.dataset.names
        raise InputError(f"{proposal.dataset.name} has no column '{name}'.{nearest(name, known)}")


def _as_said(proposal: Proposal, name: str, entry: Any) -> Guess:
    headings = {each.heading: each for each in proposal.read}
    used = _headings_of(entry)
    for heading in used:
        if heading not in headings:
            raise InputError(f"The file has no column '{heading}'.{nearest(heading, headings)}")
    words, column = NONE, proposal.dataset.column(name)
    if column.kind is Kind.CHOICE and len(used) == 1:
        words = words_of(column, used[0], headings[used[0]].cells)
    return Guess(name, entry, used, "as you say", NAMED, words)


def _translated(guess: Guess | None, name: str, said: Mapping[str, str]) -> Guess:
    if guess is None:
        raise InputError(f"Nothing is mapped to {name}, so its words cannot be translated.")
    words = guess.words
    for word, meaning in said.items():
        if word not in words.meanings:
            raise InputError(
                f"No row that was looked at has '{word}' for {name}.{nearest(word, words.meanings)}"
            )
        if meaning not in words.choices:
            raise InputError(
                f"{name} has no value '{meaning}'.{nearest(meaning, words.choices)} "
                f"Known: {', '.join(words.choices)}."
            )
    meanings = {**words.meanings, **said}
    likely = words.likely - set(said)
    return replace(guess, words=replace(words, meanings=meanings, likely=likely))


def _headings_of(entry: Any) -> tuple[str, ...]:
    if isinstance(entry, str):
        return (entry,)
    if "column" in entry:
        return (entry["column"],)
    several = (entry[key] for key in ("columns", "first_of", "sum", "flags") if key in entry)
    return tuple(next(several, ()))
