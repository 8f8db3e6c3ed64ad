"""What a measure is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MeasureKind(StrEnum):
    """How months of a measure come together."""

    FLOW = "flow"  # added up
    STOCK = "stock"  # a balance at month's end: never added over months
    HISTOGRAM = "histogram"  # counts of whole minutes: counts added up


@dataclass(frozen=True, slots=True)
class Measure:
    """An additive monthly quantity computed from one dataset's records.

    ``unit``: what it is measured in (``dollars``, ``minutes``, ``seconds``, ``days``, ``hours``);
    empty for what is counted. ``bunched``: several of what is counted come of one event, so that
    chance moves them together and not each on its own.
    """

    name: str
    dataset: str
    kind: MeasureKind
    text: str
    unit: str = ""
    bunched: bool = False

    @property
    def money(self) -> bool:
        """Whether its values are dollars."""
        return self.unit == "dollars"
