"""A shell with a database that ``kpi init`` made."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.commands.running import Shell


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
