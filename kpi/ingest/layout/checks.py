"""Figures of a row that must agree with each other: buckets with their total, and the like."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.ingest.clean.numbers import Unreadable, read_number
from kpi.ingest.clean.values import ABSENT
from kpi.ingest.layout.blocks import Block
from kpi.ingest.mapping.plan import Check


class Agreement:
    """Counts the rows in which a check fails; they are loaded all the same."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self._checks = checks
        self._failed: dict[str, list[int]] = {}

    def take(self, block: Block) -> None:
        """A block's rows. A row with a figure that cannot be read is not judged here."""
        for check in self._checks:
            places = [*(place for place, _ in check.terms), check.total]
            signs = [sign for _, sign in check.terms]
            columns = [block.frame[place] for place in places]
            for row, cells in enumerate(zip(*columns, strict=True)):
                try:
                    *parts, total = map(_cents, cells)
                except Unreadable:
                    continue
                if sum(sign * part for sign, part in zip(signs, parts, strict=True)) != total:
                    self._failed.setdefault(check.words, []).append(block.lines[row])

    @property
    def notes(self) -> list[str]:
        """Sentences for the receipt."""
        return [
            f"In {len(lines):,} {'row' if len(lines) == 1 else 'rows'} {words} does not hold "
            f"(first in line {lines[0]})."
            for words, lines in self._failed.items()
        ]


def _cents(cell: str) -> int:
    return 0 if cell.strip().casefold() in ABSENT else read_number(cell, 2)
