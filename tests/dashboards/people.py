"""Who looks at the pages in tests: one of each kind, made when they first sign in."""

from __future__ import annotations

from kpi.access.accounts import add_account, get_account
from kpi.access.actor import Kind, operator
from kpi.access.kept import keep
from kpi.access.sessions import start
from kpi.errors import DatabaseError, NotFound
from kpi.store.engine import reading, writing
from kpi.store.schema import open_database

# Kind, practices, and whose scores are her own. Sam's practice is another one.
PEOPLE: dict[str, tuple[Kind, tuple[str, ...] | None, str | None]] = {
    "physician": ("physician", None, None),
    "partner": ("physician", ("maple",), None),
    "manager": ("manager", ("maple",), "robin"),
    "sam": ("manager", ("oak",), "sam"),
    "hr": ("hr", None, None),
    "administrator": ("administrator", None, None),
}


def signed_in(id: str, guided: bool = False) -> str | None:
    """The secret of a new session of theirs; None where there is no database to sign in to.
    ``guided``: the guide of a first visit stands where they left it; else it was put away."""
    kind, practices, manager = PEOPLE[id]
    try:
        engine = open_database()
    except DatabaseError:
        return None
    try:
        with reading(engine) as connection:
            account = get_account(connection, id)
    except NotFound:
        name = f"{id.title()} Example"
        account = add_account(engine, operator(), id, name, kind, practices, manager)
    if not guided:
        keep(engine, account.actor, "guide", "0")
    with writing(engine) as connection:
        secret = start(connection, account)
    engine.dispose()
    return secret
