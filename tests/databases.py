"""Databases that tests make for themselves."""

from sqlalchemy import Engine

from kpi.store.engine import writing
from kpi.store.schema import init_database
from kpi.store.secret import make_key


def made(url: str) -> Engine:
    """A database as ``kpi init`` makes it, with its hash key in the home of the test."""
    engine = init_database(url)
    with writing(engine) as connection:
        make_key(connection)
    return engine
