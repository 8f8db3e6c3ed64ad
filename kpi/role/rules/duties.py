"""Coverage: duties that no KPI measures, and KPIs that no duty explains."""

from __future__ import annotations

from collections.abc import Iterator

from kpi.role.coverage import coverage_of
from kpi.role.rules.draft import Draft
from kpi.role.rules.rule import Found, Rule


class DutyWithoutKpi(Rule):
    """A responsibility that nothing measures."""

    id = "duty-without-kpi"
    section = "Coverage"
    finds = (
        "No KPI with a target measures a responsibility. (Daily and compliance duties need none; "
        "the table of 'kpi role check --coverage' shows all.)"
    )
    instead = (
        "Add 'kpis:' with a KPI that shows whether it is done, and give that a target; or answer "
        "this under 'accepted' with how it is judged."
    )
    reason = (
        "What is not measured is easily put off for what is. Not everything has a number: but then "
        "it should be said how people judge it."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        ids = _with_target(draft)
        for duty in coverage_of(draft.document, ids).duties:
            if duty.section != "responsibilities" or not ids or set(duty.kpis) & set(ids):
                continue
            name = draft.string(*duty.path, "id") or "this responsibility"
            named = f" (it names {', '.join(duty.kpis)}, without a target)" if duty.kpis else ""
            yield Found((*duty.path, "text"), f"No KPI measures '{name}'{named}.")


class KpiWithoutDuty(Rule):
    """A target that falls from the sky."""

    id = "kpi-without-duty"
    section = "Coverage"
    finds = "A KPI is scored, and no duty names it."
    instead = (
        "Add it to 'kpis:' of the duty that moves it, or write that duty, or leave the KPI out."
    )
    reason = (
        "A manager who is scored by a number has to find in her job description what she is to do "
        "about it."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        for id in coverage_of(draft.document, _with_target(draft)).unexplained:
            yield Found((*draft.target_path(id), "kpi"), f"No duty of this role names {id}.")


def _with_target(draft: Draft) -> list[str]:
    """KPIs that stand under performance_metrics, though their target may be wrong."""
    path = ("performance_metrics", "kpis")
    ids = (draft.string(*path, number, "kpi") for number in draft.listed(*path))
    return list(dict.fromkeys(id for id in ids if id is not None and id in draft.kpis))
