"""Accounts: who may sign in, as which kind, at which practices."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from kpi.access import trail
from kpi.access.actor import Actor, Kind, require
from kpi.access.managers import known_manager
from kpi.access.practices import get_practice
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.people import identities, invitations, sessions, user_practices, users
from kpi.store.tables import practices

SIGNS_IN: tuple[Kind, ...] = ("physician", "manager", "hr", "administrator")
_LONGEST_ID, _LONGEST_NAME = 120, 200


@dataclass(frozen=True, slots=True)
class Account:
    """One account. ``practices`` None: all of them; ``manager``: whose scores are its own;
    ``ready``: it can be signed in with, by a passphrase or by what a provider says."""

    number: int
    id: str
    name: str
    kind: Kind
    manager: str | None
    practices: tuple[str, ...] | None
    ready: bool
    disabled: bool

    @property
    def actor(self) -> Actor:
        """Whoever is signed in with it."""
        within = None if self.practices is None else frozenset(self.practices)
        return Actor(self.kind, self.name, self.manager, within, self.number)


def add_account(
    engine: Engine,
    actor: Actor,
    id: str,
    name: str,
    kind: Kind,
    practice_ids: Sequence[str] | None,
    manager: str | None = None,
) -> Account:
    """Adds an account that cannot sign in yet: an invitation makes it ready.

    ``practice_ids`` None: all practices. Raises InputError for an id in use, a kind that does not
    sign in, and a manager's account that names no manager; NotFound, NotPermitted.
    """
    require(actor, "manage_accounts")
    folded, shown = account_id(id), _shown(name)
    _check(kind, practice_ids, manager)
    with writing(engine) as connection:
        if connection.execute(select(users.c.id).where(users.c.id == folded)).first():
            raise InputError(f"There is an account '{folded}' already; choose another name.")
        if manager is not None:
            known_manager(connection, manager)
        number = connection.execute(
            insert(users)
            .values(
                id=folded, name=shown, kind=kind, manager=manager,
                everywhere=int(practice_ids is None), made_at=now(), made_by=actor.label,
            )
            .returning(users.c.number)
        ).scalar_one()  # fmt: skip
        _scope(connection, actor, number, practice_ids)
        _note(connection, actor, f"added {folded}", kind=kind, practices=practice_ids)
        return account_numbered(connection, number)


def change_account(
    engine: Engine,
    actor: Actor,
    id: str,
    kind: Kind,
    practice_ids: Sequence[str] | None,
    manager: str | None = None,
) -> Account:
    """Gives an account another kind or other practices; it holds from its next action on.

    Raises as ``add_account`` does, and InputError where no administrator would be left.
    """
    require(actor, "manage_accounts")
    _check(kind, practice_ids, manager)
    with writing(engine) as connection:
        found = get_account(connection, id)
        require_looked_after(actor, found)
        if manager is not None:
            known_manager(connection, manager)
        connection.execute(
            update(users)
            .where(users.c.number == found.number)
            .values(kind=kind, manager=manager, everywhere=int(practice_ids is None))
        )
        _scope(connection, actor, found.number, practice_ids)
        _administrator_left(connection, found)
        _note(connection, actor, f"changed {found.id}", kind=kind, practices=practice_ids)
        return account_numbered(connection, found.number)


def disable_account(engine: Engine, actor: Actor, id: str) -> Account:
    """Shuts an account and ends its sessions, at once and in all tabs. Its entries stay.

    Raises NotFound, NotPermitted, and InputError where no administrator would be left.
    """
    require(actor, "manage_accounts")
    with writing(engine) as connection:
        found = get_account(connection, id)
        require_looked_after(actor, found)
        connection.execute(
            update(users)
            .where(users.c.number == found.number)
            .values(disabled_at=now(), passphrase=None)
        )
        for table in (sessions, invitations):
            connection.execute(delete(table).where(table.c.user == found.number))
        _administrator_left(connection, found)
        _note(connection, actor, f"disabled {found.id}")
        return account_numbered(connection, found.number)


def list_accounts(engine: Engine, actor: Actor) -> list[Account]:
    """The accounts that the actor looks after, by id. Raises NotPermitted."""
    require(actor, "manage_accounts")
    with reading(engine) as connection:
        query = select(users).where(users.c.erased_at.is_(None)).order_by(users.c.id)
        rows = connection.execute(query).all()
        found = [_account(connection, row) for row in rows]
    return [each for each in found if _looks_after(actor, each)]


def account_named(engine: Engine, actor: Actor, id: str) -> Account:
    """The account of that id, for somebody who looks after it. Raises NotFound, NotPermitted."""
    require(actor, "manage_accounts")
    with reading(engine) as connection:
        found = get_account(connection, id)
    require_looked_after(actor, found)
    return found


def has_accounts(engine: Engine) -> bool:
    """Whether anybody could sign in at all."""
    with reading(engine) as connection:
        some = select(users.c.number).where(users.c.erased_at.is_(None)).limit(1)
        return connection.execute(some).first() is not None


def get_account(connection: Connection, id: str) -> Account:
    """The account of that id. Raises NotFound, without a hint: names of accounts are not told."""
    row = connection.execute(select(users).where(users.c.id == account_id(id))).first()
    if row is None:
        raise NotFound(f"There is no account '{account_id(id)}'; see them with: kpi account list")
    return _account(connection, row)


def account_numbered(connection: Connection, number: int) -> Account:
    """The account with that number, which a foreign key guarantees."""
    row = connection.execute(select(users).where(users.c.number == number)).one()
    return _account(connection, row)


def require_looked_after(actor: Actor, account: Account) -> None:
    """Raises NotPermitted where an account reaches beyond the practices of who would change it."""
    if not _looks_after(actor, account):
        raise NotPermitted(f"{actor.label} does not look after this account.")


def _looks_after(actor: Actor, account: Account) -> bool:
    if actor.practices is None:
        return True
    return account.practices is not None and {*account.practices} <= actor.practices


def account_id(text: str) -> str:
    """An account's id as it is compared: look-alike forms and case folded.

    Raises InputError for one that is empty, too long, or mixes what is no printable character in.
    """
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    if not folded or len(folded) > _LONGEST_ID or not folded.isprintable() or " " in folded:
        raise InputError(
            f"An account's name has up to {_LONGEST_ID} characters and no blanks; an e-mail "
            "address does well."
        )
    if not folded.isascii():
        raise InputError(
            "An account's name is written with plain letters, digits and signs, so that none can "
            "be taken for another; an e-mail address does well."
        )
    return folded


def _shown(name: str) -> str:
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown or len(shown) > _LONGEST_NAME or not shown.isprintable():
        raise InputError(f"A person's name has from 1 to {_LONGEST_NAME} printable characters.")
    return shown


def _check(kind: str, practice_ids: Sequence[str] | None, manager: str | None) -> None:
    if kind not in SIGNS_IN:
        raise InputError(f"An account is for one of {', '.join(SIGNS_IN)}, not '{kind}'.")
    if (kind == "manager") != (manager is not None):
        raise InputError(
            "A manager's account names the manager whose scores are her own; no other kind does."
        )
    if practice_ids is not None and not practice_ids:
        raise InputError("Name the practices of the account, or say that it is for all.")


def _scope(
    connection: Connection, actor: Actor, number: int, practice_ids: Sequence[str] | None
) -> None:
    if actor.practices is not None and not {*(practice_ids or ("",))} <= actor.practices:
        raise NotPermitted(f"{actor.label} gives nobody practices that are not her or his own.")
    connection.execute(delete(user_practices).where(user_practices.c.user == number))
    for id in dict.fromkeys(practice_ids or ()):
        practice = get_practice(connection, id)
        connection.execute(insert(user_practices).values(user=number, practice=practice.number))


def _administrator_left(connection: Connection, before: Account) -> None:
    """Somebody must be able to let others in from a page."""
    if before.kind != "administrator" or before.practices is not None or before.disabled:
        return
    left = select(users.c.number).where(
        users.c.kind == "administrator", users.c.everywhere == 1, users.c.disabled_at.is_(None)
    )
    if not connection.execute(left).first():
        raise InputError("The last administrator cannot be taken away; make another one first.")


def _note(connection: Connection, actor: Actor, subject: str, **details: Any) -> None:
    trail.note(connection, actor, "account", subject, **details)


def _account(connection: Connection, row: Row[tuple[object, ...]]) -> Account:
    within = connection.execute(
        select(practices.c.id)
        .join(user_practices, user_practices.c.practice == practices.c.number)
        .where(user_practices.c.user == row.number)
        .order_by(practices.c.id)
    ).scalars()
    return Account(
        number=row.number,
        id=row.id,
        name=row.name,
        kind=row.kind,
        manager=row.manager,
        practices=None if row.everywhere else tuple(within),
        ready=row.passphrase is not None or _is_vouched_for(connection, row.number),
        disabled=row.disabled_at is not None,
    )


def _is_vouched_for(connection: Connection, number: int) -> bool:
    tied = select(identities.c.user).where(identities.c.user == number)
    return connection.execute(tied).first() is not None
