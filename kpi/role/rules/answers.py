"""What stands under ``accepted``: answers to warnings, held against what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpi.errors import nearest
from kpi.role.rules.draft import Draft
from kpi.role.rules.rule import Found, Rule


class AnswersNothing(Rule):
    """An answer to a warning that there is not. It is told the rules, so as to know whether one
    of them could not be applied."""

    id = "accepted-nothing"
    section = "Answers"
    finds = "'accepted' names a rule that there is not, that warns of nothing here, or twice."
    instead = "Remove it."
    reason = (
        "Answers are printed on the scorecard. One that answers nothing was mended since, or "
        "misspelt, and would excuse whatever the rule finds next."
    )

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = {each.id: each for each in rules}

    def check(self, draft: Draft) -> Iterator[Found]:
        broken = any(each.level == "error" for each in draft.findings)
        warned = {each.rule for each in draft.findings if each.level == "warning"}
        errors = {each.rule for each in draft.findings if each.level == "error"}
        seen: set[str] = set()
        for number in draft.listed("accepted"):
            rule = draft.string("accepted", number, "rule")
            path = ("accepted", number, "rule")
            if rule is None or rule in errors:
                continue
            if rule in seen:
                yield Found(
                    path, f"'{rule}' is answered twice.", "Keep one answer, with both reasons."
                )
            elif rule not in self._rules:
                yield Found(path, f"There is no rule '{rule}'.{nearest(rule, self._rules)}")
            elif rule not in warned and not broken and not self._left_out(self._rules[rule], draft):
                yield Found(path, f"Nothing here breaks the rule '{rule}'.")
            seen.add(rule)

    @staticmethod
    def _left_out(rule: Rule, draft: Draft) -> bool:
        """Whether the rule could not be applied, so that nobody knows what it would find."""
        return (rule.needs == "today" and draft.today is None) or (
            rule.needs == "known" and draft.known is None
        )


class AnswersError(Rule):
    """An answer to an error."""

    id = "accepted-error"
    section = "Answers"
    finds = "'accepted' names the rule of an error, and errors cannot be answered."
    instead = "Mend the error, and remove the answer."
    reason = "An error keeps the role from being scored as it is written; no reason changes that."

    def check(self, draft: Draft) -> Iterator[Found]:
        errors = {each.rule for each in draft.findings if each.level == "error"}
        for number in draft.listed("accepted"):
            rule = draft.string("accepted", number, "rule")
            if rule in errors:
                yield Found(
                    ("accepted", number, "rule"), f"'{rule}' is an error, which cannot be answered."
                )
