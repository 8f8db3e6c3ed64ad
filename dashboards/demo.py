"""The people of the demo: one a kind of reader, with a passphrase that everybody may know."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from kpi.access.accounts import add_account
from kpi.access.actor import Kind, operator
from kpi.access.invitations import choose_passphrase, invite

KNOWN_TO_ALL = "sample practices, made-up people"
WORDS = "This is the demo: made-up practices and people. Nothing here is real."


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo."""

    id: str
    name: str
    kind: Kind
    practices: tuple[str, ...] | None
    manager: str | None = None


DEMO_ACCOUNTS = (
    DemoAccount("physician", "Dr. Ines Falk (sample)", "physician", ("hillcrest", "lakeside")),
    DemoAccount("manager", "Marcus Oyelaran (sample)", "manager", ("hillcrest",), "marcus"),
    DemoAccount("hr", "Noor Adeyemi (sample)", "hr", None),
    DemoAccount("administrator", "Tom Berger (sample)", "administrator", None),
)

OTHERS = (
    DemoAccount("dana", "Dana Whitfield (sample)", "manager", ("lakeside",), "dana"),
)  # fmt: skip
"""Who took part in the reviews, and is not offered at the sign-in; the passphrase is the same."""


def add_demo_accounts(engine: Engine) -> None:
    """Adds the people of the demo to its own database, once the sample practices are there."""
    for each in (*DEMO_ACCOUNTS, *OTHERS):
        add_account(engine, operator(), each.id, each.name, each.kind, each.practices, each.manager)
        choose_passphrase(engine, invite(engine, operator(), each.id), KNOWN_TO_ALL)
