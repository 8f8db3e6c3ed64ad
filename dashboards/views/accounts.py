"""The accounts that people sign in with, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from dashboards.views.direction import isolated
from dashboards.views.words import KIND
from kpi.access.accounts import Account
from kpi.numbers import DASH

HEADINGS = ("Name", "Kind", "Practices", "State", "Account", "Scores of")


def account_rows(found: Sequence[Account]) -> list[tuple[str, ...]]:
    """The list as a table's rows: open accounts first, each part by name."""
    ordered = sorted(found, key=lambda each: (each.disabled, each.name.casefold(), each.id))
    return [
        (
            each.name, KIND[each.kind], places_of(each), state_of(each), each.id,
            each.manager or DASH,
        )
        for each in ordered
    ]  # fmt: skip


def places_of(account: Account) -> str:
    """The account's practices in words."""
    return "All" if account.practices is None else ", ".join(account.practices)


def state_of(account: Account) -> str:
    """Whether one can sign in with it."""
    if account.disabled:
        return "Shut"
    return "Open" if account.ready else "No passphrase yet"


def label(account: Account) -> str:
    """An account in one line, for a choice."""
    return f"{isolated(account.name)}, {KIND[account.kind]} ({account.id})"


def link(page: str | None, secret: str) -> str:
    """The address by which an invitation is taken up; ``page``: that of the page one looks at.

    The secret stands behind ``#``, which browsers keep to themselves: it gets into no log.
    """
    parts = urlsplit(page or "http://127.0.0.1:8501")
    return f"{parts.scheme}://{parts.netloc}/auth/invitation#{secret}"
