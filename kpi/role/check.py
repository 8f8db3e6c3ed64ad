"""Checks a role file: what the reader finds wrong, what the rules warn of, what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from kpi.catalogue import Kpi
from kpi.role.findings import NOWHERE, in_order, warning
from kpi.role.known import Known
from kpi.role.model import Answered, Finding, RoleReading
from kpi.role.read import parse_role

if TYPE_CHECKING:
    from kpi.role.rules.draft import Draft
    from kpi.role.rules.rule import Rule

CRASHED = "rule-crashed"


def check_role(
    text: bytes | str,
    source: str,
    *,
    today: date | None = None,
    known: Known | None = None,
    catalogue: Mapping[str, Kpi] | None = None,
) -> RoleReading:
    """A role file as ``read_role`` gives it, and all that the rules find in it.

    ``today``: for what is due by the calendar. ``known``: what is known of the practice, for what
    can only be said of one. Without them those rules are left out. A warning whose rule stands
    under the file's ``accepted`` is not among the findings but among ``answered``. Errors cannot
    be answered. Never raises for what the text holds; a rule that fails becomes a finding.
    """
    from kpi.role.rules import ANSWERS, RULES
    from kpi.role.rules.draft import Draft

    parsed = parse_role(text, source, catalogue)
    reading = parsed.reading
    if parsed.root is None or parsed.kpis is None:
        return reading
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    draft = Draft(
        parsed.root,
        parsed.text,
        parsed.targets,
        parsed.kpis,
        today,
        known,
        sha256(content).hexdigest(),
    )
    found = [*reading.findings, *_run(RULES, draft)]
    about = list(_run(ANSWERS, replace(draft, findings=tuple(found))))
    reasons = dict(draft.accepted)
    answers = [
        Answered(each, reasons[each.rule])
        for each in in_order(found)
        if each.level == "warning" and each.rule in reasons
    ]
    taken = {each.finding for each in answers}
    return RoleReading(
        reading.role,
        in_order([*(each for each in found if each not in taken), *about]),
        tuple(answers),
    )


def _run(rules: Iterable[Rule], draft: Draft) -> Iterator[Finding]:
    """What the rules find. A rule that fails is named, and stops no other."""
    for rule in rules:
        try:
            yield from list(rule.findings(draft))
        except Exception as fault:  # whatever it is: a check has to come to its end
            yield warning(
                CRASHED,
                "",
                NOWHERE,
                f"The rule '{rule.id}' could not be applied, by a fault of the program "
                f"({type(fault).__name__}); all other rules were.",
                "Tell whoever looks after Rolecard; the file may be right.",
            )
