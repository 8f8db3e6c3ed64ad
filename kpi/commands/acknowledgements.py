"""``kpi role acknowledge``: who has acknowledged which version, and who has yet to."""

from __future__ import annotations

import click

from kpi.commands.options import database, opened, output
from kpi.commands.printing import print_json, print_table


@click.command("acknowledge")
@click.argument("version", required=False)
@click.option("--practice", metavar="ID", help="Only of this practice.")
@output
@database
def acknowledge(version: str | None, practice: str | None, form: str, db: str | None) -> None:
    """List who has acknowledged which role version.

    Nobody signs for somebody else: with VERSION it only says where the manager does it.
    """
    from kpi.access.actor import operator, require
    from kpi.review.roles.acknowledging import acknowledgements, to_acknowledge_document
    from kpi.store.clock import instant

    engine, actor = opened(db), operator()
    if version is not None:
        require(actor, "acknowledge", practice)
    today = instant().date()
    found = acknowledgements(engine, actor, practice)
    if form == "json":
        print_json(to_acknowledge_document(found, today))
        return
    rows = [
        {
            "practice": each.practice.id,
            "manager": each.manager.id,
            "version": f"{each.role} {each.version}",
            "months": f"{each.first} to {each.last or 'now'}",
            "acknowledged": "not yet"
            if each.acknowledged is None
            else f"{each.acknowledged.by}, {each.acknowledged.at[:10]}",
        }
        for each in found
    ]
    print_table(rows, {"practice": "Practice", "manager": "Manager", "version": "Version",
                       "months": "Months", "acknowledged": "Acknowledged"})  # fmt: skip
    if any(each.acknowledged is None for each in found):
        click.echo("A manager acknowledges a version herself, signed in, on the page of her role.")
