"""The sections of a job description that say what the work is: all but metrics and pay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kpi.role.rendering.blocks import Block, Facts, Heading, Item, Items, Paragraph
from kpi.role.rendering.words import STANDARDS, lines, one_line
from kpi.role.schema import (
    Benefits,
    ComplianceDuty,
    Conditions,
    Duty,
    Qualifications,
    Reporting,
    Responsibility,
    Skill,
    Statements,
)

Measured = Callable[[Sequence[str]], str]
"""What is said of the KPIs that measure a duty, given their ids; empty for nothing."""


def opening(summary: str | None) -> list[Block]:
    """The summary, where there is one."""
    return [Paragraph(one_line(summary), "lead")] if summary else []


def responsibilities(found: Iterable[Responsibility], measured: Measured) -> list[Block]:
    """Section 1."""
    return [_duties(found, measured)]


def daily_duties(found: Iterable[Duty], measured: Measured) -> list[Block]:
    """Section 4."""
    return [_duties(found, measured)]


def _duties(found: Iterable[Responsibility | Duty], measured: Measured) -> Items:
    return Items(
        tuple(
            Item(
                one_line(each.text),
                note=_note("Essential function" if each.essential else "", measured(each.kpis)),
            )
            for each in found
        )
    )


def _note(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


def qualifications(found: Qualifications) -> list[Block]:
    """Section 2."""
    return [
        *_list("Education", found.education),
        *_list("Certifications", found.certifications),
        *_text("Experience", found.experience),
    ]


def skills(found: Iterable[Skill]) -> list[Block]:
    """Section 3, each skill with what shows it at work."""
    return [Items(tuple(Item(one_line(each.text), below=lines(each.examples)) for each in found))]


def lines_of_reporting(found: Reporting) -> list[Block]:
    """Of section 5, who is above and below."""
    above = one_line(found.reports_to) if found.reports_to else None
    return [
        *_text("Reports to", above),
        *_list("Supervises", found.supervises),
    ]


def authority(found: Reporting) -> list[Block]:
    """Of section 5, how one reports and what one may settle alone."""
    limits = found.authority
    return [
        *_list("Meetings and reports", found.channels),
        *_list("Decides without asking", limits.decides if limits else None),
        *_list("Needs approval first", limits.needs_approval if limits else None),
    ]


def benefits(found: Benefits) -> list[Block]:
    """Section 8."""
    named = (
        ("Health insurance", found.health),
        ("Paid time off", found.pto),
        ("Retirement", found.retirement),
        ("Professional development", found.professional_development),
    )
    return [Facts(tuple((label, one_line(text)) for label, text in named if text))]


def compliance(found: Iterable[ComplianceDuty], measured: Measured) -> list[Block]:
    """Section 9."""
    return [
        Items(
            tuple(
                Item(one_line(each.duty), STANDARDS[each.standard], measured(each.kpis))
                for each in found
            )
        )
    ]


def conditions(found: Conditions | None) -> list[Block]:
    """The conditions of work, under their heading; nothing where the file has none."""
    if found is None:
        return []
    named = (
        ("Schedule", found.schedule),
        ("Place", found.place),
        ("Physical demands", found.physical),
    )
    facts = tuple((label, one_line(text)) for label, text in named if text)
    return [Heading(2, "Conditions of work"), Facts(facts)] if facts else []


def statements(found: Statements | None) -> list[Block]:
    """The closing statements, under their heading; nothing where the file has none."""
    if found is None:
        return []
    named = (
        ("Equal opportunity", found.equal_opportunity),
        ("Accommodation", found.accommodation),
        ("Not a contract", found.not_a_contract),
    )
    facts = tuple((label, one_line(text)) for label, text in named if text)
    return [Heading(2, "Statements"), Facts(facts)] if facts else []


def _list(heading: str, texts: Sequence[str] | None) -> list[Block]:
    """A list under its heading; nothing where the file does not say, ``None`` where it says so."""
    if texts is None:
        return []
    items = tuple(Item(each) for each in lines(texts)) or (Item("None"),)
    return [Heading(3, heading), Items(items)]


def _text(heading: str, text: str | None) -> list[Block]:
    return [Heading(3, heading), Paragraph(one_line(text))] if text else []
