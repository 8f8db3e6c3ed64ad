"""``kpi init``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kpi.commands.options import database

if TYPE_CHECKING:
    from sqlalchemy import Engine


@click.command()
@database
def init(db: str | None) -> None:
    """Make or upgrade the database and the hash key."""
    from kpi.store.engine import database_file, writing
    from kpi.store.schema import init_database
    from kpi.store.secret import key_file, make_key

    engine = init_database(db or click.get_current_context().find_root().obj)
    with writing(engine) as connection:
        made = make_key(connection)
    place = database_file(engine) or engine.url.render_as_string(hide_password=True)
    click.echo(f"The database is ready: {place}")
    if made:
        click.echo(
            f"A hash key was made: {key_file()}\n"
            "Keep a copy apart from the database: without it new exports no longer match old ones."
        )
    click.echo(
        "Names and record numbers are not stored, but visit dates and times are: the database, "
        "its backups and row exports are protected health information."
    )
    if sys.stdin.isatty() and sys.stdout.isatty():
        _first_administrator(engine)


def _first_administrator(engine: Engine) -> None:
    """Asks, where nobody has an account yet, who lets the others in from a page."""
    from kpi.access.accounts import add_account, list_accounts
    from kpi.access.actor import operator
    from kpi.access.invitations import invite
    from kpi.commands.account import print_link

    if list_accounts(engine, operator()):
        return
    click.echo("Nobody can sign in yet. Who is to be the first administrator?")
    id = click.prompt("E-mail address (empty: nobody yet)", default="", show_default=False)
    if not id.strip():
        click.echo("Add one later with: kpi account add")
        return
    name = click.prompt("Name")
    added = add_account(engine, operator(), id, name, "administrator", None)
    print_link(invite(engine, operator(), added.id))
