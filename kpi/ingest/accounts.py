"""Which category each account of the ledger belongs to, said once for a practice."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, delete, distinct, func, insert, select

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.practices import get_practice
from kpi.datasets import dataset as dataset_named
from kpi.errors import InputError, nearest
from kpi.ingest.clean.identifiers import masked
from kpi.measures.aggregates import RECORD
from kpi.measures.figure_log import Cause, record
from kpi.measures.refresh import Moved, refresh
from kpi.store.engine import reading, writing
from kpi.store.tables import accounts, records

# Words of account names that point to a category; the first that fits is proposed.
_HINTS = (
    ("provider_compensation", ("physician", "provider", "doctor", "associate pay")),
    ("payroll", ("payroll", "wage", "salar", "staff", "benefit")),
    ("rent", ("rent", "lease", "utilit", "electric", "telephone", "janitor")),
    ("drugs", ("drug", "vaccine", "pharm", "immuniz")),
    ("supplies", ("suppl", "materials", "postage")),
    ("insurance", ("insurance", "malpractice")),
    ("technology", ("software", "computer", "internet", "technology", "ehr", "hosting")),
    ("billing", ("billing", "clearinghouse", "collection", "merchant", "bank")),
    ("marketing", ("marketing", "advertis", "website", "promotion")),
)


def categories() -> tuple[str, ...]:
    """The categories an expense account can have."""
    return tuple(dataset_named("ledger").column("category").choices)


def proposed(account: str) -> str | None:
    """The category that an account's name points to, for a person to confirm; None if none."""
    name = account.casefold()
    return next(
        (category for category, words in _HINTS if any(word in name for word in words)), None
    )


def list_accounts(engine: Engine, actor: Actor, practice_id: str) -> list[dict[str, Any]]:
    """The practice's expense accounts: category (the file's or the mapped one), proposal, amount.

    ``amount`` is in dollars, over all months; ``from_file`` says the export names the category.
    """
    require(actor, "read_uploads", practice_id)
    table = records["ledger"]
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        mapped = {
            row.account: row.category
            for row in connection.execute(
                select(accounts).where(accounts.c.practice == practice.number)
            )
        }
        query = (
            select(
                table.c.account,
                func.count(distinct(table.c.record_month)),
                func.sum(table.c.amount),
                func.count(),
                func.count(table.c.category),
                func.max(table.c.category),
            )
            .where(
                table.c.practice == practice.number, table.c.live == 1, table.c.kind == "expense"
            )
            .group_by(table.c.account)
            .order_by(table.c.account)
        )
        return [
            {
                "account": account,
                "category": category if filled == rows else mapped.get(account),
                "from_file": filled == rows,
                "proposed": proposed(account),
                "months": months,
                "amount": int(amount) / 100,
            }
            for account, months, amount, rows, filled, category in connection.execute(query)
        ]


def set_account(
    engine: Engine, actor: Actor, practice_id: str, account: str, category: str
) -> None:
    """Gives an account its category and brings the ledger's measures up to date.

    Raises InputError for an unknown category or account.
    """
    require(actor, "upload", practice_id)
    if category not in categories():
        raise InputError(
            f"'{category}' is not a category.{nearest(category, categories())} "
            f"Known: {', '.join(categories())}."
        )
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        table = records["ledger"]
        live = (table.c.practice == practice.number) & (table.c.live == 1)
        months = set(
            connection.execute(
                select(table.c.record_month).where(live, table.c.account == account).distinct()
            ).scalars()
        )
        if not months:
            known = connection.execute(select(table.c.account).where(live).distinct()).scalars()
            raise InputError(
                f"The ledger of {practice_id} has no account '{account}'."
                f"{nearest(account, known)} See them with: "
                f"kpi accounts list --practice {practice_id}"
            )
        connection.execute(
            delete(accounts).where(
                accounts.c.practice == practice.number, accounts.c.account == account
            )
        )
        connection.execute(
            insert(accounts).values(practice=practice.number, account=account, category=category)
        )
        moved = Moved({RECORD: {code for code in months if code is not None}})
        moves = refresh(connection, practice.number, "ledger", moved)
        record(connection, practice.number, "ledger", Cause.CATEGORISED, actor.label, None, moves)
        said = f"account {masked(account)} is {category}"
        trail.note(connection, actor, "mapping", said, practice.number)
