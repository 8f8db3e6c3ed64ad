"""A review that was made final under the first schema with reviews verifies under every later one.

``frozen/review_0010.json`` is all that such a database held (``tests.older``),
``frozen/scorecard_0010.json`` the scorecard that was handed out. That is not made again either.
"""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from kpi.access.actor import Actor, operator
from kpi.access.audit import seals
from kpi.review.frozen.canonical import hash_of_bytes
from kpi.review.frozen.document import scorecard_document
from kpi.review.frozen.verifying import verify_file, verify_review
from kpi.store.schema import init_database, open_database
from kpi.store.secret import key_file
from tests.older import as_it_was
from tests.review.reviewed import FIRST, LAST

SCORECARD = Path(__file__).parent / "frozen" / "scorecard_0010.json"
HARPER = Actor("hr", "Harper Ross", practices=frozenset({"lakeside"}))


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
