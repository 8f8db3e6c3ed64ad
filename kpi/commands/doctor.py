"""``kpi doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kpi.commands.options import database, opened, output
from kpi.commands.printing import print_json, print_lines, print_table
from kpi.commands.progress import told

if TYPE_CHECKING:
    from kpi.health.checks import Finding
    from kpi.ingest.rebuilding import Rebuilt
    from kpi.measures.figures import FigureMove

_MOST_SHOWN = 100
"""Differences that the table lists; JSON has them all."""


@click.command()
@click.option("--rebuild", is_flag=True, help="Mend figures that differ from the records.")
@click.option("--practice", metavar="ID", help="Only this practice.")
@output
@database
def doctor(rebuild: bool, practice: str | None, form: str, db: str | None) -> None:
    """Check all that can be checked, from the disk's pages to final reviews; say what to do."""
    from kpi.access.actor import operator
    from kpi.access.practices import list_practices
    from kpi.health.checks import check_installation, check_practice, figures_finding
    from kpi.ingest.rebuilding import rebuild_practice

    engine, actor = opened(db), operator()
    named = [practice] if practice else [each.id for each in list_practices(engine, actor)]
    findings = [*check_installation(engine, actor)]
    found = []
    for id in named:
        with told(id) as progress:
            findings += check_practice(engine, actor, id)
            found.append(rebuild_practice(engine, actor, id, rebuild, progress))
    findings += map(figures_finding, found)
    differences = [_difference(each, move) for each in found for move in each.differences]
    if form == "json":
        checks = [{"check": each.check, "ok": each.ok, "says": each.sentence} for each in findings]
        mended = bool(differences) and rebuild
        print_json({"checks": checks, "differences": differences, "mended": mended})
    else:
        _print(findings, differences)
    if not all(each.ok for each in findings):
        raise SystemExit(1)


def _difference(found: Rebuilt, move: FigureMove) -> dict[str, Any]:
    """``measure``: of what is no measure (rows, days, filled columns) its kind and its name."""
    from kpi.measures.figures import FigureKind
    from kpi.months import Month

    kind, name = move.figure.kind, move.figure.name
    measured = kind in (FigureKind.MEASURE, FigureKind.HISTOGRAM)
    return {
        "practice": found.practice.id,
        "measure": name if measured else f"{kind} of {name}",
        "month": str(Month.from_code(move.figure.month)),
        "location": move.figure.location,
        "minutes": move.figure.minutes if kind is FigureKind.HISTOGRAM else None,
        "stored": move.before,
        "recomputed": move.after,
    }


def _print(findings: list[Finding], differences: list[dict[str, Any]]) -> None:
    for each in findings:
        print_lines(f"{'ok   ' if each.ok else 'WRONG'} {each.check}: {each.sentence}")
    if not differences:
        return
    click.echo()
    shown = [{**each, "location": each["location"] or None} for each in differences[:_MOST_SHOWN]]
    columns = {"practice": "Practice", "measure": "Measure", "month": "Month",
               "location": "Location", "minutes": "Minutes", "stored": "Stored",
               "recomputed": "Recomputed"}  # fmt: skip
    print_table(shown, columns)
    if rest := len(differences) - len(shown):
        click.echo(f"and {rest:,} more; kpi doctor --format json lists them all.")
