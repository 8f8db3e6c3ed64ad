"""Targets beside each other: twice the same, volume alone, and counts that punish reporting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from kpi.catalogue import Better, Kpi, Unit, datasets_of
from kpi.catalogue.nodes import Comparison
from kpi.role.rules.draft import Draft
from kpi.role.rules.rule import Found, Rule

_VIOLATIONS = "compliance_violations"


class SameThing(Rule):
    """Two KPIs that move together by their very formulas."""

    id = "same-thing"
    section = "Targets"
    finds = "Two KPIs measure the same thing, so that it counts twice."
    instead = "Keep one of them, with the weight of both."
    reason = (
        "One event is then paid or punished twice, whatever the weights say. KPIs that the "
        "catalogue names to be read beside each other are not meant by this."
    )

    pairs: Final = (
        frozenset({"satisfaction_score", "top_box_share"}),
        frozenset({"ar_over_90_share", "ar_over_120_share"}),
        frozenset({"operating_cost_reduction", "cost_per_visit_reduction"}),
        frozenset({"osha_recordables", "osha_trir"}),
        frozenset({_VIOLATIONS, "hipaa_violations"}),
        frozenset({_VIOLATIONS, "osha_violations"}),
        frozenset({_VIOLATIONS, "billing_violations"}),
        frozenset({_VIOLATIONS, "ethics_violations"}),
    )
    """Beside KPIs that are made of the same measures, those of which one holds the other."""

    def check(self, draft: Draft) -> Iterator[Found]:
        for first, second in combinations((each.kpi for each in draft.targets), 2):
            if first != second and self._same(draft.kpis[first], draft.kpis[second]):
                line = draft.place((*draft.target_path(first), "kpi")).line
                yield Found(
                    (*draft.target_path(second), "kpi"),
                    f"{second} measures the same as {first} on line {line}.",
                )

    def _same(self, one: Kpi, other: Kpi) -> bool:
        if frozenset({one.id, other.id}) in self.pairs:
            return True
        beside = other.id in one.counterweights or one.id in other.counterweights
        return one.formula.measures == other.formula.measures and not beside


class VolumeWithoutCounterweight(Rule):
    """More, and nothing that says at what cost."""

    id = "volume-without-counterweight"
    section = "Targets"
    finds = "A KPI rewards volume, and none that would show the cost of it has a target."
    instead = "Give one of its counterweights a target."
    reason = (
        "More visits, more revenue or more work per person is easily had by giving each patient "
        "less. Beside a KPI that shows it, more is only good when it is. Pay that rises with "
        "volume or referrals needs counsel besides."
    )

    usual: Final = ("satisfaction_score", "top_box_share", "net_promoter_score", "complaint_rate")
    """What shows the cost of volume where a role's own KPI names nothing."""

    def check(self, draft: Draft) -> Iterator[Found]:
        there = {target.kpi for target in draft.targets}
        for target in draft.targets:
            kpi = draft.kpis[target.kpi]
            beside = kpi.counterweights or self.usual
            if _is_volume(kpi) and there.isdisjoint(beside):
                yield Found(
                    (*draft.target_path(kpi.id), "kpi"),
                    f"{kpi.id} rewards volume, and nothing shows what it costs.",
                    f"Give one of these a target: {', '.join(beside)}.",
                )


def _is_volume(kpi: Kpi) -> bool:
    """Whether a KPI rises with how much is done: a number or an amount, or growth of one."""
    growth = isinstance(kpi.formula.root, Comparison) and kpi.formula.root.function == "change"
    counted = kpi.unit in (Unit.COUNT, Unit.COUNT_PER_MONTH, Unit.DOLLARS)
    return kpi.better is Better.HIGHER and (growth or counted)


class PunishesReporting(Rule):
    """A count that falls when nobody writes incidents down."""

    id = "punishes-reporting"
    section = "Targets"
    finds = (
        "A KPI counts what people report, so that the score rises when they do not: injuries, or "
        "incidents and complaints with nothing beside that shows how they are handled."
    )
    instead = "Score how they are handled instead, or add a KPI that does."
    reason = (
        "The surest way to lower such a count is to report less. Nobody may be worse off for "
        "reporting an injury (29 CFR 1904.35), and a breach that is hidden costs far more than "
        "one that is told. Confirmed violations as a gate with a target of zero are not meant: "
        "they say what is not tolerated, and count nothing."
    )

    injuries: Final = frozenset({"osha_recordables", "osha_trir"})
    handled: Final = frozenset({"late_incident_reports"})

    def check(self, draft: Draft) -> Iterator[Found]:
        there = {target.kpi for target in draft.targets}
        for target in draft.targets:
            kpi = draft.kpis[target.kpi]
            if kpi.better is not Better.LOWER or kpi.id in self.handled:
                continue
            path = (*draft.target_path(kpi.id), "kpi")
            if kpi.id in self.injuries:
                yield Found(
                    path,
                    f"{kpi.id} counts injuries that people report.",
                    "Score prevention instead, for example osha_violations or training_on_time.",
                )
            elif self._counts_reports(kpi) and target.gate is None:
                beside = kpi.counterweights or ("late_incident_reports", "training_on_time")
                if there.isdisjoint(beside):
                    yield Found(
                        path,
                        f"{kpi.id} falls when less is reported, and nothing shows how cases are "
                        "handled.",
                        f"Give one of these a target: {', '.join(beside)}.",
                    )

    @staticmethod
    def _counts_reports(kpi: Kpi) -> bool:
        """Whether it counts incidents or complaints; a share of them, handled in time say, does
        not."""
        shares = kpi.unit in (Unit.PERCENT, Unit.DAYS)
        return not shares and bool(datasets_of(kpi) & {"incidents", "complaints"})
