"""What scoring gives: results, attainment, gates and the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from kpi.catalogue.model import Kpi
from kpi.months import Month
from kpi.role.model import Terms, Threshold


class Status(StrEnum):
    """Whether a KPI's result counts, and if not, why not."""

    SCORED = "scored"
    NO_DATA = "no_data"
    TOO_FEW = "too_few"
    NOT_APPLICABLE = "not_applicable"
    EXCLUDED = "excluded"
    NOT_IN_FORCE = "not_in_force"


Basis = Literal["period", "trailing"]
GateStanding = Literal["held", "breached", "pending", "unknown"]


@dataclass(frozen=True, slots=True)
class Result:
    """A KPI's value for a period, with all that it rests on. Percent values are fractions.

    ``status`` is one of scored, no_data, too_few, not_applicable. ``value`` may stand beside
    ``too_few`` (shown, never scored). ``n`` is what the minimum counts; months where it is money.
    ``reason`` says in a sentence why it is not scored; ``notes`` what a reader should know.
    """

    kpi: str
    status: Status
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    n: float | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()
    basis: Basis = "period"
    pending: bool = False  # incidents undecided, or what a manager did not yet countersigned


@dataclass(frozen=True, slots=True)
class Rebased:
    """From which month on a chart's limits are drawn anew, because the process changed, and why."""

    month: Month
    reason: str


@dataclass(frozen=True, slots=True)
class Phase:
    """The limits that a chart had over earlier months, before they were drawn anew."""

    first: Month
    last: Month
    mean: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class SignalReading:
    """What the control chart says of the last month with a value, and the chart's lines.

    ``signal``: improving, deteriorating (a band: rising, falling), common_cause, trial or None.
    ``points``: the KPI's monthly values, None for a gap; ``flags``: per month outside, trend,
    two_of_three, run or None. ``rebased``: the latest month from which limits are drawn anew;
    mean, limits and signal are of the months from there on, ``earlier`` has those before.
    """

    signal: str | None
    provisional: bool
    assurance: str | None
    points: Mapping[Month, float | None] = field(default_factory=dict)
    flags: Mapping[Month, str | None] = field(default_factory=dict)
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    note: str = ""
    rebased: Rebased | None = None
    earlier: tuple[Phase, ...] = ()


@dataclass(frozen=True, slots=True)
class Margin:
    """How far chance alone could have moved a KPI's value: from ``low`` to ``high`` in 95 of 100.

    ``kind``: ``margin`` where it follows from what was counted, ``usual_variation`` where all that
    is known is how far the KPI usually moves from month to month. ``distinguishable``: whether the
    target lies outside of it (a band: wholly outside or around it); None where the target is that
    nothing happens, which is a rule and no estimate.
    """

    low: float
    high: float
    method: str
    kind: Literal["margin", "usual_variation"]
    distinguishable: bool | None = None


@dataclass(frozen=True, slots=True)
class ScoreMargin:
    """How far chance alone could have moved a score, in 95 of 100 draws.

    ``weight_share``: the share of the scored weight whose KPIs have a margin or usual variation.
    """

    low: float
    high: float
    weight_share: float
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class VersionInForce:
    """One role version and the months of the period that it judges."""

    version: str
    months: tuple[Month, ...]
    terms: tuple[Terms, ...]
    minimum_coverage: float
    ratings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Part:
    """How one of several role versions judges a KPI's one value."""

    version: str
    months: int
    floor: Threshold | None
    target: Threshold
    stretch: float | None
    weight: float
    attainment: float | None


@dataclass(frozen=True, slots=True)
class KpiScore:
    """One row of a scorecard. ``points`` and ``points_lost`` are None without a score."""

    kpi: Kpi
    result: Result
    status: Status
    reason: str | None
    floor: Threshold | None
    target: Threshold
    stretch: float | None
    weight: float
    attainment: float | None
    points: float | None
    points_lost: float | None
    reading: SignalReading
    parts: tuple[Part, ...] = ()
    margin: Margin | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """A KPI whose missed target caps the score."""

    kpi: str
    cap: float
    state: GateStanding


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a period, or None with the reason, and the rows it is made of."""

    first: Month
    last: Month
    versions: tuple[VersionInForce, ...]
    score: float | None
    uncapped: float | None
    range: tuple[float, float] | None
    rating: str | None
    coverage: float
    gates: tuple[Gate, ...]
    rows: tuple[KpiScore, ...]
    reason: str | None = None  # why there is no score
    provisional: bool = False  # "so far": the period is not over, no rating
    margin: ScoreMargin | None = None
