"""The KPIs of each month alone: what charts draw and signals read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import isnan

from kpi.catalogue import Kpi, measure
from kpi.catalogue.evaluation import compares, reads
from kpi.months import Month
from kpi.score.facts import Facts, State
from kpi.score.lacking import formulas_of, reads_ledger

Trend = dict[Month, float | None]


def trends(kpis: Iterable[Kpi], months: Sequence[Month], facts: Facts) -> dict[str, Trend]:
    """Each KPI's value in each of the months, whatever its n; None where the month has no value.

    The same as ``result`` gives of the month alone. ``months`` follow one another.
    """
    from kpi.catalogue.columns import columns_of, evaluate_monthly  # NumPy, for charts alone

    asked = list(kpis)
    columns = columns_of(facts, [each.formula for each in asked], months)
    complete = _Completeness(months, facts)
    found = {}
    for each in asked:
        values = evaluate_monthly(each.formula, columns).tolist()
        judged = complete.months_of(each)
        found[each.id] = {
            month: value if there and not isnan(value) else None
            for month, value, there in zip(months, values, judged, strict=True)
        }
    return found


class _Completeness:
    """Of which months alone KPIs lack nothing: where ``lacking`` finds no reason."""

    def __init__(self, months: Sequence[Month], facts: Facts) -> None:
        self.facts = facts
        self.months = {back: [month - back for month in months] for back in (0, 1, 12, 13)}
        self.held: dict[tuple[str, int], list[bool]] = {}

    def months_of(self, kpi: Kpi) -> list[bool]:
        """Of each month, whether the KPI lacks nothing."""
        parts = [self._complete(dataset, back) for _, dataset, back in _reads(kpi)]
        parts += [
            [not why.get(month) for month in self.months[back]]
            for name, _, back in _reads(kpi)
            if (why := self.facts.obstacles.get(name))
        ]
        if reads_ledger(kpi) and compares(kpi.formula):
            basis = self.facts.bases.get
            pairs = zip(self.months[0], self.months[12], strict=True)
            parts.append([basis(now) == basis(then) for now, then in pairs])
        return [all(each) for each in zip(*parts, strict=True)] or [True] * len(self.months[0])

    def _complete(self, dataset: str, back: int) -> list[bool]:
        if (dataset, back) not in self.held:
            self.held[dataset, back] = [
                self.facts.state(dataset, month).state is State.COMPLETE
                for month in self.months[back]
            ]
        return self.held[dataset, back]


@lru_cache(maxsize=1024)
def _reads(kpi: Kpi) -> tuple[tuple[str, str, int], ...]:
    """Measure, its dataset and how many months back a KPI reads it for a month alone."""
    found = []
    for formula in formulas_of(kpi):
        for read in reads(formula):
            back = 12 if read.compared else 0
            found.append((read.measure, measure(read.measure).dataset, back))
            if read.which == "opened":
                found.append((read.measure, measure(read.measure).dataset, back + 1))
    return tuple(dict.fromkeys(found))
