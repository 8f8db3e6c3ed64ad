"""Names that may be one name in two spellings: said, and never merged. Two Dr. Smiths are two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, islice
from unicodedata import combining, normalize

_MOST = 400  # names; beyond, the column holds something else
_SAID = 5
_GAPS = re.compile(r"[\W_]+")
_TITLES = frozenset(
    {"dr", "md", "do", "np", "pa", "pac", "rn", "phd", "dds", "dmd", "dpm", "od", "aprn", "fnp"}
)
_LATIN = str.maketrans("асеорхуіјѕԁһмтвнкαορν", "aceopxyijsdhmtbhkaopv")
"""Cyrillic and Greek small letters that are drawn as Latin ones."""


def look_alikes(names: Iterable[str], *, persons: bool) -> Iterator[tuple[str, str]]:
    """Pairs of names that look like one, at most five.

    Those that differ in case, accents, blanks and punctuation only, or in letters of another
    alphabet that look the same; of ``persons`` also those that share
    their longest part and whose other parts go together, as ``Smith, J MD`` and ``SMITH - Smith,
    John`` do, and ``Smith, Jane`` and ``Smith, John`` do not.
    """
    known = list(names)
    if len(known) > _MOST:
        return
    parts = {name: _parts(name) for name in known}
    found = 0
    for one, other in combinations(known, 2):
        if _are_alike(parts[one], parts[other], persons):
            yield one, other
            found += 1
        if found == _SAID:
            return


def other_spellings(names: Iterable[str], known: Iterable[str], *, persons: bool) -> list[str]:
    """Those of ``names``, at most five, that look like one of ``known``; see ``look_alikes``."""
    new, there = list(names), [_parts(name) for name in known]
    if len(new) > _MOST or len(there) > _MOST:
        return []
    alike = (
        name
        for name in new
        if any(_are_alike(parts, each, persons) for parts in (_parts(name),) for each in there)
    )
    return list(islice(alike, _SAID))


def _are_alike(one: list[str], other: list[str], persons: bool) -> bool:
    return sorted(one) == sorted(other) != [] or (persons and _go_together(one, other))


def _parts(name: str) -> list[str]:
    bare = normalize("NFKD", name).casefold().translate(_LATIN)
    plain = "".join(letter for letter in bare if not combining(letter))
    return [part for part in _GAPS.split(plain) if part and part not in _TITLES]


def _go_together(one: list[str], other: list[str]) -> bool:
    """Whether the longest part of the shorter name is one of the other's, and each further part of
    it is the beginning of one, or the other way round."""
    less, more = sorted((one, other), key=len)
    if not less:
        return False
    longest = max(less, key=len)
    if longest not in more or len(longest) < 3:
        return False
    rest = [part for part in less if part != longest]
    others = [part for part in more if part != longest]
    return all(any(a.startswith(b) or b.startswith(a) for b in others) for a in rest)
