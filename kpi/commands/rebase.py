"""``kpi rebase``."""

from __future__ import annotations

import click

from kpi.commands.options import MONTH, database, opened, output, practice
from kpi.commands.printing import print_json, print_table
from kpi.months import Month


@click.group()
def rebase() -> None:
    """Draw a chart's limits anew from the month in which the process changed."""


@rebase.command("set")
@click.argument("kpi")
@practice
@click.option("--month", type=MONTH, required=True, help="First month with limits of its own.")
@click.option("--reason", required=True, metavar="TEXT", help="What changed in that month.")
@database
def rebase_set(kpi: str, practice: str, month: Month, reason: str, db: str | None) -> None:
    """Draw the limits of a KPI's chart anew from a month on."""
    from kpi.access.actor import operator
    from kpi.review.basis.rebasing import rebase as rebased

    made = rebased(opened(db), operator(), practice, kpi, month, reason)
    click.echo(f"Rebasing {made.number}: limits of {kpi} are drawn anew from {month.words} on.")


@rebase.command("list")
@practice
@output
@database
def rebase_list(practice: str, form: str, db: str | None) -> None:
    """List which charts have limits of their own from which month on, and why."""
    from kpi.access.actor import operator
    from kpi.review.basis.rebasing import rebasings_of

    rows = [
        {
            "number": each.number, "kpi": each.kpi, "month": str(each.month),
            "reason": each.reason, "by": each.by, "at": each.at,
            "withdrawn_by": each.withdrawn_by, "withdrawn_at": each.withdrawn_at,
        }
        for each in rebasings_of(opened(db), operator(), practice)
    ]  # fmt: skip
    if form == "json":
        print_json({"rebasings": rows})
    else:
        headings = {"number": "Number", "kpi": "KPI", "month": "From", "by": "By", "at": "On"}
        print_table(rows, headings | {"withdrawn_at": "Withdrawn", "reason": "Reason"})


@rebase.command("withdraw")
@click.argument("number", type=int)
@practice
@database
def rebase_withdraw(number: int, practice: str, db: str | None) -> None:
    """Put a chart's limits back as they were."""
    from kpi.access.actor import operator
    from kpi.review.basis.rebasing import withdraw_rebasing

    found = withdraw_rebasing(opened(db), operator(), practice, number)
    click.echo(f"Rebasing {number} of {found.kpi} is withdrawn.")
