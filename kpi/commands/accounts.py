"""``kpi accounts``."""

from __future__ import annotations

import click

from kpi.commands.options import database, opened, output, practice
from kpi.commands.printing import print_json, print_table


@click.group()
def accounts() -> None:
    """Give ledger accounts their category."""


@accounts.command("list")
@practice
@output
@database
def accounts_list(practice: str, form: str, db: str | None) -> None:
    """List expense accounts, with a proposal for those without a category."""
    from kpi.access.actor import operator
    from kpi.ingest.accounts import list_accounts

    rows = list_accounts(opened(db), operator(), practice)
    if form == "json":
        print_json({"accounts": rows})
    else:
        print_table(rows, {"account": "Account", "category": "Category", "proposed": "Proposed",
                           "months": "Months"})  # fmt: skip


@accounts.command("set")
@click.argument("account")
@click.argument("category")
@practice
@database
def accounts_set(account: str, category: str, practice: str, db: str | None) -> None:
    """Give an account its category, for all months."""
    from kpi.access.actor import operator
    from kpi.ingest.accounts import set_account

    set_account(opened(db), operator(), practice, account, category)
    click.echo(f"{account} is {category}.")
