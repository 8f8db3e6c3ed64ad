"""What the lint finds in a role file that is being written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.views.words import count_of
from kpi.role.model import Answered, Finding

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding. ``quoted``: the line that it stands on, as it is written."""

    error: bool
    place: str
    quoted: str
    message: str
    remedy: str
    rule: str


def finding_lines(findings: Sequence[Finding], text: str) -> list[FindingLine]:
    """The findings, errors first, each group in the order of the text."""
    lines = text.splitlines()

    def line(found: Finding) -> FindingLine:
        quoted = _quoted(lines, found.line)
        return FindingLine(
            found.level == "error",
            f"Line {found.line}" if found.line else "Whole file",
            quoted if len(quoted) <= _LONGEST else f"{quoted[: _LONGEST - 1]}…",
            found.message,
            found.remedy,
            found.rule,
        )

    return sorted((line(each) for each in findings), key=lambda each: not each.error)


def _quoted(lines: Sequence[str], line: int) -> str:
    """A line of the text; where it only announces a longer one, the first of those."""
    if not 0 < line <= len(lines):
        return ""
    said = lines[line - 1].strip()
    if said.endswith((">", ">-", "|", "|-")) and line < len(lines):
        return lines[line].strip()
    return said


def findings_words(findings: Sequence[Finding]) -> str:
    """How many there are."""
    errors = sum(1 for each in findings if each.level == "error")
    warnings = len(findings) - errors
    if not findings:
        return "Nothing to mend"
    said = [count_of(errors, "error")] if errors else ["No error"]
    if warnings:
        said.append(count_of(warnings, "warning"))
    return ", ".join(said)


def answered_words(answered: Sequence[Answered]) -> list[str]:
    """The warnings that a text answers, each with its reason."""
    return [f"{each.finding.message} Answered: {each.reason}" for each in answered]
