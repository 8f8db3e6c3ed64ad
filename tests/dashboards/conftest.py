"""Databases for the pages, and a day for them to be looked at."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboards import clock, session
from kpi.store.schema import open_database
from tests.dashboards.people import signed_in
from tests.dashboards.small_practice import TODAY, small_practice
from tests.databases import made

MAIN = Path(__file__).resolve().parents[2] / "dashboards" / "entry" / "main.py"

Open = Callable[..., AppTest]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the test's database is; the dashboard looks there."""
    found = f"sqlite:///{tmp_path / 'rolecard.db'}"
    monkeypatch.setenv("KPI_DATABASE_URL", found)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return found


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small practice's database and its key."""
    folder = tmp_path_factory.mktemp("small_practice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_HOME", str(folder / "home"))
        small_practice(f"sqlite:///{folder / 'rolecard.db'}").dispose()
    return folder


@pytest.fixture
def practice(url: str, made_once: Path, tmp_path: Path) -> Engine:
    """The small practice, a copy of the test's own."""
    shutil.copytree(made_once / "home", tmp_path / "home")
    shutil.copy2(made_once / "rolecard.db", tmp_path / "rolecard.db")
    return open_database(url)


@pytest.fixture
def empty(url: str) -> Engine:
    """A database with nothing in it."""
    return made(url)


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Runs a page of the dashboard as its address asks, for somebody of ``tests.dashboards.people``
    who signs in first; gives what it shows. Only the cookie is handed over, the session is real."""

    def opened(
        page: str = "overview", /, *, by: str = "physician", guided: bool = False, **query: str
    ) -> AppTest:
        secret = signed_in(by, guided)
        monkeypatch.setattr(session, "secret", lambda: secret)
        app = AppTest.from_file(str(MAIN), default_timeout=30)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page != "overview":
            app.switch_page(f"../pages/{page}.py")
            # Changing the page empties the address, as a click in the sidebar would not.
            for name, value in query.items():
                app.query_params[name] = value
            app.run()
        assert not app.exception
        return app

    return opened


def text_of(app: AppTest) -> str:
    """All HTML that a page shows."""
    return "\n".join(cast(Any, element).body for element in app.get("html"))
