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


@pytest.fixture
def browser() -> Iterator[Browser]:
    """The browser that the tests look with."""
    with browsing() as found:
        yield found
