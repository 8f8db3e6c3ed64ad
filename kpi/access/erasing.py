"""Erasing a person's account: what was needed to sign in goes, what was signed stays as signed."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, delete, select, update

from kpi.access import trail
from kpi.access.accounts import Account, get_account, require_looked_after
from kpi.access.actor import Actor, require
from kpi.access.holds import holds_touching, is_any_held
from kpi.errors import InputError
from kpi.store.clock import now
from kpi.store.engine import forget, writing
from kpi.store.kept import kept
from kpi.store.people import identities, invitations, sessions, user_practices, users
from kpi.store.reviews import review_steps, reviews
from kpi.store.tables import practices

_FINAL = "final"


def erase_account(engine: Engine, actor: Actor, id: str) -> int:
    """Erases an account: its name, sign-in name, passphrase, identities, sessions, invitations,
    practices, manager, and what it left on the pages. Its number stays and is given to nobody else;
    gives it.

    Steps of reviews, acknowledgements, uploads and the trail name the person as they did: they are
    sealed or frozen, and prove who did what. Raises NotFound, NotPermitted, and InputError for an
    account that is not shut, that a hold touches, or whose owner has a part in a review that is
    not final.
    """
    require(actor, "manage_accounts")
    with writing(engine) as connection:
        found = get_account(connection, id)
        require_looked_after(actor, found)
        _refuse_open(connection, found)
        connection.execute(
            update(users)
            .where(users.c.number == found.number)
            # A blank stands in no sign-in name, so that nobody's is taken by this one.
            .values(
                id=f"erased {found.number}", name=f"Erased account {found.number}",
                manager=None, everywhere=0, passphrase=None, erased_at=now(),
            )
        )  # fmt: skip
        for table in (identities, invitations, sessions, user_practices, kept):
            connection.execute(delete(table).where(table.c.user == found.number))
        trail.note(connection, actor, "account", f"erased account {found.number}")
    forget(engine)
    return found.number


def _refuse_open(connection: Connection, account: Account) -> None:
    if not account.disabled:
        raise InputError(
            f"{account.id} is open, and erasing cannot be taken back; shut it first, with: "
            f"kpi account disable {account.id}"
        )
    if _is_held(connection, account):
        raise InputError(
            f"{account.id} is under a hold, its manager's or a practice's; it can be erased when "
            "HR has released that."
        )
    own = reviews.c.manager == account.manager
    taken = select(review_steps.c.review).where(review_steps.c.user == account.number)
    under_way = connection.execute(
        select(reviews.c.number)
        .where(reviews.c.state != _FINAL, own | reviews.c.number.in_(taken))
        .order_by(reviews.c.number)
    ).scalars()
    if open_ones := ", ".join(map(str, under_way)):
        raise InputError(
            f"{account.id} has a part in what is not final yet (review {open_ones}); the account "
            "can be erased when that is."
        )


def _is_held(connection: Connection, account: Account) -> bool:
    if account.practices is None and is_any_held(connection):
        return True
    numbers = connection.execute(
        select(practices.c.number).where(practices.c.id.in_(account.practices or ()))
    ).scalars()
    return any(
        holds_touching(connection, practice, account.manager) for practice in (None, *numbers)
    )
