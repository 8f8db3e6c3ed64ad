"""A layout that was mapped once and has changed since: what was said of it is said again."""

from __future__ import annotations

from typing import Any

from kpi.ingest.fold import fold_header
from kpi.ingest.mapping.answers import with_answers
from kpi.ingest.mapping.profile import Profile
from kpi.ingest.mapping.proposal import Proposal


def as_before(proposal: Proposal, profile: Profile) -> Proposal:
    """The proposal with what a profile says of the columns that are still there. A column that
    was left out then, though the file had it, is left out again."""
    said = profile.feeds.get(proposal.dataset.name, {})
    known = {fold_header(name) for name in profile.names}
    headings = {fold_header(each.heading): each.heading for each in proposal.samples}
    for name in proposal.dataset.names:
        guess = proposal.guesses.get(name)
        if name in said:
            entry, words = _apart(said[name], headings)
            if entry is None:
                continue
            proposal = with_answers(proposal, columns={name: entry})
            meanings = proposal.guesses[name].words.meanings
            kept = {word: meaning for word, meaning in words.items() if word in meanings}
            proposal = with_answers(proposal, words={name: kept} if kept else {})
        elif guess is not None and {fold_header(each) for each in guess.headings} <= known:
            proposal = with_answers(proposal, columns={name: None})
    return proposal


def _apart(entry: Any, headings: dict[str, str]) -> tuple[Any, dict[str, str]]:
    """An entry in the headings of the file, and its words; None where the file lacks one."""
    written: dict[str, Any] = {"column": entry} if isinstance(entry, str) else dict(entry)
    words = {str(word): str(to) for word, to in written.pop("values", {}).items()}
    found: dict[str, Any] = {}
    for key, value in written.items():
        try:
            found[key] = _renamed(key, value, headings)
        except KeyError:
            return None, {}
    return (found["column"] if set(found) == {"column"} else found), words


def _renamed(key: str, value: Any, headings: dict[str, str]) -> Any:
    """The value of a key with the file's own headings. Raises KeyError for one that is gone."""
    if key in ("column", "turned"):
        return headings[fold_header(value)]
    if key in ("columns", "first_of", "sum"):
        return [headings[fold_header(each)] for each in value]
    if key in ("flags", "when", "unless"):
        return {headings[fold_header(each)]: words for each, words in value.items()}
    return value
