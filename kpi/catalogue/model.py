"""What a KPI is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kpi.catalogue.formula import Formula


class Unit(StrEnum):
    """The unit of a KPI's value, by its name in the JSON contract."""

    PERCENT = "percent"
    MINUTES = "minutes"
    SECONDS = "seconds"
    DAYS = "days"
    COUNT = "count"
    DOLLARS = "dollars"
    POINTS = "points"
    TIMES_PER_YEAR = "times_per_year"
    PER_1000_VISITS = "per_1000_visits"
    PER_200000_HOURS = "per_200000_hours"
    COUNT_PER_MONTH = "count_per_month"


class Better(StrEnum):
    """Which way a KPI is good."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least a KPI needs before it scores.

    ``of`` is what is counted (visits, answers, dollars); None: months. ``each``: the comparison
    period needs it too. ``money``: the quantity is dollars, and n is then the months.
    ``counted`` names the quantity in a sentence.
    """

    least: float
    of: Formula | None = None
    each: bool = False
    money: bool = False
    counted: str = "months"


@dataclass(frozen=True, slots=True)
class Filled:
    """A share of what a KPI counts that must be filled: have ≥ share × of, or it is ``too_few``.

    ``every_month``: besides, no month may have none at all.
    """

    have: Formula
    of: Formula
    share: float
    reason: str
    every_month: bool = False


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI of the catalogue: a formula over measures, and all that explains it."""

    id: str
    name: str
    family: str  # financial, operational, satisfaction, compliance
    unit: Unit
    better: Better
    formula: Formula
    minimum: Minimum | None
    definition: str  # one sentence that a manager understands
    standard: str
    typical: str
    trap: str
    counterweights: tuple[str, ...] = ()
    filled: tuple[Filled, ...] = ()
    rare: bool = False  # a zero denominator over complete months means there is nothing to judge
    depends_on_column: str | None = None  # "dataset.column" that is its numerator alone
    notes_column: str | None = None  # "dataset.column" whose absence is said beside the value
    incident_kinds: tuple[str, ...] = field(default=())  # kinds whose pending incidents it shows
