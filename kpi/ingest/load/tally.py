"""What a file's rows come to while they are read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kpi.ingest.model import Chunk, Quarantined


@dataclass(slots=True)
class Tally:
    """Counts of one dataset's share of a file, and its refused rows.

    ``places``: the locations that its good rows name, ``''`` for none; ``months``: the months.
    """

    read: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    blanked: Counter[str] = field(default_factory=Counter)
    bad: list[Quarantined] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    months: set[int] = field(default_factory=set)

    def take(self, chunk: Chunk) -> None:
        """Adds a chunk's counts."""
        self.read += chunk.read
        self.left_out += chunk.left_out
        self.blanked += chunk.blanked
        self.bad += chunk.quarantined
        if "location" in chunk.frame:
            self.places.update(place or "" for place in chunk.frame["location"].unique())
        self.months.update(code for code in set(chunk.months.tolist()) if code)

    @property
    def reasons(self) -> Counter[str]:
        """Why rows were left out or refused, and cells blanked: reason to count."""
        refused = Counter(each.reason for each in self.bad)
        return self.left_out + self.blanked + refused
