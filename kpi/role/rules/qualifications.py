"""Qualifications: what somebody brings along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kpi.role.findings import shown
from kpi.role.rules.draft import Draft
from kpi.role.rules.measures import NUMBER_WORDS
from kpi.role.rules.rule import Found, MissingKey, Rule


class NoEducation(MissingKey):
    """Nothing about education."""

    id = "no-education"
    section = "Qualifications"
    path = ("qualifications", "education")
    finds = "Nothing is said of education."
    instead = (
        "Add 'education:' with a degree or what stands in its place, as in 'Associate degree in "
        "health administration, or four years of equivalent work.'"
    )
    reason = (
        "Applicants are chosen by it whether it is written or not. Written, and with what may "
        "stand in its place, it is the same for everyone and can be shown to be what the job needs."
    )


class NoCertifications(MissingKey):
    """Nothing about certifications."""

    id = "no-certifications"
    section = "Qualifications"
    path = ("qualifications", "certifications")
    finds = "Nothing is said of certifications."
    instead = "Add 'certifications:', each required or preferred; '- None required.' where none is."
    reason = (
        "Whether a certificate is a condition, an advantage or neither decides who applies and "
        "whether the practice pays for one."
    )


class ExperienceWithoutYears(Rule):
    """Experience that is missing or has no length."""

    id = "experience-without-years"
    section = "Qualifications"
    finds = "Nothing is said of how many years of experience are asked for."
    instead = (
        "Write how many years, and in what, as in 'experience: Five years in a medical office, two "
        "of them supervising.'"
    )
    reason = (
        "'Extensive experience' is whatever the reader has in mind. A number can be checked, and "
        "is the same for everyone."
    )

    _years: Final = re.compile(
        rf"(?:\d|\b(?:{NUMBER_WORDS})\b).{0, 60}?\b(?:years?|months?|yrs?)\b", re.I | re.S
    )
    _none: Final = re.compile(r"\b(?:no|none|not)\b", re.I)

    def check(self, draft: Draft) -> Iterator[Found]:
        group = draft.table("qualifications")
        if group is None:
            return
        path = ("qualifications", "experience")
        text = draft.string(*path)
        if text is None and "experience" not in group.keys:
            yield Found(path, self.finds)
        elif text and not self._years.search(text) and not self._none.search(text):
            yield Found(path, f"{shown(text)} says no number of years.")


class CertificationNeither(Rule):
    """A certification that is neither required nor preferred."""

    id = "certification-neither"
    section = "Qualifications"
    finds = "A certification says neither that it is required nor that it is preferred."
    instead = "Write 'Required:' or 'Preferred:' before it."
    reason = (
        "An applicant cannot tell whether to stay away, and the practice cannot turn one down for "
        "the lack of what it did not ask for."
    )

    _said: Final = re.compile(
        r"\b(?:requir\w*|prefer\w*|must|mandatory|obligatory|desir\w*|optional|advantage\w*|asset|"
        r"a plus|bonus|welcome|none|no certif\w*|not needed|within|nice to have|helpful)\b",
        re.I,
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        for number in draft.listed("qualifications", "certifications"):
            path = ("qualifications", "certifications", number)
            text = draft.string(*path)
            if text and not self._said.search(text):
                yield Found(path, f"{shown(text)} is neither required nor preferred.")
