"""Targets one by one: the cliff, the weights, the families, the data behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpi.catalogue import datasets_of, kpis, measure
from kpi.catalogue.evaluation import needs
from kpi.months import span
from kpi.role.rules.draft import Draft
from kpi.role.rules.rule import Found, Rule

_KPIS = ("performance_metrics", "kpis")
_NAMED = 4  # months that a message names before it counts the rest


class Cliff(Rule):
    """No floor: the target or nothing."""

    id = "cliff"
    section = "Targets"
    finds = "A KPI has no floor: a hair under the target earns nothing. (A gate is meant so.)"
    instead = "Add 'floor:' with the value that should earn nothing."
    reason = (
        "With a cliff, chance decides: two months that differ by one patient earn 0 and 100. "
        "Between a floor and the target points rise in a straight line."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        for target in draft.targets:
            if target.floor is None and target.gate is None:
                yield Found(
                    (*draft.target_path(target.kpi), "kpi"),
                    f"{target.kpi} has no floor: whatever just misses the target earns nothing.",
                )


class TooManyKpis(Rule):
    """More than twelve."""

    id = "too-many-kpis"
    section = "Targets"
    finds = "The role has more than 12 KPIs."
    instead = "Keep the twelve that matter most; the others are on the dashboard all the same."
    reason = (
        "Of twenty KPIs each counts for five points, so none is worth an effort; and the more "
        "there are, the more of them move by chance alone."
    )

    most: Final = 12

    def check(self, draft: Draft) -> Iterator[Found]:
        count = len(draft.listed(*_KPIS))
        if count > self.most:
            yield Found((*_KPIS, self.most), f"The role has {count} KPIs; this is the thirteenth.")


class HeavyKpi(Rule):
    """One KPI that decides the score."""

    id = "heavy-kpi"
    section = "Targets"
    finds = "One KPI has more than 25% of the weight."
    instead = "Give it at most 25, and the rest to what else the job is for."
    reason = (
        "Whoever is scored by one number works for that number; and a month in which it is "
        "disturbed from outside spoils the whole score."
    )

    most: Final = 25

    def check(self, draft: Draft) -> Iterator[Found]:
        for number in draft.listed(*_KPIS):
            group = draft.table(*_KPIS, number)
            weight = (
                draft.document["performance_metrics"]["kpis"][number].get("weight")
                if group
                else None
            )
            if (
                isinstance(weight, (int, float))
                and not isinstance(weight, bool)
                and weight > self.most
            ):
                name = draft.string(*_KPIS, number, "kpi") or "This KPI"
                yield Found((*_KPIS, number, "weight"), f"{name} has {weight:g}% of the weight.")


class FamilyAbsent(Rule):
    """One of the four sides of the work that no KPI looks at."""

    id = "family-absent"
    section = "Targets"
    finds = "No KPI is financial, or operational, or about satisfaction, or about compliance."
    instead = "Add a KPI of each family; 'kpi catalogue' lists them by family."
    reason = (
        "What is not scored gives way to what is: money is easily made at the patients' cost, and "
        "speed at the cost of the rules. One KPI of each family keeps the four in sight."
    )

    families: Final = ("financial", "operational", "satisfaction", "compliance")

    def check(self, draft: Draft) -> Iterator[Found]:
        if len(draft.targets) < len(draft.listed(*_KPIS)):
            return  # what could not be read may be of any family
        there = {draft.kpis[target.kpi].family for target in draft.targets}
        absent = [each for each in self.families if each not in there]
        if absent and draft.targets:
            yield Found(
                _KPIS,
                f"No KPI of the role is of the {'family' if len(absent) == 1 else 'families'} "
                f"{' or '.join(absent)}.",
                f"Add one, for example {_example(absent[0])}.",
            )


def _example(family: str) -> str:
    return next(id for id, each in kpis().items() if each.family == family and not each.rare)


class KpiWithoutData(Rule):
    """A KPI of a dataset that the practice has never uploaded."""

    id = "kpi-without-data"
    section = "Targets"
    needs = "known"
    finds = "A KPI reads a dataset that the practice has never uploaded (with --practice)."
    instead = (
        "Upload that export first ('kpi template DATASET' shows what it holds), or leave the KPI "
        "out."
    )
    reason = (
        "A KPI without data is not scored, and with too many of them there is no score at all. "
        "Nobody can be bound to a number that the practice does not keep."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        assert draft.known is not None
        for target in draft.targets:
            missing = sorted(datasets_of(draft.kpis[target.kpi]) - draft.known.complete.keys())
            if missing:
                yield Found(
                    (*draft.target_path(target.kpi), "kpi"),
                    f"{target.kpi} reads {' and '.join(missing)}, which the practice has never "
                    "uploaded.",
                )


class BaselineIncomplete(Rule):
    """A baseline over months that are not all there."""

    id = "baseline-incomplete"
    level = "error"
    section = "Targets"
    needs = "known"
    finds = "A baseline lies over months that are not complete (with --practice)."
    instead = "Upload those months, choose complete ones, or write the targets without a baseline."
    reason = (
        "A change from a value that is not known cannot be judged. The role would be refused when "
        "it is published; the check says so before."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        assert draft.known is not None
        for target in draft.targets:
            if target.baseline is None:
                continue
            months = span(target.baseline.first, target.baseline.last)
            read = sorted(
                {
                    (measure(need.measure).dataset, need.month)
                    for need in needs(draft.kpis[target.kpi].formula, months)
                }
            )
            lacking = [
                f"{dataset} of {month}"
                for dataset, month in read
                if month not in draft.known.complete.get(dataset, frozenset())
            ]
            if lacking:
                more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
                yield Found(
                    (*draft.target_path(target.kpi), "baseline"),
                    f"The baseline of {target.kpi} is not complete: it lacks "
                    f"{', '.join(lacking[:_NAMED])}{more}.",
                )
