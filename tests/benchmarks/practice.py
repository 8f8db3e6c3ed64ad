"""A database with one practice and nothing else, and the loading of its appointments."""

from pathlib import Path

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.practices import add_practice
from kpi.ingest.ingestion import ingest
from kpi.store.engine import writing
from kpi.store.schema import init_database
from kpi.store.secret import make_key

PRACTICE = "bench"


def empty_practice(folder: Path) -> Engine:
    """A new SQLite database in the folder, with the practice and nothing else."""
    engine = init_database(f"sqlite:///{folder / 'rolecard.db'}")
    with writing(engine) as connection:
        make_key(connection)
    open_practice(engine)
    return engine


def open_practice(engine: Engine) -> None:
    """The practice, with nothing yet."""
    add_practice(engine, operator(), PRACTICE, "Benchmark Practice")


def load(engine: Engine, file: Path) -> None:
    """Loads a file of appointments. Fails where it is refused."""
    for receipt in ingest(engine, operator(), PRACTICE, file, file.name, dataset="appointments"):
        if receipt.status != "loaded":
            raise RuntimeError(receipt.message)
