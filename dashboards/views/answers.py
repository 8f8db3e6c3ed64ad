"""What a person says about a file that was dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kpi.errors import InputError
from kpi.months import Month, span


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to the questions of one file; what is not said is as ``ingest`` has it."""

    dataset: str | None = None
    covers: tuple[Month, ...] = ()
    replace: bool = False
    allow_bad: bool = False
    allow_old: bool = False
    allow_unusual: bool = False

    @property
    def options(self) -> dict[str, Any]:
        """The same as options of ``kpi.ingest.ingestion.ingest``."""
        return {
            "dataset": self.dataset,
            "covers": self.covers,
            "replace": self.replace,
            "allow_bad": self.allow_bad,
            "allow_old": self.allow_old,
            "allow_unusual": self.allow_unusual,
        }


def read_covers(text: str) -> tuple[Month, ...]:
    """The months of ``2026-01..2026-03`` or ``2026-01``; none of an empty text.

    Raises InputError.
    """
    first, _, last = text.strip().partition("..")
    if not first and not last:
        return ()
    months = span(Month.parse(first), Month.parse(last or first))
    if not months:
        raise InputError(f"What a file covers ends in {last}, before it starts in {first}.")
    return months
