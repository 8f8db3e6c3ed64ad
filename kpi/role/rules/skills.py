"""Skills: what somebody is able to do, and what shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kpi.role.findings import shown
from kpi.role.rules.draft import Draft
from kpi.role.rules.rule import Found, Rule


class SkillWithoutExample(Rule):
    """A skill that is named and not shown."""

    id = "skill-without-example"
    section = "Skills"
    finds = "A skill has no example."
    instead = "Add 'examples:' with one thing that shows the skill at work in this practice."
    reason = (
        "An example turns a skill into something that can be asked about in an interview, seen at "
        "work and taught. Without one everybody has it."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        for number in draft.listed("skills"):
            group = draft.table("skills", number)
            if group is not None and "examples" not in group.keys:
                name = draft.string("skills", number, "id") or f"number {number + 1}"
                yield Found(("skills", number, "examples"), f"The skill '{name}' has no example.")


class EmptyPraise(Rule):
    """Praise that every applicant would give herself."""

    id = "empty-praise"
    section = "Skills"
    finds = (
        "A skill or qualification is praise and no ability: 'strong communication skills', 'team "
        "player'."
    )
    instead = (
        "Write what the person is able to do, as in 'Tells an upset patient what happens next, "
        "and by when.'"
    )
    reason = (
        "Nobody applies with weak communication skills. Such words choose nobody, teach nothing, "
        "and leave room to judge by sympathy."
    )

    _parts: Final = ("skills", "qualifications")
    _praise: Final = re.compile(
        r"\b(?:strong|excellent|good|great|outstanding|effective|superior|exceptional|solid|proven|"
        r"demonstrated|superb|advanced|well[- ]developed)\s+(?:[\w/&,-]+\s+){0,5}?"
        r"(?:skills?|abilit(?:y|ies)|work ethic|attitude|communicator|leader|listener|knowledge|"
        r"understanding|judge?ment)\b|\bprofessional (?:demeanor|manner|attitude|image)\b"
        r"|\beffectively communicat\w+\b|\bcommunicat\w+ effectively\b"
        r"|\bteam[- ]player\b|\bdetail[- ]oriented\b|\bself[- ](?:starter|motivated)\b"
        r"|\bmulti-?task(?:s|ing|er)?\b|\bpeople[- ]person\b|\bgo[- ]getter\b"
        r"|\bresults[- ]driven\b"
        r"|\bfast[- ]paced environment\b|\bpositive attitude\b|\bhard[- ]working\b"
        r"|\bproblem solver\b|\bthink outside the box\b"
        r"|\bworks? well (?:under pressure|with others|independently|in a team)\b"
        r"|\b(?:ability|able) to (?:work (?:independently|under pressure|well|as (?:a|part of a) "
        r"team)|multi-?task|communicate effectively|prioriti[sz]e)\b",
        re.IGNORECASE,
    )
    _bare: Final = re.compile(
        r"\s*(?:\w+[,/&]?\s+(?:and\s+)?){1,3}skills?\s*\.?\s*|\s*(?:attention to detail|leadership|"
        r"communication|organi[sz]ation|professionalism|flexibility|dependability|teamwork|"
        r"problem[- ]solving|time management|integrity|computer literate)\s*\.?\s*",
        re.IGNORECASE,
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        for path, text in draft.prose(*self._parts):
            praise = self._praise.search(text)
            phrase = praise.group() if praise else text if self._bare.fullmatch(text) else ""
            if phrase:
                yield Found(
                    path, f"{shown(phrase)} says nothing that a person could show.", phrase=phrase
                )
