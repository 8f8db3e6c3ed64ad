"""What a person left standing on the pages: her own, by her account, and nobody else's to read."""

from __future__ import annotations

from sqlalchemy import Engine, delete, insert, select

from kpi.access.actor import Actor
from kpi.errors import InputError, NotPermitted
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.kept import kept

LONGEST = 20_000
_MOST = 200
"""The most places of one account, so that no page can fill the database."""


def kept_at(engine: Engine, actor: Actor, place: str) -> str:
    """What the actor left at a place; empty where it is nothing, and for who has no account."""
    with reading(engine) as connection:
        found = connection.execute(
            select(kept.c.text).where(kept.c.user == actor.user, kept.c.place == place)
        ).scalar_one_or_none()
    return found or ""


def keep(engine: Engine, actor: Actor, place: str, text: str) -> None:
    """Keeps a text at a place, in place of what stood there; an empty one leaves nothing.

    Raises NotPermitted for who has no account, InputError for more than there is room for.
    """
    if actor.user is None:
        raise NotPermitted(f"{actor.label} has no account that anything could be kept under.")
    if len(text) > LONGEST:
        raise InputError(f"What is kept at one place has at most {LONGEST:,} characters.")
    with writing(engine) as connection:
        own = kept.c.user == actor.user
        connection.execute(delete(kept).where(own, kept.c.place == place))
        if not text:
            return
        connection.execute(insert(kept).values(user=actor.user, place=place, text=text, at=now()))
        places = connection.execute(
            select(kept.c.place).where(own).order_by(kept.c.at.desc(), kept.c.place)
        ).scalars()
        for oldest in [*places][_MOST:]:
            connection.execute(delete(kept).where(own, kept.c.place == oldest))
