"""Whether two figures may be said to differ, or chance alone could have made the difference."""

from __future__ import annotations

from typing import Protocol

from kpi.score.model import Margin


class Ends(Protocol):
    """What has two ends: a KPI's margin, a score's, a spread."""

    @property
    def low(self) -> float:
        """The lower end."""

    @property
    def high(self) -> float:
        """The upper end."""


def distinguishable(one: Ends | None, other: Ends | None) -> bool | None:
    """Whether two figures differ by more than their margins; None where one of them has none.

    They do where the margins have nothing in common. That is strict: of two figures that are in
    truth the same it says so in fewer than 1 in 100 cases (``docs/fairness.md``).
    """
    if one is None or other is None:
        return None
    return one.high < other.low or other.high < one.low


def moved_beyond(margin: Margin | None, by: float) -> bool | None:
    """The same of a figure against itself moved by so much, where all that is known is how far it
    usually varies; None where that is not known, or the figure has a margin of its own."""
    if margin is None or margin.kind != "usual_variation":
        return None
    return abs(by) > margin.high - margin.low
