"""Databases that tests make for themselves."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, make_url, text

from kpi.store.engine import writing
from kpi.store.schema import init_database
from kpi.store.secret import make_key


def made(url: str) -> Engine:
    """A database as ``kpi init`` makes it, with its hash key in the home of the test."""
    engine = init_database(url)
    with writing(engine) as connection:
        make_key(connection)
    return engine


@contextmanager
def own_postgres(server: str) -> Iterator[str]:
    """The URL of a new PostgreSQL database, which is gone afterwards."""
    name = f"rolecard_{uuid.uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()
