"""Decisions that a manager takes alone and has to ask for as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

_ITEMS = re.compile(r"[,;] (?:(?:and|or) )?")
_PARTS = re.compile(r" (?:and|or) |/")
_OF = re.compile(r" (?:of|for|with|to|from) .*")
_AMOUNT = re.compile(r"\$\s?(\d[\d,]*(?:\.\d+)?)\s*(k\b)?", re.I)
_AT_MOST = re.compile(
    r"\b(?:up to|under|below|less than|at most|not more than|no more than|within)\b|\bor less\b",
    re.I,
)
_AT_LEAST = re.compile(
    r"\b(?:above|over|more than|exceeding|beyond|from|at least|greater than)\b|\bor more\b", re.I
)
_LIMITS = re.compile(
    r"\b(?:in|within|outside|inside|beyond|except|excluding|unless|until|if|when|without|with|"
    r"temporary|emergency|routine|minor|major|small|large|that|which|who|not|new|existing)\b",
    re.I,
)
_SMALL: Final = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "for",
        "to",
        "on",
        "at",
        "by",
        "all",
        "any",
        "each",
        "every",
        "our",
        "its",
        "their",
        "his",
        "her",
        "practice",
        "staff",
        "employee",
        "employees",
        "decision",
        "decisions",
        "approval",
        "approving",
        "final",
        "making",
    }
)
_SAME: Final = {
    "fire": "dismiss", "fir": "dismiss", "terminat": "dismiss", "termination": "dismiss",
    "dismissal": "dismiss", "discharg": "dismiss", "hir": "hire", "hire": "hire",
    "recruit": "hire", "recruitment": "hire", "purchas": "buy", "buy": "buy", "schedul": "schedule",
    "wage": "pay", "salari": "pay", "salary": "pay", "compensation": "pay",
}  # fmt: skip


class _Decision(NamedTuple):
    """One decision of a list: what it is about, and the amount up to or from which it holds."""

    text: str
    about: frozenset[str]
    limited: bool
    at_most: float | None
    at_least: float | None


class Conflict(NamedTuple):
    """A decision on both sides: the positions of the two texts, and the words of the second."""

    decided: int
    approved: int
    words: str


def conflicts(decided: Sequence[str], approved: Sequence[str]) -> Iterator[Conflict]:
    """The decisions that stand in both lists, each text of the second one once.

    Two parts of texts are the same decision where they name the same things without a limit, or
    with amounts that overlap: up to $2,500 on one side and above $1,000 on the other. A limit
    that only one of them has, or has in other words, keeps them apart.
    """
    mine: dict[frozenset[str], list[tuple[int, _Decision]]] = {}
    for number, text in enumerate(decided):
        for each in _decisions(text):
            mine.setdefault(each.about, []).append((number, each))
    for position, text in enumerate(approved):
        found = (
            Conflict(number, position, other.text)
            for other in _decisions(text)
            for number, each in mine.get(other.about, ())
            if _meet(each, other)
        )
        yield from islice(found, 1)


def _meet(mine: _Decision, other: _Decision) -> bool:
    if mine.at_most is not None and other.at_least is not None:
        return other.at_least < mine.at_most
    return not mine.limited and not other.limited


def _decisions(text: str) -> list[_Decision]:
    found = []
    for item in _ITEMS.split(" ".join(text.split()).rstrip(".")):
        parts = _PARTS.split(item)
        # 'Hiring and discipline of hourly staff' is about the hiring of hourly staff.
        shared = _OF.search(parts[-1])
        for part in parts:
            whole = part if shared is None or _OF.search(part) else part + shared.group()
            found.append(_decision(whole))
    return [each for each in found if each.about]


def _decision(part: str) -> _Decision:
    money = _AMOUNT.search(part)
    amount = float(money[1].replace(",", "")) * (1000 if money[2] else 1) if money else None
    limit = _AT_MOST.search(part), _AT_LEAST.search(part)
    # What stands before the limit is what it is about: 'Purchases of up to $500 a month'.
    ends = [found.start() for found in (*limit, money, _LIMITS.search(part)) if found]
    about = part[: min(ends)] if ends else part
    return _Decision(
        part.strip(),
        frozenset(
            _stem(word) for word in re.findall(r"[a-z]+", about.casefold()) if word not in _SMALL
        ),
        bool(ends),
        amount if limit[0] else None,
        amount if limit[1] and not limit[0] else None,
    )


def _stem(word: str) -> str:
    """A word without its ending, near enough to meet its like."""
    if word in _SAME:
        return _SAME[word]
    for ending in ("ing", "es", "s", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return _SAME.get(word, word.removesuffix("e"))
