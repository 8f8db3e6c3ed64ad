"""``kpi account``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import click

from kpi.commands.options import database, opened, output
from kpi.commands.printing import print_json, print_lines, print_table

if TYPE_CHECKING:
    from kpi.access.accounts import Account
    from kpi.access.actor import Kind

_BASE = "http://127.0.0.1:8501"
"""Where ``kpi serve`` answers."""
_KINDS = ("physician", "manager", "hr", "administrator")

_kind = click.Choice(_KINDS)
_practices = click.option(
    "--practice", "practices", multiple=True, metavar="ID",
    help="A practice of the account. May be repeated.",
)  # fmt: skip
_all_practices = click.option("--all-practices", is_flag=True, help="For all practices.")


@click.group()
def account() -> None:
    """Say who may sign in, as what, at which practices."""


@account.command("add")
@click.argument("id")
@click.option("--name", required=True, help="Name that people read.")
@click.option("--kind", type=_kind, required=True, help="What she or he may do.")
@_practices
@_all_practices
@click.option("--manager", metavar="ID", help="Whose scores are a manager's own.")
@database
def account_add(
    id: str,
    name: str,
    kind: str,
    practices: tuple[str, ...],
    all_practices: bool,
    manager: str | None,
    db: str | None,
) -> None:
    """Add an account; an invitation lets its owner choose a passphrase."""
    from kpi.access.accounts import add_account
    from kpi.access.actor import operator

    if bool(practices) == all_practices:
        raise click.UsageError("Give either --practice ID, once or more, or --all-practices.")
    scope = None if all_practices else practices
    added = add_account(opened(db), operator(), id, name, cast("Kind", kind), scope, manager)
    click.echo(f"Added {_words(added)}. Let her or him in with: kpi account invite {added.id}")


@account.command("list")
@output
@database
def account_list(form: str, db: str | None) -> None:
    """List accounts."""
    from kpi.access.accounts import list_accounts
    from kpi.access.actor import operator

    found = list_accounts(opened(db), operator())
    if form == "json":
        print_json({"accounts": [_document(each) for each in found]})
        return
    rows = [
        {**_document(each), "practices": "all" if each.practices is None else list(each.practices),
         "state": _state(each)}
        for each in found
    ]  # fmt: skip
    print_table(rows, {"id": "Account", "name": "Name", "kind": "Kind", "practices": "Practices",
                       "manager": "Manager", "state": "State"})  # fmt: skip


@account.command("invite")
@click.argument("id")
@database
def account_invite(id: str, db: str | None) -> None:
    """Print a link, once, by which somebody chooses a passphrase."""
    from kpi.access.actor import operator
    from kpi.access.invitations import invite

    print_link(invite(opened(db), operator(), id))


@account.command("password")
@click.argument("id")
@database
def account_password(id: str, db: str | None) -> None:
    """Take a passphrase away, end the sessions, and print a link for a new one."""
    from kpi.access.actor import operator
    from kpi.access.invitations import reset

    print_link(reset(opened(db), operator(), id))


@account.command("change")
@click.argument("id")
@click.option("--kind", type=_kind, help="What she or he may do.")
@_practices
@_all_practices
@click.option("--manager", metavar="ID", help="Whose scores are a manager's own.")
@database
def account_change(
    id: str,
    kind: str | None,
    practices: tuple[str, ...],
    all_practices: bool,
    manager: str | None,
    db: str | None,
) -> None:
    """Change an account's kind or practices; what is left out stays."""
    from kpi.access.accounts import account_named, change_account
    from kpi.access.actor import operator

    if practices and all_practices:
        raise click.UsageError("Give --practice or --all-practices, not both.")
    engine, actor = opened(db), operator()
    found = account_named(engine, actor, id)
    scope = None if all_practices else practices or found.practices
    wanted = kind or found.kind
    own = manager or (found.manager if wanted == "manager" else None)
    changed = change_account(engine, actor, id, cast("Kind", wanted), scope, own)
    click.echo(f"Changed to {_words(changed)}. It holds from the next action on.")


@account.command("disable")
@click.argument("id")
@database
def account_disable(id: str, db: str | None) -> None:
    """Shut an account, and end its sessions at once."""
    from kpi.access.accounts import disable_account
    from kpi.access.actor import operator

    found = disable_account(opened(db), operator(), id)
    click.echo(
        f"{found.id} is shut and signed out everywhere. Open it again with: "
        f"kpi account invite {found.id}"
    )


@account.command("erase")
@click.argument("id")
@database
def account_erase(id: str, db: str | None) -> None:
    """Erase a shut account's name, sign-in name and all that one signs in with, for good."""
    from kpi.access.actor import operator
    from kpi.access.erasing import erase_account

    number = erase_account(opened(db), operator(), id)
    click.echo(
        f"Account {number} is erased. Signed steps and the trail name its owner as they did; "
        "docs/privacy.md says why."
    )


def print_link(secret: str) -> None:
    """Prints the link of an invitation: the link by itself on standard output."""
    print_lines(
        "This link works once, for three days, and is not shown again. Give it to nobody but its "
        f"owner. Where the dashboard has another address, put that in place of {_BASE}.",
        err=True,
    )  # fmt: skip
    click.echo(f"{_BASE}/auth/invitation#{secret}")


def _document(found: Account) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "kind": found.kind,
        "manager": found.manager,
        "practices": None if found.practices is None else list(found.practices),
        "ready": found.ready,
        "disabled": found.disabled,
    }


def _state(found: Account) -> str:
    if found.disabled:
        return "shut"
    return "open" if found.ready else "no passphrase yet"


def _words(found: Account) -> str:
    places = "all practices" if found.practices is None else ", ".join(found.practices)
    return f"{found.id}: {found.name}, {found.kind}, {places}"
