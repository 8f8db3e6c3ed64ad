"""The small practice's dashboard on one server, and the browser that looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import CHROMIUM, browsing, served
from tests.browser.office import Office
from tests.dashboards.small_practice import fill


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs Chromium."""
    here = Path(__file__).parent
    for item in items:
        if CHROMIUM is None and here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))


@pytest.fixture(scope="package")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    found = Office(tmp_path_factory.mktemp("office"))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in found.settings.items():
            patch.setenv(name, value)
        found.fill("small", fill)
    with served("serve", **found.settings) as address:
        yield found, address


@pytest.fixture
def office(_served: tuple[Office, str], monkeypatch: pytest.MonkeyPatch) -> Office:
    """The one server's database, to be filled; the test's own process stands on it too."""
    found, _ = _served
    for name, value in found.settings.items():
        monkeypatch.setenv(name, value)
    return found


@pytest.fixture
def dashboard(_served: tuple[Office, str], office: Office) -> str:
    """``kpi serve`` on the small practice, as if no test had been there; gives its address."""
    office.fill("small", fill)
    return _served[1]


# Ended with the file: while it is there, its loop runs, and no other test could run one.
@pytest.fixture(scope="module")
def _browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.fixture
def browser(_browser: Browser) -> Iterator[Browser]:
    """The browser that the tests look with; the pages that a test opens end with it."""
    yield _browser
    for context in _browser.contexts:
        context.close()
