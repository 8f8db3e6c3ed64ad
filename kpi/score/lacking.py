"""Which months of which datasets a KPI lacks: a missing month is never taken for a zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.catalogue import Formula, Kpi, measure
from kpi.catalogue.evaluation import MonthRole, compares, needs, year_before
from kpi.months import Month
from kpi.score.facts import Facts, State

_NAMED = 4  # months that one reason names before it only counts the rest
_ROLES = {
    "period": "",
    "comparison": "; the year before, to compare with",
    "opening": "; its balance opens the period",
}


@dataclass(frozen=True, slots=True)
class DatasetNeed:
    """A dataset's month that a KPI cannot do without, and as what it is needed."""

    dataset: str
    month: Month
    role: MonthRole


def dataset_needs(kpi: Kpi, months: Sequence[Month]) -> tuple[DatasetNeed, ...]:
    """The dataset months behind a KPI over the months, each once: by dataset, then by month."""
    found: dict[tuple[str, Month], MonthRole] = {}
    for formula in _formulas(kpi):
        for need in needs(formula, months):
            found.setdefault((measure(need.measure).dataset, need.month), need.role)
    return tuple(DatasetNeed(*key, found[key]) for key in sorted(found))


def lacking(kpi: Kpi, months: Sequence[Month], facts: Facts) -> str | None:
    """The sentence on why the KPI has no data over the months; None where all is there."""
    if not months:
        return "There is no month to judge."
    return (
        _incomplete(kpi, months, facts)
        or _obstacle(kpi, months, facts)
        or _bases(kpi, months, facts)
    )


def _formulas(kpi: Kpi) -> list[Formula]:
    """The KPI's formula first, then what its minimum counts and what its checks compare."""
    counted = [kpi.minimum.of] if kpi.minimum is not None and kpi.minimum.of is not None else []
    return [kpi.formula, *counted, *(part for rule in kpi.filled for part in (rule.have, rule.of))]


def _incomplete(kpi: Kpi, months: Sequence[Month], facts: Facts) -> str | None:
    found = []
    for need in dataset_needs(kpi, months):
        state = facts.state(need.dataset, need.month)
        if state.state is not State.COMPLETE:
            there = state.note.strip().rstrip(".") or state.state.value
            found.append(f"{need.dataset} for {need.month.words} ({there}{_ROLES[need.role]})")
    if not found:
        return None
    rest = len(found) - _NAMED
    more = f"; and {rest} more" if rest > 0 else ""
    return f"Not complete: {'; '.join(found[:_NAMED])}{more}."


def _obstacle(kpi: Kpi, months: Sequence[Month], facts: Facts) -> str | None:
    for formula in _formulas(kpi):
        for need in needs(formula, months):
            why = facts.obstacles.get(need.measure, {}).get(need.month)
            if why:
                dataset = measure(need.measure).dataset
                return f"{dataset} for {need.month.words}: {why.strip().rstrip('.')}."
    return None


def _bases(kpi: Kpi, months: Sequence[Month], facts: Facts) -> str | None:
    """Cash cannot be compared with accrual; nor a month that does not say which with one that does.

    The second is so that leaving the basis out never gives a comparison that naming it refuses.
    """
    reads_ledger = any(measure(name).dataset == "ledger" for name in kpi.formula.measures)
    if not reads_ledger or not compares(kpi.formula):
        return None
    now = {facts.bases.get(month) for month in months}
    then = {facts.bases.get(month) for month in year_before(months)}
    if len(now | then) == 1:
        return None
    return (
        f"The ledger's basis differs: {_basis_words(now)} in this period, {_basis_words(then)} in "
        "the same months a year before. Load both on the same basis."
    )


def _basis_words(bases: set[str | None]) -> str:
    return " and ".join(sorted(each or "not said" for each in bases))
