"""The whole job description, as it is signed and hung out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi.role.model import Role
from kpi.role.rendering.blocks import Block, Document, Facts, Heading, Paragraph, Signatures
from kpi.role.rendering.metrics import performance_metrics
from kpi.role.rendering.pay import compensation
from kpi.role.rendering.sections import (
    authority,
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
from kpi.role.rendering.words import FLSA, day_words, lines, one_line
from kpi.role.schema import RoleFile

_READ = (
    "By signing, both say that they have read this version and talked about it. A signature does "
    "not make it a contract."
)


def job_description(role: Role, baselines: Mapping[str, float] | None = None) -> Document:
    """A role as a document. ``baselines``: see ``render_role``."""
    file = RoleFile.model_validate(role.document)

    def measured(ids: Sequence[str]) -> str:
        names = ", ".join(one_line(role.kpi(id).name) for id in ids)
        return f"Measured by: {names}" if names else ""

    sections = (
        ("Responsibilities", responsibilities(file.responsibilities, measured)),
        ("Qualifications", qualifications(file.qualifications)),
        ("Skills", skills(file.skills)),
        ("Daily duties", daily_duties(file.daily_duties, measured)),
        ("Reporting", [*lines_of_reporting(file.reporting), *authority(file.reporting)]),
        ("Performance metrics", performance_metrics(role, baselines)),
        ("Compensation", compensation(file.compensation, role)),
        ("Benefits", benefits(file.benefits)),
        ("Compliance", compliance(file.compliance, measured)),
    )
    supervisor = one_line(file.reporting.reports_to or "")
    blocks: list[Block] = [*opening(file.summary), _at_a_glance(file)]
    for number, (heading, found) in enumerate(sections, start=1):
        blocks += [Heading(2, f"{number}. {heading}"), *found]
    blocks += [
        *conditions(file.conditions),
        *statements(file.statements),
        Heading(2, "This version"),
        Paragraph(
            f"Role {role.role}, version {role.version}, effective {role.effective.words}. "
            "SHA-256 of the role file:",
            "quiet",
        ),
        Paragraph(role.sha256, "quiet"),
        Heading(2, "Signatures"),
        Signatures(
            _READ, ("Manager", f"Supervisor ({supervisor})" if supervisor else "Supervisor")
        ),
    ]
    return Document(
        kind="Job description",
        title=one_line(role.title),
        line=f"Version {role.version}, effective {role.effective.words}",
        day=file.reviewed or role.effective.first_day,
        blocks=tuple(blocks),
        foot=f"{one_line(role.title)}, version {role.version}",
    )


def _at_a_glance(file: RoleFile) -> Facts:
    reporting = file.reporting
    named = (
        ("Reports to", one_line(reporting.reports_to or "")),
        ("Supervises", "; ".join(lines(reporting.supervises))),
        ("FLSA status", FLSA[file.compensation.flsa] if file.compensation.flsa else ""),
        ("Last reviewed", day_words(file.reviewed) if file.reviewed else "not recorded"),
    )
    return Facts(tuple((label, text) for label, text in named if text))
