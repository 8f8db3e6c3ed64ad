"""A practice's own profiles: layouts that somebody mapped once, and that are read from then on."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, delete, insert, select

from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.errors import InputError
from kpi.ingest.mapping.profile import Profile, all_profiles, read_profile
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.tables import practice_profiles


def own_profiles(connection: Connection, practice: Practice) -> tuple[Profile, ...]:
    """All profiles that a practice has saved, by name."""
    query = (
        select(practice_profiles.c.name, practice_profiles.c.text)
        .where(practice_profiles.c.practice == practice.number)
        .order_by(practice_profiles.c.name)
    )
    return tuple(read_profile(name, text, own=True) for name, text in connection.execute(query))


def known_profiles(engine: Engine, actor: Actor, practice_id: str) -> tuple[Profile, ...]:
    """Every profile by which a practice's files are read: its own, then the shipped ones.

    Raises NotFound and NotPermitted.
    """
    require(actor, "upload", practice_id)
    with reading(engine) as connection:
        own = own_profiles(connection, get_practice(connection, practice_id))
    return (*own, *all_profiles())


def save_profile(engine: Engine, actor: Actor, practice_id: str, name: str, text: str) -> Profile:
    """Saves a profile of a practice's own, in place of one of the same name.

    Raises InputError for a profile that is wrongly written, NotFound and NotPermitted.
    """
    require(actor, "upload", practice_id)
    try:
        profile = read_profile(name, text, own=True)
    except ValueError as error:
        raise InputError(str(error)) from None
    with writing(engine) as connection:
        practice = get_practice(connection, practice_id)
        mine = (practice_profiles.c.practice == practice.number, practice_profiles.c.name == name)
        connection.execute(delete(practice_profiles).where(*mine))
        connection.execute(
            insert(practice_profiles).values(
                practice=practice.number, name=name, text=text, saved_by=actor.label, saved_at=now()
            )
        )
    return profile
