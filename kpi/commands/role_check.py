"""``kpi role check``."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from kpi.commands.options import database, opened, output
from kpi.commands.printing import print_json, print_table
from kpi.commands.role_file import FILE, content

if TYPE_CHECKING:
    from kpi.role import Coverage, RoleReading

_DUTY_WIDTH = 46
"""Characters of a duty in the table of coverage."""


@click.command("check")
@click.argument("file", type=FILE)
@click.option(
    "--practice", metavar="ID", help="Check it for this practice: its data, its versions."
)
@click.option("--coverage", is_flag=True, help="Print which duty is measured by which KPI.")
@output
@database
def role_check(file: Path, practice: str | None, coverage: bool, form: str, db: str | None) -> None:
    """Every error and warning of a role file, with line and rule; status 1 if any error."""
    from datetime import UTC, datetime

    from kpi.role import check_role

    known = None
    if practice is not None:
        from kpi.access.actor import operator
        from kpi.review.roles.context import role_context

        known = role_context(opened(db), operator(), practice)
    reading = check_role(content(file), file.name, today=datetime.now(UTC).date(), known=known)
    if form == "json":
        print_json(_document(reading))
    else:
        _print_reading(reading, file.name, coverage)
    if reading.errors:
        raise SystemExit(1)


def _document(reading: RoleReading) -> dict[str, Any]:
    from kpi.role import answered_json, coverage_json, findings_json
    from kpi.role import coverage as table

    return {
        "findings": findings_json(reading.findings),
        "answered": answered_json(reading.answered),
        "coverage": None if reading.role is None else coverage_json(table(reading.role)),
    }


def _print_reading(reading: RoleReading, source: str, coverage: bool) -> None:
    from kpi.role import answered_in_words, in_words
    from kpi.role import coverage as table

    for finding in reading.findings:
        click.echo(in_words(finding, source))
    for answered in reading.answered:
        click.echo(answered_in_words(answered, source))
    counts = (
        (len(reading.errors), "error"),
        (len(reading.warnings), "warning"),
        (len(reading.answered), "answered warning"),
    )
    said = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n)
    click.echo(f"{source}: {said or 'no errors, no warnings'}.")
    if coverage and reading.role is not None:
        click.echo()
        _print_coverage(table(reading.role))


def _print_coverage(found: Coverage) -> None:
    """Duties as rows, KPIs as numbered columns, and what the numbers mean."""
    columns = {"section": "Section", "duty": "Duty"}
    before = [""] + [duty.section for duty in found.duties]
    print_table(
        [
            {
                "section": "" if duty.section == section else duty.section.replace("_", " "),
                "duty": shorten(duty.text, _DUTY_WIDTH, placeholder="…"),
                **{id: "x" if id in duty.kpis else "" for id in found.kpis},
            }
            for section, duty in zip(before, found.duties, strict=False)
        ],
        columns | {id: str(at) for at, id in enumerate(found.kpis, start=1)},
    )
    click.echo()
    for at, id in enumerate(found.kpis, start=1):
        alone = "  (no duty names it)" if id in found.unexplained else ""
        click.echo(f"{at:>3}  {id}{alone}")
