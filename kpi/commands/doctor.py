"""``kpi doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kpi.commands.checks import OF_A_PRACTICE, OF_ALL
from kpi.commands.options import database, opened, output
from kpi.commands.printing import print_json, print_lines, print_table
from kpi.commands.progress import told

if TYPE_CHECKING:
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
    from kpi.ingest.rebuilding import rebuild_practice

    engine, actor = opened(db), operator()
    named = [practice] if practice else [each.id for each in list_practices(engine, actor)]
    checks = [check(engine, actor) for check in OF_ALL]
    found = []
    for id in named:
        with told(id) as progress:
            checks += [check(engine, actor, id) for check in OF_A_PRACTICE]
            found.append(rebuild_practice(engine, actor, id, rebuild, progress))
    checks += [_figures(each) for each in found]
    differences = [_difference(each, move) for each in found for move in each.differences]
    if form == "json":
        mended = bool(differences) and rebuild
        print_json({"checks": checks, "differences": differences, "mended": mended})
    else:
        _print(checks, differences)
    if not all(each["ok"] for each in checks):
        raise SystemExit(1)


def _figures(found: Rebuilt) -> dict[str, Any]:
    count, records = len(found.differences), f"{found.records:,} records"
    if not count:
        says = f"{found.practice.id}: every figure is what {records} give."
    else:
        differ = "1 figure was" if count == 1 else f"{count:,} figures were"
        says = f"{found.practice.id}: {differ} not what {records} give; "
        says += "mended." if found.mended else "mend with: kpi doctor --rebuild"
    return {"check": "figures", "ok": found.mended or not count, "says": says}


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


def _print(checks: list[dict[str, Any]], differences: list[dict[str, Any]]) -> None:
    for each in checks:
        print_lines(f"{'ok   ' if each['ok'] else 'WRONG'} {each['check']}: {each['says']}")
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
