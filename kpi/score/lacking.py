"""Which months of which datasets a KPI lacks: a missing month is never taken for a zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kpi.catalogue import Formula, Kpi, measure
from kpi.catalogue.evaluation import MonthRole, Read, compares, needs, reads, year_before
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
    return _dataset_needs(kpi, tuple(months))


@lru_cache(maxsize=1024)  # what a definition reads: the same whenever it is asked
def _dataset_needs(kpi: Kpi, months: tuple[Month, ...]) -> tuple[DatasetNeed, ...]:
    # Many measures of a dataset are read over the same months: those are looked at once.
    ways: dict[tuple[str, str, bool], Read] = {}
    for formula in formulas_of(kpi):
        for read in reads(formula):
            ways.setdefault((measure(read.measure).dataset, read.which, read.compared), read)
    found: dict[tuple[str, Month], MonthRole] = {}
    for (dataset, _, _), read in ways.items():
        for month, role in read.months(months):
            found.setdefault((dataset, month), role)
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


def formulas_of(kpi: Kpi) -> list[Formula]:
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
    if not facts.obstacles:
        return None
    for formula in formulas_of(kpi):
        for need in needs(formula, months):
            why = facts.obstacles.get(need.measure, {}).get(need.month)
            if why:
                dataset = measure(need.measure).dataset
                return f"{dataset} for {need.month.words}: {why.strip().rstrip('.')}."
    return None


def _bases(kpi: Kpi, months: Sequence[Month], facts: Facts) -> str | None:
    if not compares(kpi.formula):
        return None
    return differing_bases(
        kpi, (months, "this period"), (year_before(months), "the same months a year before"), facts
    )


def differing_bases(
    kpi: Kpi,
    now: tuple[Sequence[Month], str],
    then: tuple[Sequence[Month], str],
    facts: Facts,
) -> str | None:
    """Why a KPI of the ledger cannot be compared between months, each with what to call them.

    Cash cannot be compared with accrual; nor a month that does not say which with one that does,
    so that leaving the basis out never gives a comparison that naming it refuses.
    """
    if not reads_ledger(kpi):
        return None
    bases, earlier = ({facts.bases.get(month) for month in each} for each, _ in (now, then))
    if len(bases | earlier) == 1:
        return None
    return (
        f"The ledger's basis differs: {_basis_words(bases)} in {now[1]}, {_basis_words(earlier)} "
        f"in {then[1]}. Load both on the same basis."
    )


def reads_ledger(kpi: Kpi) -> bool:
    """Whether the KPI's formula reads the ledger, whose months have an accounting basis."""
    return any(measure(name).dataset == "ledger" for name in kpi.formula.measures)


def _basis_words(bases: set[str | None]) -> str:
    return " and ".join(sorted(each or "not said" for each in bases))
