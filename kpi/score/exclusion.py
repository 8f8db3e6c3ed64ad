"""What HR takes out of a score: a KPI, or months of one KPI or of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.months import Month


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Months taken out of a KPI, and why. A KPI with all of a period's months out is excluded.

    ``kpi`` None: of every KPI but those with a gate, since what a gate guards against is only
    excused by name.
    """

    kpi: str | None
    months: tuple[Month, ...]
    reason: str


def excluded_months(
    exclusions: Sequence[Exclusion], kpi: str, months: Sequence[Month], *, gated: bool
) -> tuple[Month, ...]:
    """Those of the months that are taken out of a KPI; ``gated``: it has a gate."""
    out = {
        month
        for each in exclusions
        if each.kpi == kpi or (each.kpi is None and not gated)
        for month in each.months
    }
    return tuple(month for month in months if month in out)


def excluded_words(exclusions: Sequence[Exclusion], kpi: str, out: Sequence[Month]) -> str:
    """The reasons for which the months are out of a KPI, each once."""
    reasons = (
        each.reason
        for each in exclusions
        if each.kpi in (kpi, None) and any(month in out for month in each.months)
    )
    return " ".join(dict.fromkeys(reasons))
