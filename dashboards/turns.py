"""Runs of pages one after the other, where many people click at the same moment.

Python computes one run at a time anyway. Begun together, twenty would share it out among them and
all be done when the last is; begun in turn, the first is done in a twentieth of that, and half of
them in half of it. A run that takes long, since it loads a file, keeps nobody waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from time import monotonic

AT_ONCE = 2
"""Short runs beside each other: while one reads from the database the other computes."""

SHORT = 0.3
"""Seconds after which a run is no short one any more, and is not waited for."""


class Turns:
    """At most so many runs that began within the last so many seconds."""

    def __init__(self, at_once: int, short: float) -> None:
        self._at_once, self._short = at_once, short
        self._begun: list[float] = []
        self._changed = Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for a turn, and gives it up at the end."""
        with self._changed:
            while (wait := self._wait()) > 0:
                self._changed.wait(wait)
            begun = monotonic()
            self._begun.append(begun)
        try:
            yield
        finally:
            with self._changed:
                self._begun.remove(begun)
                self._changed.notify()

    def _wait(self) -> float:
        """Seconds until there is a turn at the latest; 0 where there is one."""
        now = monotonic()
        young = sorted(each for each in self._begun if now - each < self._short)
        if len(young) < self._at_once:
            return 0.0
        return young[-self._at_once] + self._short - now


RUNS = Turns(AT_ONCE, SHORT)
"""Those of this server."""
