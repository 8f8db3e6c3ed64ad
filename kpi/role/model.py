"""A role file once read: the job description, and the targets it declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kpi.catalogue import Kpi, kpi
from kpi.months import Month

Threshold = float | tuple[float, float]
"""A target in the KPI's own unit (percent as a fraction), or a band of two."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The months whose value the three thresholds are changes from."""

    first: Month
    last: Month


@dataclass(frozen=True, slots=True)
class Change:
    """A change from a baseline: relative (``-15%`` is -0.15), or in percentage points."""

    amount: float
    relative: bool


@dataclass(frozen=True, slots=True)
class DeclaredTarget:
    """One entry of ``performance_metrics.kpis`` as written; thresholds may be changes."""

    kpi: str
    weight: float
    target: Threshold | Change
    floor: Threshold | Change | None = None
    stretch: float | Change | None = None
    gate: float | None = None
    minimum: float | None = None
    baseline: Baseline | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What one role version asks of one KPI, in the KPI's own unit: baselines are resolved."""

    kpi: str
    weight: float
    target: Threshold
    floor: Threshold | None = None
    stretch: float | None = None
    gate: float | None = None
    minimum: float | None = None
    own: Kpi | None = None  # the KPI, where the role defines it itself


@dataclass(frozen=True, slots=True)
class Accepted:
    """A warning of the check that the file answers: the rule's id, and why it stands."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Role:
    """One role file without errors. ``document`` holds all nine sections as plain data.

    ``custom``: KPIs that the file defines itself. ``accepted``: warnings that it answers, in its
    order; scorecards print them.
    """

    role: str
    title: str
    version: str
    effective: Month
    review_period: Literal["month", "quarter", "half", "year"]
    minimum_coverage: float  # a fraction
    ratings: Mapping[str, float]  # lowest score of each, best first
    targets: tuple[DeclaredTarget, ...]
    document: Mapping[str, Any]
    text: str
    sha256: str
    custom: tuple[Kpi, ...] = ()
    accepted: tuple[Accepted, ...] = ()

    def own_kpi(self, id: str) -> Kpi | None:
        """The KPI of that id that the file defines itself, if it does."""
        return next((each for each in self.custom if each.id == id), None)

    def kpi(self, id: str) -> Kpi:
        """The KPI of that id, the file's own or the catalogue's. Raises NotFound."""
        return self.own_kpi(id) or kpi(id)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a role file. Lines and columns count from 1; 0 where there is none."""

    level: Literal["error", "warning"]
    rule: str
    path: str
    line: int
    column: int
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A warning that the file answers under ``accepted``, with the reason that it gives."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class RoleReading:
    """A role file as read: the role, or None with at least one error among the findings.

    ``answered``: warnings of the check that the file answers; they are not among the findings.
    """

    role: Role | None
    findings: tuple[Finding, ...] = field(default=())
    answered: tuple[Answered, ...] = field(default=())

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level == "warning")
