"""A review that was made final under the first schema with reviews verifies under every later one.

``frozen/review_0010.json`` is all that such a database held, with its key: the office of
``tests.scored``, its first quarter final, dumped under schema 0010. ``frozen/scorecard_0010.json``
is the scorecard that was handed out. Neither is made again: both are to stay readable for ever.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, MetaData, create_engine, insert, text

from kpi.access.actor import Actor, operator
from kpi.access.audit import seals
from kpi.review.frozen.canonical import hash_of_bytes
from kpi.review.frozen.document import scorecard_document
from kpi.review.frozen.verifying import verify_file, verify_review
from kpi.store.engine import connect, writing
from kpi.store.schema import init_database, open_database
from kpi.store.secret import key_file
from tests.review.reviewed import FIRST, LAST

FROZEN = Path(__file__).parent / "frozen"
SCORECARD = FROZEN / "scorecard_0010.json"
MIGRATIONS = Path(__file__).parents[2] / "kpi" / "store" / "migrations"
HARPER = Actor("hr", "Harper Ross", practices=frozenset({"lakeside"}))


def value(held: Any) -> Any:
    return bytes.fromhex(held["hex"]) if isinstance(held, dict) and [*held] == ["hex"] else held


def as_it_was(url: str) -> str:
    """A database as it was under schema 0010, with its key; gives its URL."""
    dump = json.loads((FROZEN / "review_0010.json").read_text(encoding="utf-8"))
    key_file().parent.mkdir(parents=True)
    key_file().write_text(dump["key"] + "\n", encoding="ascii")
    key_file().chmod(0o600)
    engine = connect(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, dump["schema"])
        found = MetaData()
        found.reflect(connection)
        for table in found.sorted_tables:
            rows = dump["tables"].get(table.name, [])
            if rows:
                given = [{name: value(each) for name, each in row.items()} for row in rows]
                connection.execute(insert(table), given)
    engine.dispose()
    return url


@pytest.fixture
def upgraded(engine: Engine, tmp_path: Path) -> Engine:
    """The old database after every migration since, on either kind."""
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    key_file().unlink()
    key_file().parent.rmdir()
    if engine.dialect.name == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        emptied = create_engine(url, isolation_level="AUTOCOMMIT")
        with emptied.connect() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        emptied.dispose()
    init_database(as_it_was(url)).dispose()
    return open_database(url)


def test_it_verifies_after_every_migration(upgraded: Engine) -> None:
    found = verify_review(upgraded, HARPER, "lakeside", 1)
    assert (found.faults, found.ok) == ((), True)
    assert found.score == pytest.approx(67.5, rel=1e-12)
    assert found.sha256 == hash_of_bytes(SCORECARD.read_bytes())
    assert found.restated is not None
    assert (found.restated.events, found.restated.unexplained) == ((), ())
    assert found.restated.score == pytest.approx(67.5, rel=1e-12)
    handed = verify_file(upgraded, HARPER, SCORECARD.read_bytes(), SCORECARD.name)
    assert (handed.review, handed.faults) == (1, ())
    shown = scorecard_document(upgraded, HARPER, "dana", FIRST, LAST)
    assert shown == json.loads(SCORECARD.read_text(encoding="utf-8"))
    assert seals(upgraded, operator()).broken_at is None
