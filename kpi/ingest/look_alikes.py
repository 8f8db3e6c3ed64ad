"""Names that may be one name in two spellings: said, and never merged. Two Dr. Smiths are two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

_MOST = 400  # names; beyond, the column holds something else
_SAID = 5
_GAPS = re.compile(r"[\W_]+")
_TITLES = frozenset(
    {"dr", "md", "do", "np", "pa", "pac", "rn", "phd", "dds", "dmd", "dpm", "od", "aprn", "fnp"}
)


def look_alikes(names: Iterable[str], *, persons: bool) -> Iterator[tuple[str, str]]:
    """Pairs of names that look like one, at most five.

    Those that differ in case, blanks and punctuation only; of ``persons`` also those that share
    their longest part and whose other parts go together, as ``Smith, J MD`` and ``SMITH - Smith,
    John`` do, and ``Smith, Jane`` and ``Smith, John`` do not.
    """
    known = list(names)
    if len(known) > _MOST:
        return
    parts = {name: _parts(name) for name in known}
    found = 0
    for one, other in combinations(known, 2):
        alike = sorted(parts[one]) == sorted(parts[other]) != []
        if alike or (persons and _go_together(parts[one], parts[other])):
            yield one, other
            found += 1
        if found == _SAID:
            return


def _parts(name: str) -> list[str]:
    return [part for part in _GAPS.split(name.casefold()) if part and part not in _TITLES]


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
