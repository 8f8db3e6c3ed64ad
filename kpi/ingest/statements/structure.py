"""The structure of a profit and loss statement: sections, accounts with their paths, totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from kpi.errors import FileRefused
from kpi.ingest.fold import fold_value


class Role(Enum):
    """What a line is."""

    ACCOUNT = "account"
    TOTAL = "total"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Line:
    """A line under the header: physical line, label, cents a column (None where blank)."""

    number: int
    label: str
    figures: tuple[int | None, ...]

    @property
    def filled(self) -> bool:
        """Whether it has any figure."""
        return any(figure is not None for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with its meaning.

    An account has its path and kind. A total covers the entries from number ``first`` on up to
    itself. ``section`` is the section that it is of; a result has its own folded label there.
    """

    line: Line
    role: Role
    section: str
    account: str = ""
    kind: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class Structure:
    """All lines that have figures, in order."""

    entries: tuple[Entry, ...]


def find_structure(lines: Sequence[Line], terms: Mapping[str, Any], name: str) -> Structure:
    """Finds sections, accounts and totals.

    A section runs from its heading to its total, before the next result (``Gross Profit``).
    Raises FileRefused for figures outside of all sections and for a total without its rows.
    """
    sections: Mapping[str, Mapping[str, Any]] = terms["sections"]
    results: Mapping[str, Any] = terms["results"]
    entries: list[Entry] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        label = fold_value(line.label)
        section = terms["spellings"].get(label, label)
        if label in results:
            if line.filled:
                entries.append(Entry(line, Role.RESULT, label))
        elif section in sections:
            end = _section_end(lines, place, section, terms)
            _read_section(lines[place : end + 1], section, sections[section], entries, name)
            place = end
        elif line.filled:
            raise FileRefused(
                f"{name}, line {line.number}: figures that stand in none of the sections "
                f"{', '.join(sections)}. {terms['instead']}"
            )
        place += 1
    return Structure(tuple(entries))


def _section_end(lines: Sequence[Line], start: int, section: str, terms: Mapping[str, Any]) -> int:
    """The place of the section's total, or of its heading where it has none."""
    end = start
    for place in range(start + 1, len(lines)):
        folded = fold_value(lines[place].label)
        if folded in terms["results"]:
            break
        of = _totalled(folded)
        if of is not None and terms["spellings"].get(of, of) == section:
            end = place
    return end


def _read_section(
    lines: Sequence[Line],
    section: str,
    terms: Mapping[str, Any],
    entries: list[Entry],
    name: str,
) -> None:
    """Adds the entries of one section, from its heading to its total."""
    heading, kind = lines[0], str(terms["kind"])
    prefix = [heading.label] if terms.get("prefix") else []
    begun = len(entries)
    if heading.filled:
        entries.append(Entry(heading, Role.ACCOUNT, section, heading.label, kind))
    if len(lines) == 1:
        return
    closed_by = _pairs(lines, 1, len(lines) - 1)
    opener_of = {total: opener for opener, total in closed_by.items()}
    open_groups: list[tuple[int, str, int]] = []  # place of the opener, label, first entry
    for place in range(1, len(lines) - 1):
        line = lines[place]
        folded = fold_value(line.label)
        if place in opener_of:
            opener, _, first = open_groups.pop() if open_groups else (-1, "", 0)
            if opener != opener_of[place]:
                raise FileRefused(_about_total(name, line))
            entries.append(Entry(line, Role.TOTAL, section, first=first))
            continue
        if folded.startswith("total for ") and line.filled:
            raise FileRefused(_about_total(name, line))
        path = [label for _, label, _ in open_groups] + [line.label]
        if prefix and (len(path) > 1 or fold_value(line.label) != fold_value(heading.label)):
            path = prefix + path
        if place in closed_by:
            open_groups.append((place, line.label, len(entries)))
        if line.filled:
            if not line.label:
                raise FileRefused(f"{name}, line {line.number}: figures without an account.")
            entries.append(Entry(line, Role.ACCOUNT, section, ":".join(path), kind))
    if open_groups:
        raise FileRefused(_about_total(name, lines[-1]))
    if lines[-1].filled:
        entries.append(Entry(lines[-1], Role.TOTAL, section, first=begun))


def _pairs(lines: Sequence[Line], start: int, end: int) -> dict[int, int]:
    """Which line opens a group that which total closes: the nearest line of that label above."""
    waiting: dict[str, list[int]] = defaultdict(list)
    pairs: dict[int, int] = {}
    for place in range(start, end):
        folded = fold_value(lines[place].label)
        of = _totalled(folded)
        if of is not None and waiting[of]:
            pairs[waiting[of].pop()] = place
        else:
            waiting[folded].append(place)
    return pairs


def _totalled(folded: str) -> str | None:
    """What a label like ``total for income`` or ``total income`` is the total of."""
    if folded.startswith("total for "):
        return folded.removeprefix("total for ")
    return folded.removeprefix("total ") if folded.startswith("total ") else None


def _about_total(name: str, line: Line) -> str:
    return (
        f"{name}, line {line.number}: a total whose rows are not in the file. Expand all rows "
        "of the report and export it again."
    )
