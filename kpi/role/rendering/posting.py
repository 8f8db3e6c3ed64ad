"""The posting for applicants: the work, the pay range and the benefits, and no internal targets."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.role.model import Role
from kpi.role.rendering.blocks import Block, Document, Facts, Heading
from kpi.role.rendering.pay import compensation_to_applicants, pay_range
from kpi.role.rendering.sections import (
    benefits,
    compliance,
    conditions,
    daily_duties,
    lines_of_reporting,
    opening,
    qualifications,
    responsibilities,
    skills,
    statements,
)
from kpi.role.rendering.words import one_line
from kpi.role.schema import RoleFile


def job_posting(role: Role) -> Document:
    """A role as it may be shown to applicants.

    Left out: KPIs with their weights and targets, ratings, what a bonus takes, limits of authority,
    version, hash and signatures. Texts of the file stand as they are written.
    """
    file = RoleFile.model_validate(role.document)

    def unsaid(_ids: Sequence[str]) -> str:
        return ""

    sections = (
        ("Responsibilities", responsibilities(file.responsibilities, unsaid)),
        ("Qualifications", qualifications(file.qualifications)),
        ("Skills", skills(file.skills)),
        ("Daily duties", daily_duties(file.daily_duties, unsaid)),
        ("Reporting", lines_of_reporting(file.reporting)),
        ("Compensation", compensation_to_applicants(file.compensation)),
        ("Benefits", benefits(file.benefits)),
        ("Compliance", compliance(file.compliance, unsaid)),
    )
    blocks: list[Block] = [*opening(file.summary), *_at_a_glance(file)]
    for heading, found in sections:
        if found:
            blocks += [Heading(2, heading), *found]
    blocks += [*conditions(file.conditions), *statements(file.statements)]
    return Document(
        kind="Open position",
        title=one_line(role.title),
        line="",
        day=file.reviewed or role.effective.first_day,
        blocks=tuple(blocks),
        foot=one_line(role.title),
    )


def _at_a_glance(file: RoleFile) -> list[Block]:
    named = (
        ("Pay range", pay_range(file.compensation)),
        ("Reports to", one_line(file.reporting.reports_to or "")),
    )
    facts = tuple((label, text) for label, text in named if text)
    return [Facts(facts)] if facts else []
