"""Accounts for tests: made by the operator, with a passphrase that is known here."""

from sqlalchemy import Engine

from kpi.access.accounts import Account, add_account
from kpi.access.actor import Kind, operator
from kpi.access.invitations import choose_passphrase, invite

PASSPHRASE = "violet anchors migrate slowly"


def somebody(
    engine: Engine,
    id: str,
    kind: Kind,
    practices: tuple[str, ...] | None = ("lakeside",),
    manager: str | None = None,
) -> Account:
    """An account that can sign in with PASSPHRASE."""
    name = f"{id.partition('@')[0].title()} Example"
    add_account(engine, operator(), id, name, kind, practices, manager)
    return choose_passphrase(engine, invite(engine, operator(), id), PASSPHRASE)
