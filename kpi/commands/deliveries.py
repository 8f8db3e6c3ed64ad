"""``kpi deliveries``."""

from __future__ import annotations

import click

from kpi.commands.options import database, opened, output, practice
from kpi.commands.printing import print_json, print_table


@click.group()
def deliveries() -> None:
    """Say who is to deliver which files; a month that lacks them names them."""


@deliveries.command("list")
@practice
@output
@database
def deliveries_list(practice: str, form: str, db: str | None) -> None:
    """List who is to deliver which files."""
    from kpi.access.actor import operator
    from kpi.review.basis.deliveries import deliveries_of

    rows = [
        {"dataset": each.dataset, "who": each.who, "by": each.by, "at": each.at}
        for each in deliveries_of(opened(db), operator(), practice)
    ]
    if form == "json":
        print_json({"deliveries": rows})
    else:
        print_table(rows, {"dataset": "Dataset", "who": "Delivered by", "by": "Said by",
                           "at": "On"})  # fmt: skip


@deliveries.command("set")
@click.argument("dataset")
@practice
@click.option("--who", required=True, metavar="NAME", help="Person, role or company; '' for none.")
@database
def deliveries_set(dataset: str, practice: str, who: str, db: str | None) -> None:
    """Say who is to deliver a dataset's files each month."""
    from kpi.access.actor import operator
    from kpi.review.basis.deliveries import set_deliverer

    set_deliverer(opened(db), operator(), practice, dataset, who or None)
    click.echo(f"{dataset}: {who or 'nobody named'}.")
