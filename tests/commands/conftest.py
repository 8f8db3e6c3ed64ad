"""A shell with a database that ``kpi init`` made, one with none, and places to restore into."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.access.conftest import quick_hashes
from tests.commands.running import Shell
from tests.databases import own_postgres

__all__ = ["quick_hashes"]


@pytest.fixture
def shell(
    engine: Engine,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Shell:
    folder = tmp_path / "files"
    folder.mkdir()
    url = engine.url.render_as_string(hide_password=False)
    return Shell(url, folder, capsys, monkeypatch)


@pytest.fixture
def bare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """A shell with no database."""
    folder = tmp_path / "files"
    folder.mkdir()
    return Shell(f"sqlite:///{folder / 'rolecard.db'}", folder, capsys, monkeypatch)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty place of each kind."""
    server = os.environ.get("KPI_TEST_PG_URL")
    if not server:
        pytest.skip("KPI_TEST_PG_URL names no PostgreSQL server (.ci/run starts one)")
    with own_postgres(server) as url:
        yield {"sqlite": f"sqlite:///{tmp_path / 'new' / 'rolecard.db'}", "postgresql": url}
