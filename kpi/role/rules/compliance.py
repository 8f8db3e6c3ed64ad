"""Benefits, compliance and the closing statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kpi.role.rules.draft import Draft
from kpi.role.rules.rule import Found, Rule

_ADVICE = " This is advice, and no judgement on the law; have counsel read it once."


class NoBenefits(Rule):
    """Benefits that are none."""

    id = "no-benefits"
    section = "Benefits and compliance"
    finds = (
        "None of health insurance, paid time off, a retirement plan and professional development "
        "is offered."
    )
    instead = (
        "Write what is offered under 'health', 'pto', 'retirement' or 'professional_development'."
    )
    reason = (
        "An applicant compares the whole of an offer. If there is truly nothing, it is better "
        "answered under 'accepted' than left to be found out."
    )

    _none: Final = re.compile(
        r"\s*(?:none|no|nothing|not? (?:\w+ )?(?:offered|provided|available|applicable|included|"
        r"health insurance|benefits?|plan|paid time off|pto)|n/?a|tbd|-+)[\s.]*",
        re.I,
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        offered = [text for _, text in draft.prose("benefits")]
        if offered and all(self._none.fullmatch(text) for text in offered):
            yield Found(("benefits",), "The section offers none of its four benefits.")


class StandardMissing(Rule):
    """One of the four standards that nothing is said of."""

    id = "standard-missing"
    section = "Benefits and compliance"
    finds = "Compliance says nothing of HIPAA, OSHA, billing and coding, or ethics."
    instead = "Add a duty under each standard, as in '- standard: osha' with what is done and when."
    reason = (
        "Every practice is held to all four, and each asks for somebody who looks after it: a "
        "privacy official (45 CFR 164.530), exposure control and training (29 CFR 1910.1030), and "
        "somebody for billing and conduct in the OIG's guidance for small practices (65 FR 59434)."
    )

    standards: Final = {
        "hipaa": "HIPAA", "osha": "OSHA", "billing": "billing and coding", "ethics": "ethics",
    }  # fmt: skip

    def check(self, draft: Draft) -> Iterator[Found]:
        there = {
            draft.string("compliance", number, "standard") for number in draft.listed("compliance")
        }
        missing = [words for standard, words in self.standards.items() if standard not in there]
        if there and missing:
            yield Found(("compliance",), f"Nothing is said of {', '.join(missing)}.")


class NoPatientsRights(Rule):
    """Nothing about patients' rights."""

    id = "no-patients-rights"
    section = "Benefits and compliance"
    finds = "Compliance says nothing of patients' rights."
    instead = (
        "Add '- standard: other' with a duty, as in 'Posts patients' rights at the front desk and "
        "answers requests for records within 30 days.'"
    )
    reason = (
        "Access to one's records (45 CFR 164.524), an interpreter and equal treatment (45 CFR part "
        "92) are claimed at the front desk, so they belong in the job of who runs it."
    )

    _said: Final = re.compile(
        r"\brights?\b|\binterpret|\bnon-?discrimination\b|\blanguage access\b"
        r"|\brelease of information\b",
        re.I,
    )
    _whose: Final = re.compile(r"\bpatients?\b|\brecords?\b|\binterpret|\blanguage\b", re.I)

    def check(self, draft: Draft) -> Iterator[Found]:
        texts = [text for _, text in draft.prose("compliance")]
        if texts and not any(
            self._said.search(each) and self._whose.search(each) for each in texts
        ):
            yield Found(("compliance",), "Nothing is said of patients' rights.")


class NoEqualOpportunity(Rule):
    """A statement that is missing; the first of three."""

    id = "no-equal-opportunity"
    section = "Statements"
    finds = "There is no statement of equal opportunity."
    instead = "Add 'statements:' with 'equal_opportunity:'." + _ADVICE
    reason = (
        "It tells applicants and staff what decisions rest on, and is among the first things that "
        "are looked for when one is disputed."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        yield from _missing(draft, "equal_opportunity", self.finds)


class NoAccommodation(Rule):
    """No line on reasonable accommodation."""

    id = "no-accommodation"
    section = "Statements"
    finds = "There is no statement on reasonable accommodation."
    instead = "Add 'statements:' with 'accommodation:'." + _ADVICE
    reason = (
        "Essential functions are listed so that accommodation can be talked about (29 CFR 1630.2); "
        "a person has to know that she may ask."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        yield from _missing(draft, "accommodation", self.finds)


class NoContractLine(Rule):
    """No line that this is no contract."""

    id = "no-contract-line"
    section = "Statements"
    finds = "Nothing says that the description is not a contract of employment."
    instead = "Add 'statements:' with 'not_a_contract:'." + _ADVICE
    reason = (
        "Duties, targets and benefits in writing may be read as a promise where nothing says "
        "otherwise."
    )

    def check(self, draft: Draft) -> Iterator[Found]:
        yield from _missing(draft, "not_a_contract", self.finds)


def _missing(draft: Draft, key: str, message: str) -> Iterator[Found]:
    """A statement that is not there, whether or not there are others."""
    statements = draft.table("statements")
    absent = "statements" not in draft.root.keys
    if absent or (statements is not None and key not in statements.keys):
        yield Found(("statements", key), message)
