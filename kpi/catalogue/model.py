"""What a KPI is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kpi.catalogue.dimensions import PLAIN, Dimension
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


def fits(unit: Unit, found: Dimension) -> bool:
    """Whether what a formula is measured in can be shown in a unit."""
    return found in _DIMENSIONS.get(unit, (PLAIN,))


_AN_HOUR: Dimension = (("hours", -1),)
_DIMENSIONS: dict[Unit, tuple[Dimension, ...]] = {
    Unit.MINUTES: ((("minutes", 1),),),
    Unit.SECONDS: ((("seconds", 1),),),
    Unit.DAYS: ((("days", 1),),),
    Unit.DOLLARS: ((("dollars", 1),),),
    Unit.PER_200000_HOURS: (_AN_HOUR,),
    Unit.COUNT_PER_MONTH: (PLAIN, _AN_HOUR),  # of staff: hours over those of a full month
}


class Better(StrEnum):
    """Which way a KPI is good."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"


class Sure(StrEnum):
    """How sure it is what a standard or a typical range rests on."""

    FIRM = "firm"  # the source publishes it where anybody can read it
    SECOND_HAND = "second-hand"  # a figure of the source that reached us through others
    WEAK = "weak"  # vendors and rules of thumb
    NONE = "none"  # nobody publishes one

    @property
    def words(self) -> str:
        """What that means for who wants to quote it; empty where there is nothing to quote."""
        return _SURE[self]


_SURE = {
    Sure.FIRM: "firm: published by its source",
    Sure.SECOND_HAND: "second-hand: repeated by others, to be looked up before it is quoted",
    Sure.WEAK: "weak: not to be quoted",
    Sure.NONE: "",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A standard or a typical range: what is said, by whom, and how sure that is."""

    says: str
    source: str
    sure: Sure

    @property
    def words(self) -> str:
        """``30 to 40 days. Source: MGMA (second-hand: …).``"""
        if self.sure is Sure.NONE:
            return self.says
        return f"{self.says} Source: {self.source} ({self.sure.words})."


class Degree(StrEnum):
    """How far a KPI is in a manager's control."""

    FULL = "full"
    SHARED = "shared"
    LITTLE = "little"

    @property
    def words(self) -> str:
        """The same as the beginning of a sentence."""
        return {"full": "Nearly all of it", "shared": "A part of it", "little": "Little of it"}[
            self
        ]


@dataclass(frozen=True, slots=True)
class Control:
    """How far a KPI is in a manager's control, and who or what else decides."""

    degree: Degree
    others: str

    @property
    def words(self) -> str:
        """``A part of it. Payers decide when they pay.``"""
        return f"{self.degree.words}. {self.others}"


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
class NumeratorColumn:
    """The column that alone makes a KPI's numerator, a blank in it being naturally zero.

    Before it is first filled nobody can tell a zero from a column that was never used, so the KPI
    is ``too_few`` where those months have something that it could have been filled for: ``of``.
    """

    column: str  # "dataset.column"
    of: Formula


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
    standard: Said
    typical: Said
    control: Control
    trap: str
    counterweights: tuple[str, ...] = ()
    filled: tuple[Filled, ...] = ()
    rare: bool = False  # a zero denominator over complete months means there is nothing to judge
    numerator_column: NumeratorColumn | None = None
    notes_column: str | None = None  # "dataset.column" whose absence is said beside the value
    incident_kinds: tuple[str, ...] = field(default=())  # kinds whose pending incidents it shows

    def __hash__(self) -> int:
        # Much is kept by KPI: its id tells it apart without a walk through formula and words.
        return hash(self.id)
