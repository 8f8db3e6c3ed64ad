"""Words about people: such as invite a claim of discrimination, and such as no job needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpi.role.findings import shown
from kpi.role.rules.characteristics import CHARACTERISTICS, phrases
from kpi.role.rules.draft import Draft
from kpi.role.rules.rule import Found, Rule

_PARTS: Final = (
    "title", "summary", "responsibilities", "qualifications", "skills", "daily_duties",
    "reporting", "compensation", "compliance", "conditions",
)  # fmt: skip
"""Not the benefits, which insure families, nor the statements, which name what is protected."""


class Discriminating(Rule):
    """Words about age, health, family or origin."""

    id = "discriminating-words"
    section = "Words about people"
    finds = "A text speaks of a person's age, health, family, sex, nationality or faith."
    instead = "Write what the work needs, whoever does it."
    reason = (
        "Such words are quoted in a claim under the ADEA, the ADA, Title VII or a state's law, "
        "whatever was meant by them, and they keep people away who could do the work. The closing "
        "statements, which name these characteristics on purpose, are not looked at."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        for path, text in draft.prose(*_PARTS):
            for each in CHARACTERISTICS:
                phrase = each.found(text)
                if phrase:
                    yield Found(
                        path,
                        f"{shown(phrase)} may be read as a condition of {each.about}.",
                        each.instead,
                        phrase,
                    )


class NoJobNeeds(Rule):
    """Words that no job needs."""

    id = "no-job-needs"
    section = "Words about people"
    finds = (
        "A text asks for what no job needs: 'rock star', 'thick skin', 'attractive appearance', "
        "'whatever it takes'."
    )
    instead = "Leave it out, or write what is to be done and when."
    reason = (
        "Such words describe nothing that could be done or checked. Some promise a place where "
        "hours have no end or where everybody is alike, and keep good applicants away."
    )

    _words: Final = phrases(
        r"rock[- ]?stars?|ninjas?|gurus?|superstars?|super[- ]?hero(?:es)?|wizards?|unicorn",
        r"thick[- ]skin(?:ned)?|whatever it takes|work hard,? (?:and )?play hard",
        r"(?:110|120|150|200) ?(?:%|percent) (?:effort|commitment|dedication|every day)",
        r"giv(?:e|es|ing) (?:110|120|150|200) ?(?:%|percent)",
        r"(?:we are|we're|like) (?:a |one big )?(?:happy )?family",
        r"wears? (?:many|multiple|several) hats|hustl(?:e|er|ing)",
        r"go(?:es)? (?:above and beyond|the extra mile)|above and beyond",
        r"(?:no|zero) drama|drama[- ]free|cultur(?:e|al) fit|(?:good|nice)[- ]looking",
        r"attractive (?:appearance|person|candidate|individual|woman|man|personality)",
        r"(?:pleasing|pleasant|well-groomed|polished) appearance",
        r"good sense of humou?r|bubbly|perky|24/7|available around the clock",
        r"no (?:complainers|whiners|excuses)|can-do attitude|best of the best",
        r"loyal(?:ty)? (?:to the (?:doctor|owner|physician)s?|is everything)",
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        for path, text in draft.prose(*_PARTS):
            for phrase in dict.fromkeys(found.group() for found in self._words.finditer(text)):
                yield Found(path, f"{shown(phrase)} is nothing that a job needs.", phrase=phrase)
