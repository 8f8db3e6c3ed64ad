"""An office of its own for each test that loads what it hands in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import made
from tests.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A practice in an SQLite database; how both databases store is tested in tests/ingest."""
    engine = made(f"sqlite:///{tmp_path / 'rolecard.db'}")
    yield Office(engine)
    engine.dispose()
