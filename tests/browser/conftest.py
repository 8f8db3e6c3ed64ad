"""The small practice's dashboard as a server of its own, and the browser that looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import CHROMIUM, browsing, served
from tests.dashboards.small_practice import small_practice


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs Chromium."""
    here = Path(__file__).parent
    for item in items:
        if CHROMIUM is None and here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))


@pytest.fixture
def dashboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """``kpi serve`` on the small practice; gives its address."""
    url = f"sqlite:///{tmp_path / 'rolecard.db'}"
    monkeypatch.setenv("KPI_DATABASE_URL", url)
    small_practice(url).dispose()
    with served("serve", "--db", url) as address:
        yield address


@pytest.fixture(scope="session")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], str]]:
    home = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{home / 'rolecard.db'}"
    settings = {"KPI_HOME": str(home), "KPI_DATABASE_URL": url}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        small_practice(url).dispose()
    with served("serve", "--db", url, **settings) as address:
        yield settings, address


@pytest.fixture
def office(_shared: tuple[dict[str, str], str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The same, one server for all tests that only look: what one leaves, the next one finds."""
    settings, address = _shared
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser that the tests look with; each opens pages of its own."""
    with browsing() as found:
        yield found
