"""``kpi audit``."""

from __future__ import annotations

from dataclasses import asdict

import click

from kpi.commands.options import database, opened, output
from kpi.commands.printing import print_json, print_lines, print_table


@click.group()
def audit() -> None:
    """Read the trail of who did what, and check that it is whole."""


@audit.command("list")
@click.option("--practice", metavar="ID", help="Only what was done to this practice.")
@click.option("--last", type=click.IntRange(min=1), metavar="N", help="Only the newest N.")
@output
@database
def audit_list(practice: str | None, last: int | None, form: str, db: str | None) -> None:
    """List who did what, newest first."""
    from kpi.access.actor import operator
    from kpi.access.audit import entries

    rows = [asdict(each) for each in entries(opened(db), operator(), practice, last)]
    if form == "json":
        print_json({"entries": rows})
        return
    print_table(rows, {"at": "When (UTC)", "actor": "Who", "action": "Deed", "outcome": "Outcome",
                       "practice": "Practice", "subject": "What"})  # fmt: skip


@audit.command("verify")
@output
@database
def audit_verify(form: str, db: str | None) -> None:
    """Check that no entry of the trail was changed, put in or taken out; 1 if one was."""
    from kpi.access.actor import operator
    from kpi.access.audit import seals

    found = seals(opened(db), operator())
    if form == "json":
        print_json(asdict(found))
    elif found.broken_at is None:
        print_lines(f"All {found.entries:,} entries stand as they were written.")
        if found.last is not None:
            print_lines(
                "Entries taken off the end leave no sign: keep the newest seal elsewhere, and "
                "look for it the next time in: kpi audit list --format json"
            )
            click.echo(found.last)
    else:
        print_lines(
            f"Entry {found.broken_at} of {found.entries:,} does not stand as it was written, or "
            "one before it was taken out or put in: somebody changed the database by other means, "
            "or the hash key is not the one it was written under."
        )
    if found.broken_at is not None:
        raise SystemExit(1)
