"""``kpi plan``."""

from __future__ import annotations

from datetime import date

import click

from kpi.commands.options import DAY, database, opened, output, practice
from kpi.commands.printing import print_json, print_table
from kpi.commands.score import manager_option


@click.group()
def plan() -> None:
    """Keep a manager's development plan: what is to be done by whom until when."""


@plan.command("add")
@click.argument("action")
@manager_option
@practice
@click.option("--owner", required=True, metavar="NAME", help="Who does it.")
@click.option("--due", type=DAY, required=True, metavar="YYYY-MM-DD", help="Until when.")
@click.option("--kpi", "kpi_id", metavar="KPI", help="The KPI that it is for.")
@database
def plan_add(
    action: str,
    manager: str,
    practice: str,
    owner: str,
    due: date,
    kpi_id: str | None,
    db: str | None,
) -> None:
    """Add an action to a manager's plan."""
    from kpi.access.actor import operator
    from kpi.review.cycle.plan import add_action

    made = add_action(opened(db), operator(), manager, practice, action, owner, due, kpi_id)
    click.echo(f"Action {made.number} of {manager}'s plan, due {made.due}.")


@plan.command("change")
@click.argument("number", type=int)
@manager_option
@practice
@click.option(
    "--seen", type=int, required=True, metavar="VERSION", help="The version that you looked at."
)
@click.option("--action", help="Another text.")
@click.option("--owner", metavar="NAME", help="Somebody else who does it.")
@click.option("--due", type=DAY, metavar="YYYY-MM-DD", help="Another day.")
@click.option("--state", type=click.Choice(["open", "done", "dropped"]), help="How it stands.")
@database
def plan_change(
    number: int,
    manager: str,
    practice: str,
    seen: int,
    action: str | None,
    owner: str | None,
    due: date | None,
    state: str | None,
    db: str | None,
) -> None:
    """Change an action, or say that it is done or dropped."""
    from kpi.access.actor import operator
    from kpi.review.cycle.plan import change_action

    made = change_action(
        opened(db), operator(), manager, practice, number, seen, action, owner, due, state
    )
    click.echo(f"Action {made.number} is {made.state}, due {made.due}; version {made.version}.")


@plan.command("list")
@manager_option
@practice
@output
@database
def plan_list(manager: str, practice: str, form: str, db: str | None) -> None:
    """List the actions of a manager's plan, open ones first."""
    from kpi.access.actor import operator
    from kpi.review.cycle.plan import action_document, plan_of

    rows = [action_document(each) for each in plan_of(opened(db), operator(), manager, practice)]
    if form == "json":
        print_json({"plan": rows})
    else:
        print_table(rows, {"number": "Number", "version": "Version", "action": "Action",
                           "kpi": "KPI", "owner": "Owner", "due": "Due", "state": "State",
                           "by": "Saved by"})  # fmt: skip
