"""How what is found in a role file is written down: as JSON, and as a line for a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from kpi.role.model import Answered, Finding

Key = str | int
"""One step of a path into a role file: a key, or a position in a list (from 0)."""


class Place(NamedTuple):
    """A line and column, both from 1; ``NOWHERE`` where there is none."""

    line: int
    column: int


NOWHERE = Place(0, 0)


def path_text(path: Iterable[Key]) -> str:
    """A path as it is printed: ``performance_metrics.kpis[0].target``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def shown(written: object) -> str:
    """A value as a sentence quotes it: short and on one line."""
    if isinstance(written, (list, dict)):
        return "a list" if isinstance(written, list) else "a group of keys"
    if isinstance(written, bool):
        return "'true'" if written else "'false'"
    text = " ".join(str(written).split())
    return f"'{text if len(text) <= 40 else text[:39] + '…'}'"


def error(rule: str, path: str, place: Place, message: str, remedy: str) -> Finding:
    """A finding that keeps the role from being published."""
    return Finding("error", rule, path, place.line, place.column, message, remedy)


def warning(rule: str, path: str, place: Place, message: str, remedy: str) -> Finding:
    """A finding that should be looked at, and keeps nothing from happening."""
    return Finding("warning", rule, path, place.line, place.column, message, remedy)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as a reader meets them in the file, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.line, f.column, f.path, f.rule)))


def findings_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The ``findings`` of ``kpi role check --format json``."""
    return [
        {
            "level": each.level,
            "rule": each.rule,
            "path": each.path,
            "line": each.line,
            "column": each.column,
            "message": each.message,
            "remedy": each.remedy,
        }
        for each in findings
    ]


def answered_json(answered: Iterable[Answered]) -> list[dict[str, Any]]:
    """The ``answered`` of ``kpi role check --format json``: warnings with the file's reasons."""
    return [
        {**found, "reason": each.reason}
        for each in answered
        for found in findings_json([each.finding])
    ]


def in_words(finding: Finding, source: str) -> str:
    """A finding as one printed line that begins ``source:line:column``, as editors expect."""
    place = f":{finding.line}:{finding.column}" if finding.line else ""
    path = f" {finding.path}:" if finding.path else ""
    return (
        f"{source}{place}: {finding.level}:{path} {finding.message} {finding.remedy} "
        f"[{finding.rule}]"
    )


def answered_in_words(answered: Answered, source: str) -> str:
    """A warning that the file answers, as one printed line of the same form."""
    found = answered.finding
    return (
        f"{source}:{found.line}:{found.column}: answered: {found.path}: {found.message} "
        f"Answer: {' '.join(answered.reason.split())} [{found.rule}]"
    )
