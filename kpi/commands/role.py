"""``kpi role``."""

from __future__ import annotations

from pathlib import Path

import click

from kpi.commands.acknowledgements import acknowledge
from kpi.commands.options import database, opened, practice
from kpi.commands.role_backtest import backtest
from kpi.commands.role_check import role_check
from kpi.commands.role_diff import diff
from kpi.commands.role_document import role_render, role_schema
from kpi.commands.role_due import due
from kpi.commands.role_file import FILE, content
from kpi.commands.role_new import role_new


@click.group()
def role() -> None:
    """Check, publish and print role files."""


@role.command("publish")
@click.argument("file", type=FILE)
@practice
@click.option(
    "--retroactive",
    metavar="REASON",
    help="Why it may judge months before this one; printed on scorecards.",
)
@database
def role_publish(file: Path, practice: str, retroactive: str | None, db: str | None) -> None:
    """Publish a role file: immutable, in force from its effective month."""
    from datetime import UTC, datetime

    from kpi.access.actor import operator
    from kpi.review.roles.publication import publish

    found = publish(
        opened(db), operator(), practice, content(file), file.name, retroactive,
        datetime.now(UTC).date(),
    )  # fmt: skip
    click.echo(
        f"{found.role.role} {found.role.version} is in force at {practice} from "
        f"{found.effective} on.\nSHA-256 {found.role.sha256}"
    )
    for kpi, baseline in found.baselines.items():
        click.echo(
            f"Baseline of {kpi}, {baseline['from']} to {baseline['to']}: {baseline['value']:g}"
        )


role.add_command(role_check)
role.add_command(role_render)
role.add_command(role_schema)
role.add_command(role_new)
role.add_command(diff)
role.add_command(due)
role.add_command(backtest)
role.add_command(acknowledge)
