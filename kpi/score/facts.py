"""What the score is computed from: a practice's measures and how complete its months are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kpi.months import Month


class State(StrEnum):
    """How much of a dataset's month is there."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class MonthState:
    """The state of one dataset's month; ``note`` says in words what is there or lacking.

    ``attested``: somebody declared that the month had none. ``pending``: an attestation that
    still waits for a countersignature is what the month rests on. ``unconfirmed``: what deeds of a
    manager are about that still wait for one: kinds of incident, measures, or ``''`` for all.
    """

    state: State
    note: str = ""
    attested: bool = False
    pending: bool = False
    unconfirmed: frozenset[str] = frozenset()
    rows: int = 0
    quarantined: int = 0
    last_day: int | None = None  # day of the month of the last record


_UNKNOWN = MonthState(State.MISSING)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known of a practice (or of named locations of it).

    ``values[measure][month]``: flows and stocks; a flow that is absent in a complete month is 0.
    ``histograms[measure][month][minutes]``: counts. ``states[dataset][month]``: an absent month is
    missing. ``obstacles[measure][month]``: why that measure has no value in that month although
    its dataset is complete ("4 accounts have no category, $12,310.20").
    ``bases[month]``: the ledger's accounting basis. ``first_filled["dataset.column"]``: the first
    month whose records fill it. Money values are dollars.
    """

    values: Mapping[str, Mapping[Month, float]] = field(default_factory=dict)
    histograms: Mapping[str, Mapping[Month, Mapping[int, int]]] = field(default_factory=dict)
    states: Mapping[str, Mapping[Month, MonthState]] = field(default_factory=dict)
    obstacles: Mapping[str, Mapping[Month, str]] = field(default_factory=dict)
    bases: Mapping[Month, str] = field(default_factory=dict)
    first_filled: Mapping[str, Month] = field(default_factory=dict)

    def state(self, dataset: str, month: Month) -> MonthState:
        """The state of a dataset's month; missing where nothing is known of it."""
        return self.states.get(dataset, {}).get(month, _UNKNOWN)
