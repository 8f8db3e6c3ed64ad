"""The health of an installation: its facts as tiles, and what the checks found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.views.words import count_of
from kpi.health.checks import Finding
from kpi.health.facts import Facts
from kpi.report.signs import finding_sign, month_sign
from kpi.report.svg import Figure
from kpi.report.theme import Palette

LOOKS_AT = {
    "database": "its pages, tables and columns",
    "hash key": "that it is this database's own",
    "files": "who may read the database and the key",
    "references": "that rows refer to what is there",
    "trail": "that no entry was changed or taken out",
    "role versions": "that they are as published",
    "final reviews": "that they are what was frozen",
    "log": "a sample of records against the uploads",
}
"""What each check looks at."""

FIGURES = (
    "One thing is not looked at here: whether every stored figure is what the records give. Nobody "
    "could save anything meanwhile. Whoever runs the machine looks with kpi doctor, at night for "
    "example."
)
NEVER = (
    "No check was run since this server was started. Run them after a restore, after an upgrade, "
    "and each month; others go on working meanwhile."
)
LEAST_FREE = 1_000_000_000
"""Bytes under which a disk is said to be nearly full."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One fact: its name, its value, what qualifies it."""

    name: str
    value: str
    detail: str


def tiles(facts: Facts) -> list[Tile]:
    """The installation at a glance."""
    backup, kind = facts.backup, f"{facts.kind}, {size_words(facts.size)}"
    return [
        Tile("Version", facts.version, f"schema {facts.schema}"),
        Tile("Database", kind, facts.place),
        Tile(
            "Free on its disk",
            "Not known" if facts.free is None else size_words(facts.free),
            "the server is another machine's" if facts.free is None else "",
        ),
        Tile("Files that stand", f"{facts.files:,}", f"of {count_of(facts.practices, 'practice')}"),
        Tile("Last backup", moment_words(backup.at), f"{backup.file}, by {backup.by}")
        if backup
        else Tile("Last backup", "None known", "Make one with: kpi backup FILE"),
    ]


def nearly_full(facts: Facts) -> str:
    """That the disk has no room for a backup beside the database; empty where it has."""
    if facts.free is None or facts.free >= max(LEAST_FREE, 2 * facts.size):
        return ""
    return (
        f"The database's disk has {size_words(facts.free)} left. Free some before it is full: "
        "then nothing more can be saved."
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """One check and what it found, ready to be drawn."""

    ok: bool
    sign: Figure
    state: str
    check: str
    looks_at: str
    practice: str
    says: str


def looked(findings: Iterable[Finding], palette: Palette) -> list[Looked]:
    """The findings in their order."""
    return [
        Looked(
            each.ok,
            month_sign("complete", palette) if each.ok else finding_sign(True, palette),
            "OK" if each.ok else "Wrong",
            each.check.capitalize(),
            LOOKS_AT.get(each.check, ""),
            each.practice or "",
            f"{each.says[:1].upper()}{each.says[1:]}",
        )
        for each in findings
    ]


def summary(findings: Sequence[Finding], practices: int, finished: str, by: str) -> str:
    """What came of a run, in two sentences."""
    wrong = sum(not each.ok for each in findings)
    of = f"the installation and {count_of(practices, 'practice')}"
    when = f"Last run {moment_words(finished)} by {by}, of {of}."
    if not wrong:
        return f"All {count_of(len(findings), 'check')} are OK. {when}"
    found = "1 check has" if wrong == 1 else f"{wrong} checks have"
    return f"{found} found something of {len(findings)}: do what it says. {when}"


def moment_words(at: str) -> str:
    """A moment of the database: ``2026-05-01 09:30 UTC``."""
    return f"{at[:10]} {at[11:16]} UTC"


def size_words(size: int) -> str:
    """Bytes as people say them: ``1.5 GB``."""
    amount, units = float(size), ["bytes", "KB", "MB", "GB", "TB"]
    while amount >= 1000 and len(units) > 1:
        amount, units = amount / 1000, units[1:]
    return (
        f"{amount:,.0f} {units[0]}"
        if amount >= 10 or units[0] == "bytes"
        else f"{amount:.1f} {units[0]}"
    )
