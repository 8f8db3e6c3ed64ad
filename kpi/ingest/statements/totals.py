"""A statement's own totals against the sums of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.ingest.statements.periods import Heading
from kpi.ingest.statements.structure import Entry, Role, Structure

_MOST = 20


@dataclass(frozen=True, slots=True)
class Comparison:
    """``sentences`` for the receipt. ``sums``: a section or result, and its cents a column as the
    rows add up; ``stated``: the same as the file says. ``agrees``: whether each column does.
    ``headline``: which of them say most, the first section and the last result."""

    sentences: tuple[str, ...]
    sums: Mapping[str, Sequence[int]]
    stated: Mapping[str, Sequence[int | None]]
    agrees: tuple[bool, ...]
    headline: tuple[str, ...] = ()

    def figures(self, place: int) -> str:
        """Income and net income of one column, and whether the file's totals agree."""
        parts = [
            f"{name} {dollars(self.sums[name][place])}"
            for name in self.headline
            if name in self.sums
        ]
        if self.agrees[place]:
            return f"Its rows add up to its own totals ({', '.join(parts)})."
        said = [
            f"{name} {dollars(figure)}"
            for name in self.headline
            if (figure := self.stated.get(name, [None] * (place + 1))[place]) is not None
        ]
        return (
            f"Its rows add up to {', '.join(parts)}, but not to its own totals "
            f"({', '.join(said) or 'see the file'})."
        )


def compare(
    structure: Structure, headings: Sequence[Heading], terms: Mapping[str, Any]
) -> Comparison:
    """Adds up the rows and compares every total, result and total column with the sums."""
    width = len(headings)
    running = [[0] * width]  # sums over the entries before each
    sections: dict[str, list[int]] = defaultdict(lambda: [0] * width)
    for entry in structure.entries:
        own = [figure or 0 for figure in entry.line.figures]
        counted = own if entry.role is Role.ACCOUNT else [0] * width
        running.append([a + b for a, b in zip(running[-1], counted, strict=True)])
        if entry.role is Role.ACCOUNT:
            sections[entry.section] = [
                a + b for a, b in zip(sections[entry.section], own, strict=True)
            ]
    sums: dict[str, list[int]] = dict(sections)
    for result, signs in terms["results"].items():
        sums[result] = [
            sum(sign * sections[section][place] for section, sign in signs.items())
            for place in range(width)
        ]
    stated: dict[str, Sequence[int | None]] = {}
    wrong: list[tuple[int, str]] = []
    checked = 0
    for number, entry in enumerate(structure.entries):
        if entry.role is Role.ACCOUNT:
            continue
        expected = _expected(entry, number, running, sums)
        stated[entry.section] = entry.line.figures
        for place, figure in enumerate(entry.line.figures):
            if figure is None:
                continue
            checked += 1
            if figure != expected[place]:
                wrong.append(
                    (place, _differs(entry, headings[place].text, figure, expected[place]))
                )
    wrong += _across(structure, headings)
    agrees = tuple(all(where != place for where, _ in wrong) for place in range(width))
    sentences = [sentence for _, sentence in wrong[:_MOST]]
    if len(wrong) > _MOST:
        sentences.append(f"{len(wrong) - _MOST} more totals differ from their rows.")
    if not wrong and checked:
        sentences.append(f"All {checked} totals of the file agree with its rows.")
    headline = (next(iter(terms["sections"])), [*terms["results"]][-1])
    return Comparison(tuple(sentences), sums, stated, agrees, headline)


def _expected(
    entry: Entry, number: int, running: Sequence[Sequence[int]], sums: Mapping[str, Sequence[int]]
) -> list[int]:
    if entry.role is Role.RESULT:
        return list(sums[entry.section])
    return [
        after - before for before, after in zip(running[entry.first], running[number], strict=True)
    ]


def _across(structure: Structure, headings: Sequence[Heading]) -> list[tuple[int, str]]:
    """The total column against the months beside it, for accounts."""
    totals = [place for place, heading in enumerate(headings) if heading.span is None]
    found = []
    for place in totals:
        for entry in structure.entries:
            figure = entry.line.figures[place]
            if entry.role is not Role.ACCOUNT or figure is None:
                continue
            added = sum(
                other or 0 for where, other in enumerate(entry.line.figures) if where not in totals
            )
            if added != figure:
                found.append((place, _differs(entry, headings[place].text, figure, added)))
    return found


def _differs(entry: Entry, heading: str, figure: int, expected: int) -> str:
    return (
        f"Line {entry.line.number}, column '{heading}': the file says {dollars(figure)}, "
        f"the rows add up to {dollars(expected)}."
    )


def dollars(cents: int, grouped: bool = True) -> str:
    """Cents as dollars and cents: ``1,642.46``, or ``1642.46`` for a cell."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole:,}.{rest:02d}" if grouped else f"{sign}{whole}.{rest:02d}"
