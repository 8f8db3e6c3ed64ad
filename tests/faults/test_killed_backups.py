"""A backup that is killed has no name, a restore that is killed leaves its place empty."""

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

from kpi.access.actor import operator
from kpi.access.backing_up import back_up
from kpi.access.restoring import check_backup, restore
from kpi.store.backup.place import require_empty, unfinished
from kpi.store.engine import connect
from tests.commands.running import held
from tests.databases import made
from tests.faults.killing import COMMITTING, KILLED, killed_at
from tests.office import Office

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")

VISITS = "appointment_id,start_at,status\n" + "".join(
    f"A{n},2026-01-{5 + n % 20:02d} 09:00,completed\n" for n in range(60)
)


def test_backing_up(engine: Engine, tmp_path: Path) -> None:
    Office(engine).load(VISITS)
    back_up(engine, operator(), tmp_path / "sunday.backup")
    before = held(engine)
    url = engine.url.render_as_string(hide_password=False)
    folder = tmp_path / "backups"
    folder.mkdir()
    file = folder / "monday.backup"
    engine.dispose()
    for killed, moment in enumerate((40, COMMITTING), 1):
        assert killed_at(url, lambda own: back_up(own, operator(), file), moment) == KILLED
        assert not file.exists(), moment
        # What was written so far lies there under a name by which the doctor finds it.
        assert len(unfinished(folder)) == len(list(folder.iterdir())) <= killed
        assert held(engine) == before
        engine.dispose()
    back_up(engine, operator(), file)
    assert check_backup(operator(), file).manifest.rows > 60


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_restoring(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    source = made(f"sqlite:///{tmp_path / 'source.db'}")
    Office(source).load(VISITS)
    file = tmp_path / "monday.backup"
    back_up(source, operator(), file)
    before = held(source)
    source.dispose()
    if kind == "sqlite":
        place = f"sqlite:///{tmp_path / 'place' / 'rolecard.db'}"
    else:
        place = request.getfixturevalue("postgres_url")
    for moment in (150, COMMITTING):
        work = killed_at(place, lambda _own: restore(place, operator(), file), moment)
        assert work == KILLED, moment
        require_empty(place)
        if kind == "sqlite":
            assert not Path(str(make_url(place).database)).exists(), moment
    restore(place, operator(), file)
    found = connect(place)
    assert held(found) == before
    found.dispose()
