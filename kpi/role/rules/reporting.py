"""Reporting: to whom, over whom, by which channels, and how far the authority reaches."""

from __future__ import annotations

from collections.abc import Iterator

from kpi.role.findings import shown
from kpi.role.rules.decisions import conflicts
from kpi.role.rules.draft import Draft
from kpi.role.rules.rule import Found, MissingKey, Rule

_AUTHORITY = ("reporting", "authority")


class NoSupervisor(MissingKey):
    """No direct supervisor."""

    id = "no-supervisor"
    section = "Reporting"
    path = ("reporting", "reports_to")
    finds = "No direct supervisor is named."
    instead = "Add 'reports_to:' with one role, as in 'Managing physician'."
    reason = (
        "A manager of several owners gets several sets of orders. One named role sets priorities, "
        "answers questions and signs the review."
    )


class NoSupervisedRoles(Rule):
    """Nobody who is supervised."""

    id = "no-supervised-roles"
    section = "Reporting"
    finds = "No role is named that the manager supervises."
    instead = "Add 'supervises:' with each role, as in '- Front-desk staff'."
    reason = (
        "Staff have to know whose instructions count, and the exemption from overtime of many "
        "managers rests on supervising others (29 CFR 541.100)."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        group = draft.table("reporting")
        path = ("reporting", "supervises")
        if group is not None and (
            "supervises" not in group.keys or draft.document["reporting"]["supervises"] == []
        ):
            yield Found(path, self.finds)


class NoChannels(MissingKey):
    """No meeting or report."""

    id = "no-channels"
    section = "Reporting"
    path = ("reporting", "channels")
    finds = "No meeting or report is named by which the manager and the owners keep in touch."
    instead = (
        "Add 'channels:', each with how often, as in 'Managing physician: weekly, 30 minutes.'"
    )
    reason = (
        "A score at the end of a quarter should surprise nobody; that takes a fixed meeting before."
    )


class NoAuthorityLimits(Rule):
    """Nothing about what the manager decides alone, or about what she may not."""

    id = "no-authority-limits"
    section = "Reporting"
    finds = "The limits of authority are not named: what the manager decides, what needs approval."
    instead = (
        "Write 'authority:' with 'decides:' and 'needs_approval:', with amounts, as in 'Purchases "
        "of up to $2,500 that are in the budget.'"
    )
    reason = (
        "A manager who has to ask for everything cannot be scored for the result, and one who "
        "thinks that she need not ask spends the practice's money by mistake."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        group = draft.table("reporting")
        if group is None:
            return
        if "authority" not in group.keys:
            yield Found(_AUTHORITY, self.finds)
            return
        authority = draft.table(*_AUTHORITY)
        words = {
            "decides": "Nothing is said of what the manager decides alone.",
            "needs_approval": "Nothing is said of what needs approval.",
        }
        for key, message in words.items():
            if authority is not None and key not in authority.keys:
                yield Found(
                    (*_AUTHORITY, key), message, f"Add '{key}:' with at least one decision."
                )


class DecisionOnBothSides(Rule):
    """A decision that the manager takes alone and has to ask for."""

    id = "decision-on-both-sides"
    section = "Reporting"
    finds = "A decision stands both under what the manager decides and under what needs approval."
    instead = "Keep it on one side, or write where one ends and the other begins, with an amount."
    reason = "Whichever way it is decided, half of the description says that it was wrong."

    def check(self, draft: Draft) -> Iterator[Found]:
        sides = []
        for key in ("decides", "needs_approval"):
            texts = (draft.string(*_AUTHORITY, key, n) for n in draft.listed(*_AUTHORITY, key))
            sides.append([text or "" for text in texts])
        for decided, approved, words in conflicts(*sides):
            line = draft.place((*_AUTHORITY, "decides", decided)).line
            yield Found(
                (*_AUTHORITY, "needs_approval", approved),
                f"{shown(words)} needs approval here, and on line {line} it is decided without.",
            )
