"""What a rule looks at: a role file as far as it could be read, errors or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from kpi.catalogue import Kpi
from kpi.role.findings import Key, Place
from kpi.role.known import Known
from kpi.role.model import DeclaredTarget, Finding
from kpi.role.read import LINE_END
from kpi.role.tree import Listing, Scalar, Table, find, locate, plain

EACH: Final = "*"
"""Stands in a pattern for every item of a list."""

PROSE: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "title": (("title",),),
    "summary": (("summary",),),
    "responsibilities": (("responsibilities", EACH, "text"),),
    "qualifications": (
        ("qualifications", "education", EACH),
        ("qualifications", "certifications", EACH),
        ("qualifications", "experience"),
    ),
    "skills": (("skills", EACH, "text"), ("skills", EACH, "examples", EACH)),
    "daily_duties": (("daily_duties", EACH), ("daily_duties", EACH, "text")),
    "reporting": (
        ("reporting", "reports_to"),
        ("reporting", "supervises", EACH),
        ("reporting", "channels", EACH),
        ("reporting", "authority", "decides", EACH),
        ("reporting", "authority", "needs_approval", EACH),
    ),
    "compensation": (("compensation", "overtime"),),
    "benefits": (
        ("benefits", "health"),
        ("benefits", "pto"),
        ("benefits", "retirement"),
        ("benefits", "professional_development"),
    ),
    "compliance": (("compliance", EACH, "duty"),),
    "conditions": (
        ("conditions", "physical"),
        ("conditions", "schedule"),
        ("conditions", "place"),
    ),
    "statements": (
        ("statements", "equal_opportunity"),
        ("statements", "accommodation"),
        ("statements", "not_a_contract"),
    ),
}
"""Where sentences stand, by the part of the file."""

_KPIS: Final[tuple[Key, ...]] = ("performance_metrics", "kpis")

_FAR = 4
"""How many times its own length a text may take in the file: indentation, quotes, line ends."""


class Prose(NamedTuple):
    """A text of the file, on one line, and where it stands."""

    path: tuple[Key, ...]
    text: str


@dataclass(frozen=True)
class Draft:
    """A role file under the rules. ``today`` and ``known`` are None where they are not known;
    ``findings`` are those of the file and of the rules before."""

    root: Table
    text: str
    targets: tuple[DeclaredTarget, ...]
    kpis: Mapping[str, Kpi]
    today: date | None = None
    known: Known | None = None
    sha256: str = ""
    findings: tuple[Finding, ...] = ()

    @cached_property
    def document(self) -> Any:
        """The file as dicts, lists and values; a value that could not be read is an object."""
        return plain(self.root)

    def prose(self, *parts: str) -> Iterator[Prose]:
        """The texts of some parts of the file (keys of ``PROSE``), in the file's order of keys."""
        for part in parts:
            for pattern in PROSE[part]:
                yield from self._matching((), pattern)

    def _matching(self, path: tuple[Key, ...], pattern: tuple[str, ...]) -> Iterator[Prose]:
        node = find(self.root, path)
        if not pattern:
            if isinstance(node, Scalar) and isinstance(node.value, str):
                yield Prose(path, " ".join(node.value.split()))
        elif pattern[0] == EACH:
            for number in range(len(node.items) if isinstance(node, Listing) else 0):
                yield from self._matching((*path, number), pattern[1:])
        elif isinstance(node, Table):
            yield from self._matching((*path, pattern[0]), pattern[1:])

    def string(self, *path: Key) -> str | None:
        """The text at a path; None where there is none."""
        node = find(self.root, path)
        return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None

    def listed(self, *path: Key) -> range:
        """The positions of the list at a path; none where there is no list."""
        node = find(self.root, path)
        return range(len(node.items) if isinstance(node, Listing) else 0)

    def table(self, *path: Key) -> Table | None:
        """The group of keys at a path; None where there is none."""
        node = find(self.root, path)
        return node if isinstance(node, Table) else None

    def target_path(self, kpi: str) -> tuple[Key, ...]:
        """The path of the entry that gives a KPI its target."""
        return (*_KPIS, self._positions[kpi]) if kpi in self._positions else _KPIS

    @cached_property
    def _positions(self) -> dict[str | None, int]:
        """Where each KPI stands in the list of those with a target, the first of two."""
        return {self.string(*_KPIS, each, "kpi"): each for each in reversed(self.listed(*_KPIS))}

    @cached_property
    def accepted(self) -> tuple[tuple[str, str], ...]:
        """The rules that the file answers and its reasons, in its order."""
        written = (
            (self.string("accepted", number, "rule"), self.string("accepted", number, "reason"))
            for number in self.listed("accepted")
        )
        return tuple((rule, reason) for rule, reason in written if rule and reason)

    def place(self, path: tuple[Key, ...], phrase: str = "") -> Place:
        """Where a path stands, or some words of its text; of a list or a group its key, and of a
        key that is missing the key that it belongs under."""
        there = path
        while there and find(self.root, there) is None:
            there = there[:-1]
        whole = not isinstance(find(self.root, there), Scalar)
        if len(there) < len(path) or whole:
            return locate(self.root, there, at_key=True)
        start = locate(self.root, path)
        return self._place_of(start, phrase, self.string(*path) or "") if phrase else start

    def _place_of(self, start: Place, phrase: str, text: str) -> Place:
        """Where a phrase of a text stands, though the file may fold the text over lines."""
        offset = self._lines[start.line - 1] + start.column - 1
        words = r"\s+".join(map(re.escape, phrase.split()))
        found = re.compile(rf"(?<!\w){words}(?!\w)").search(
            self.text, offset, offset + len(text) * _FAR + 200
        )
        if found is None:
            return start
        line = bisect_right(self._lines, found.start())
        return Place(line, found.start() - self._lines[line - 1] + 1)

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in LINE_END.finditer(self.text))]
