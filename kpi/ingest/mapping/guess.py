"""One guess of where a canonical column comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kpi.ingest.mapping.words import NONE, Words

NAMED, MADE, ALIKE, DOUBTFUL = 1.0, 0.9, 0.5, 0.4
"""How sure a guess is: its name is known, it was put together of known ones, its name is only
alike, it is something near."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Where a canonical column comes from, most likely: ``entry`` as a profile writes it.

    ``headings``: the columns of the file that it takes. ``grounds``: why, in words. ``strength``:
    how sure it is, 1 at most. ``words``: the file's words for a choice.
    """

    column: str
    entry: Any
    headings: tuple[str, ...]
    grounds: str
    strength: float
    words: Words = NONE

    @property
    def made(self) -> bool:
        """Whether it is made of other columns by a rule of the whole table."""
        return self.entry == self.column and self.headings != (self.column,)

    @property
    def written(self) -> dict[str, Any]:
        """The entry in its long form."""
        return {"column": self.entry} if isinstance(self.entry, str) else dict(self.entry)
