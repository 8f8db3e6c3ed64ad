"""The office of ``tests.scored`` made once, and copied for each test that no database treats in its
own way."""

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.store.engine import connect
from tests.databases import made
from tests.office import Office
from tests.review.reviewed import Clock, Reviewed, set_clock
from tests.scored import scored_office


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Path]:
    """The office and the folder with its database and its key."""
    folder = tmp_path_factory.mktemp("made_once")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_HOME", str(folder / "home"))
        engine = made(f"sqlite:///{folder / 'rolecard.db'}")
        office = scored_office(engine)
        engine.dispose()
    return office, folder


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


@pytest.fixture
def office(made_once: tuple[Office, Path], tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """A copy of the office on SQLite, of a test's own."""
    template, folder = made_once
    shutil.copytree(folder / "home", tmp_path / "home")
    shutil.copy2(folder / "rolecard.db", tmp_path / "rolecard.db")
    found = copy.copy(template)
    found.engine = connect(f"sqlite:///{tmp_path / 'rolecard.db'}")
    yield found
    found.engine.dispose()


@pytest.fixture
def review(office: Office) -> Reviewed:
    """A review of the office's first quarter, just opened."""
    return Reviewed(office.engine, office)
