"""The words of a file that stand for values: what each means, and which may be shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kpi.datasets import Column
from kpi.datasets.hearsay import NO_RECORD
from kpi.ingest.clean.identifiers import looks_like_identifier
from kpi.ingest.fold import fold_value

_LETTERS = re.compile(r"[^\W\d_]+")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof"})
_USUAL = frozenset(
    {
        "a", "after", "and", "appointment", "appt", "arrived", "at", "being", "by", "call",
        "called", "came", "cancel", "canceled", "cancelled", "charge", "check", "checked", "clinic",
        "complete", "completed", "confirmed", "day", "did", "done", "exam", "for", "hours", "in",
        "keep", "kept", "late", "left", "message", "moved", "new", "no", "not", "of", "office",
        "on", "out", "paid", "patient", "pending", "per", "practice", "provider", "pt", "ready",
        "request", "reschedule", "rescheduled", "room", "same", "scheduled", "seen", "session",
        "show", "staff", "sent", "the", "time", "to", "visit", "waiting", "was", "with", "without",
    }
)  # fmt: skip
_LONGEST = 40
_FEW = 15


@dataclass(frozen=True, slots=True)
class Words:
    """``meanings``: by word of the file (``""`` for a blank cell) the value that it means, None
    where nobody can know. ``choices``: what a word may mean. ``likely``: words whose meaning is
    only the likely one. ``heading``: the column of the file that holds the words."""

    heading: str = ""
    meanings: Mapping[str, str | None] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    likely: frozenset[str] = frozenset()


NONE = Words()


def words_of(column: Column, heading: str, cells: Sequence[str]) -> Words:
    """The words of a column of the file that holds a choice. A blank is a word of its own where
    every record needs a value: whether it means one, nobody can know."""
    known = _spelled(column.choices)
    for choice in column.choices:
        known[fold_value(choice)] = choice
    likely = _spelled({**column.hearsay.likely, NO_RECORD: column.hearsay.no_record})
    choices = (*column.choices, NO_RECORD) if column.required else tuple(column.choices)
    return _words(heading, cells, known, likely, choices, blanks=column.required)


def kinds_of(kinds: Mapping[str, Sequence[str]], heading: str, cells: Sequence[str]) -> Words:
    """The words of a column that says which kind of figure a row has; see ``Split``."""
    return _words(heading, cells, {}, _spelled(kinds), tuple(kinds), blanks=True)


def may_be_word(word: str, counts: Counter[str]) -> bool:
    """Whether a cell is a word that stands for a value and may be shown, and not somebody's name
    or a remark: short, of letters, and either one of few or seen more than once."""
    if not word or counts[word] > 1:
        return is_plain(word)
    return is_plain(word) and len(counts) <= _FEW and not _is_name(word)


def is_plain(cell: str) -> bool:
    """Whether a cell is short, with no comma and hardly a digit."""
    digits = sum(sign.isdigit() for sign in cell)
    return (
        len(cell) <= _LONGEST
        and "," not in cell
        and (digits <= 2 or digits == len(cell) <= 3)
        and not looks_like_identifier(cell)
    )


def says_only(text: str, spelling: str) -> bool:
    """Whether a text says nothing beside a spelling but usual words of an office, so that it is
    no remark on somebody: ``PATIENT NO SHOW``, and not ``Ms Sample no show``."""
    rest = fold_value(text).replace(spelling, " ", 1)
    return all(word in _USUAL for word in _LETTERS.findall(rest))


def _is_name(word: str) -> bool:
    """Two or three words written like names, none of them usual, or one after a title."""
    words = [each for each in _LETTERS.findall(word) if len(each) > 1]
    folded = {each.casefold() for each in words}
    if folded & _TITLES:
        return True
    return 2 <= len(words) <= 3 and all(map(str.istitle, words)) and not folded & _USUAL


def _spelled(spellings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold_value(word): value for value, words in spellings.items() for word in words}


def _words(
    heading: str,
    cells: Iterable[str],
    known: Mapping[str, str],
    likely: Mapping[str, str],
    choices: tuple[str, ...],
    blanks: bool,
) -> Words:
    found = sorted({cell for cell in cells if cell or blanks})
    meanings = {
        word: known.get(fold_value(word), likely.get(fold_value(word))) if word else None
        for word in found
    }
    only_likely = frozenset(
        word for word in found if meanings[word] is not None and fold_value(word) not in known
    )
    return Words(heading, meanings, choices, only_likely)
