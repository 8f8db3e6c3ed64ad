"""How far a file has come, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[str, float], None]
"""Is told what is being done, in words for a person (``"reading line 50,001 of 1,000,001"``), and
how much of the file's way is done: from 0 to 1, never falling, 1 when its records are kept or,
in a dry run, known.

It is called first before the file is opened, then between any two steps, in the caller's own
thread, so that it may draw on a page. What it raises ends the load, of which nothing is kept. A
refused file stops short of 1; its receipt says why.
"""

_READ, _LOADED, _ADDED_UP = 0.65, 0.85, 0.98
"""How much of a table's way is done at the end of each step, as measured for a large file."""


@dataclass(slots=True)
class Steps:
    """The steps of one file, whose tables are weighed by their lines."""

    tell: Progress | None
    lines: int = 0
    _before: int = 0
    _done: float = 0

    def wait(self) -> None:
        """Files that others load are waited for: one is loaded after the other."""
        self._say("waiting for its turn", 0)

    def open(self) -> None:
        """The file is looked at; its tables are not known yet."""
        self._say("opening the file", 0)

    def read(self, line: int, lines: int) -> None:
        """A line of a table of so many is read."""
        share = min(line / lines, 1) if lines else 1
        self._say(f"reading line {line:,} of {lines:,}", self._at(_READ * share, lines))

    def load(self, lines: int) -> None:
        """A table of so many lines is read, its records are compared with those that stand."""
        self._say("loading the records", self._at(_READ, lines))

    def add_up(self, lines: int) -> None:
        """The records are loaded, the months' measures follow."""
        self._say("adding up the months", self._at(_LOADED, lines))

    def finish_table(self, lines: int) -> None:
        """A table is done with; another one may follow."""
        self._say("adding up the months", self._at(_ADDED_UP, lines))
        self._before += lines

    def finish(self) -> None:
        """Everything is kept."""
        self._say("done", 1)

    def _at(self, share: float, lines: int) -> float:
        return (self._before + share * lines) / max(self.lines, 1)

    def _say(self, doing: str, done: float) -> None:
        # A chunk without a good row, or another dataset's chunk, may end on an earlier line.
        self._done = max(self._done, done)
        if self.tell is not None:
            self.tell(doing, self._done)
