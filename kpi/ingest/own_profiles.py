"""A practice's own profiles: layouts that somebody mapped once, and that are read from then on."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.errors import InputError, NotFound, nearest
from kpi.ingest.clean.identifiers import masked
from kpi.ingest.mapping.profile import Profile, all_profiles, read_profile
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.tables import practice_profiles

_LONGEST = 80
"""Characters of a profile's name."""


def own_profiles(connection: Connection, practice: Practice) -> tuple[Profile, ...]:
    """All profiles that a practice has saved, by name."""
    query = (
        select(practice_profiles.c.name, practice_profiles.c.text)
        .where(practice_profiles.c.practice == practice.number)
        .order_by(practice_profiles.c.name)
    )
    return tuple(_read(practice, name, text) for name, text in connection.execute(query))


def _read(practice: Practice, name: str, text: str) -> Profile:
    try:
        return read_profile(name, text, own=True)
    except ValueError as error:
        raise InputError(
            f"{error} It was saved by another version. Save it anew, or remove it: "
            f'kpi profiles remove "{name}" --practice {practice.id}'
        ) from None


def known_profiles(engine: Engine, actor: Actor, practice_id: str) -> tuple[Profile, ...]:
    """Every profile by which a practice's files are read: its own, then the shipped ones.

    Raises NotFound and NotPermitted.
    """
    require(actor, "upload", practice_id)
    with reading(engine) as connection:
        own = own_profiles(connection, get_practice(connection, practice_id))
    return (*own, *all_profiles())


def checked_name(name: str) -> str:
    """The name, if a profile can have it. Raises InputError."""
    if not (0 < len(name) <= _LONGEST and name.isprintable() and name == name.strip()):
        raise InputError(
            f"'{name[:_LONGEST]}' cannot be the name of a profile; use up to {_LONGEST} letters, "
            "digits and blanks."
        )
    return name


def saved_text(engine: Engine, actor: Actor, practice_id: str, name: str) -> str:
    """The YAML of a profile of a practice's own. Raises NotFound and NotPermitted."""
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        return _saved(connection, get_practice(connection, practice_id), name)


def remove_profile(engine: Engine, actor: Actor, practice_id: str, name: str) -> None:
    """Removes a profile of a practice's own; records that were read by it stay.

    Raises NotFound and NotPermitted.
    """
    require(actor, "upload", practice_id)
    with writing(engine) as connection:
        practice = get_practice(connection, practice_id)
        _saved(connection, practice, name)
        connection.execute(delete(practice_profiles).where(*_named(practice, name)))
        said = f"removed layout {masked(name)}"
        trail.note(connection, actor, "mapping", said, practice.number)


def _named(practice: Practice, name: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return practice_profiles.c.practice == practice.number, practice_profiles.c.name == name


def _saved(connection: Connection, practice: Practice, name: str) -> str:
    query = select(practice_profiles.c.text).where(*_named(practice, name))
    text: str | None = connection.execute(query).scalar_one_or_none()
    if text is None:
        known = [each.name for each in own_profiles(connection, practice)]
        raise NotFound(
            f"{practice.id} has no profile of its own named '{name}'.{nearest(name, known)}"
        )
    return text


def save_profile(engine: Engine, actor: Actor, practice_id: str, name: str, text: str) -> Profile:
    """Saves a profile of a practice's own, in place of one of the same name.

    Raises InputError for a profile that is wrongly written, NotFound and NotPermitted.
    """
    require(actor, "upload", practice_id)
    checked_name(name)
    try:
        profile = read_profile(name, text, own=True)
    except ValueError as error:
        raise InputError(str(error)) from None
    with writing(engine) as connection:
        practice = get_practice(connection, practice_id)
        connection.execute(delete(practice_profiles).where(*_named(practice, name)))
        connection.execute(
            insert(practice_profiles).values(
                practice=practice.number, name=name, text=text, saved_by=actor.label, saved_at=now()
            )
        )
        said = f"saved layout {masked(name)}"
        trail.note(connection, actor, "mapping", said, practice.number)
    return profile
