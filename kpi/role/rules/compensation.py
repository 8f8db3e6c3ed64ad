"""Compensation: range, status, overtime and bonus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kpi.catalogue import measures_of
from kpi.role.rules.draft import PROSE, Draft
from kpi.role.rules.rule import Found, MissingKey, Rule

_REQUIRES = ("compensation", "bonus", "requires")


class NoPayRange(MissingKey):
    """No range of pay."""

    id = "no-pay-range"
    section = "Compensation"
    path = ("compensation", "range")
    finds = "No range of pay is given."
    instead = 'Add \'range:\' with the lowest and the highest pay, as in ["$62,000", "$84,000"].'
    reason = (
        "A growing number of states ask for it in every posting, and the range shows the manager "
        "what is still ahead."
    )


class NoPayPeriod(Rule):
    """A range that is for a year or for an hour."""

    id = "no-pay-period"
    section = "Compensation"
    finds = "The range does not say whether it is for a year or for an hour."
    instead = "Add 'per: year' or 'per: hour'."
    reason = "A range without it cannot be printed in a posting, nor compared with another."

    def check(self, draft: Draft) -> Iterator[Found]:
        group = draft.table("compensation")
        if group is not None and "range" in group.keys and "per" not in group.keys:
            yield Found(("compensation", "per"), self.finds)


class NoFlsaStatus(MissingKey):
    """Neither exempt nor nonexempt."""

    id = "no-flsa-status"
    section = "Compensation"
    path = ("compensation", "flsa")
    finds = "The status under the Fair Labor Standards Act is not given."
    instead = "Add 'flsa: exempt' or 'flsa: nonexempt'."
    reason = (
        "It decides whether overtime is paid. It follows from salary and duties, which stand in "
        "this file, and not from the title (29 CFR 541.2)."
    )


class NoOvertimeStatement(MissingKey):
    """Nothing about overtime."""

    id = "no-overtime-statement"
    section = "Compensation"
    path = ("compensation", "overtime")
    finds = "Nothing is said of overtime."
    instead = "Add 'overtime:' with who approves it and how it is paid, or that the job is exempt."
    reason = (
        "Work that is allowed to happen is work that is paid (29 CFR 785.11), whatever was meant; "
        "so who may allow it has to be written down."
    )


class NoBonusStatement(MissingKey):
    """Nothing about a bonus."""

    id = "no-bonus-statement"
    section = "Compensation"
    path = ("compensation", "bonus")
    finds = "Nothing is said of a bonus."
    instead = (
        "Add 'bonus:' with a target and a schedule; 'bonus: {target: 0%}' where there is none."
    )
    reason = (
        "What a score is worth should be known before the period begins. That there is no bonus is "
        "worth knowing as well."
    )


class BonusRequires(Rule):
    """A bonus that hangs on a KPI without a target."""

    id = "bonus-requires"
    section = "Compensation"
    finds = "The bonus requires the target of a KPI that has none in this role."
    instead = "Give it a target under performance_metrics, or remove it here."
    reason = "Nobody can meet a target that is not there, nor can anybody say that it was missed."

    def check(self, draft: Draft) -> Iterator[Found]:
        with_target = {
            draft.string("performance_metrics", "kpis", number, "kpi")
            for number in draft.listed("performance_metrics", "kpis")
        }
        for number in draft.listed(*_REQUIRES):
            id = draft.string(*_REQUIRES, number)
            if id in draft.kpis and id not in with_target:
                yield Found(
                    (*_REQUIRES, number), f"The bonus requires '{id}', which has no target here."
                )


class OffTheClock(Rule):
    """Scored by overtime, paid by the hour, and nothing said of unpaid work."""

    id = "off-the-clock"
    section = "Compensation"
    finds = (
        "The job is nonexempt and scored by an overtime KPI, and nothing says that nobody works "
        "off the clock."
    )
    instead = (
        "Write under 'overtime:' that every hour worked is recorded and paid, and that nobody "
        "works off the clock to meet a target."
    )
    reason = (
        "A target for overtime invites unpaid work, and unpaid work of nonexempt staff is owed "
        "however it came about (29 CFR 785.11 to 785.13). The sentence says what is wanted."
    )

    _said: Final = re.compile(
        r"\boff[- ]the[- ]clock\b|\bunpaid (?:work|overtime)\b"
        r"|\b(?:every|all|each)\s+(?:hours?|minutes?|time)\s+(?:that\s+(?:is|are)\s+)?worked\b",
        re.I,
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        if draft.string("compensation", "flsa") != "nonexempt":
            return
        if any(self._said.search(text) for _, text in draft.prose(*PROSE)):
            return
        for target in draft.targets:
            if "overtime_hours" in measures_of(draft.kpis[target.kpi]):
                yield Found(
                    (*draft.target_path(target.kpi), "kpi"),
                    f"{target.kpi} is scored in a nonexempt job, and nothing says that nobody "
                    "works off the clock.",
                )
