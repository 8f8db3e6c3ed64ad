"""Practices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, select

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.errors import InputError, NotFound, nearest
from kpi.store.engine import reading, writing
from kpi.store.tables import practices

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice. ``number`` leads the keys of its rows; ``fiscal_start`` is a month, 1 to 12."""

    number: int
    id: str
    name: str
    timezone: str
    fiscal_start: int


def add_practice(
    engine: Engine, actor: Actor, id: str, name: str, timezone: str = "UTC", fiscal_start: int = 1
) -> Practice:
    """Adds a practice. Raises InputError for an id in use, an unknown time zone, a wrong month."""
    require(actor, "manage_people")
    checked_id(id, "practice")
    _check_zone(timezone)
    if not 1 <= fiscal_start <= 12:
        raise InputError(f"The fiscal year starts in a month from 1 to 12, not {fiscal_start}.")
    with writing(engine) as connection:
        taken = connection.execute(select(practices.c.id).where(practices.c.id == id)).first()
        if taken:
            raise InputError(f"There is a practice '{id}' already; choose another id.")
        connection.execute(
            practices.insert().values(
                id=id,
                name=name.strip() or id,
                timezone=timezone,
                fiscal_start=fiscal_start,
                revision=0,
            )
        )
        added = get_practice(connection, id)
        trail.note(connection, actor, "people", f"added practice {id}", added.number)
        return added


def list_practices(engine: Engine, actor: Actor) -> list[Practice]:
    """The practices that the actor may see, by id. Raises NotPermitted."""
    require(actor, "read_people")
    with reading(engine) as connection:
        rows = connection.execute(practices.select().order_by(practices.c.id))
        found = [_practice(row) for row in rows]
    return [each for each in found if actor.practices is None or each.id in actor.practices]


def practice_named(engine: Engine, actor: Actor, id: str) -> Practice:
    """The practice of that id, for somebody who loads its files. Raises NotFound, NotPermitted."""
    require(actor, "upload", id)
    with reading(engine) as connection:
        return get_practice(connection, id)


def get_practice(connection: Connection, id: str) -> Practice:
    """The practice of that id. Raises NotFound with the nearest one."""
    row = connection.execute(practices.select().where(practices.c.id == id)).first()
    if row is None:
        known = list(connection.execute(select(practices.c.id)).scalars())
        raise NotFound(
            f"There is no practice '{id}'.{nearest(id, known)} "
            "See them with: kpi practice list; add one with: kpi practice add"
        )
    return _practice(row)


def practice_by_number(connection: Connection, number: int) -> Practice:
    """The practice with that number, which a foreign key guarantees."""
    row = connection.execute(practices.select().where(practices.c.number == number)).one()
    return _practice(row)


def practices_numbered(connection: Connection, numbers: Select[tuple[int]]) -> dict[int, Practice]:
    """The practices whose numbers a query gives, by number."""
    rows = connection.execute(practices.select().where(practices.c.number.in_(numbers)))
    return {row.number: _practice(row) for row in rows}


def _practice(row: Row[Any]) -> Practice:
    return Practice(row.number, row.id, row.name, row.timezone, row.fiscal_start)


def is_id(text: str) -> bool:
    """Whether a text fits in addresses and file names as an id."""
    return _ID.fullmatch(text) is not None


def checked_id(id: str, what: str) -> str:
    """The id, if it is one that fits in addresses and file names. Raises InputError."""
    if not is_id(id):
        raise InputError(
            f"'{id}' cannot be the id of a {what}; use up to 60 small letters, digits, '-' and '_'."
        )
    return id


def _check_zone(name: str) -> None:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = nearest(name, available_timezones())
        raise InputError(
            f"'{name}' is not a time zone.{hint} Write it like America/New_York."
        ) from None
