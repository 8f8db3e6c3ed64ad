"""A practice with people who can sign in, and ways to start the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboards.web import serving
from dashboards.web.serving import Serving, serve_as
from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.months import Month
from tests.access.conftest import Clock, clock_set, quick_hashes
from tests.access.people import somebody
from tests.databases import made

__all__ = ["Clock", "clock_set", "quick_hashes"]

BEHIND = Serving(("rolecard.clinic.example",), "10.0.0.2")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An empty database; the routes look there."""
    url = f"sqlite:///{tmp_path / 'rolecard.db'}"
    monkeypatch.setenv("KPI_DATABASE_URL", url)
    return made(url)


@pytest.fixture
def people(database: Engine, quick_hashes: None) -> Engine:
    """A practice with a manager and a physician, who have accounts."""
    add_practice(database, operator(), "lakeside", "Lakeside")
    add_manager(database, operator(), "dana", "Dana", "lakeside", Month(2026, 1))
    somebody(database, "dana@lakeside.example", "manager", manager="dana")
    somebody(database, "ines@lakeside.example", "physician")
    return database


@pytest.fixture(autouse=True)
def served_here() -> Iterator[None]:
    """Every test starts from a server for this machine."""
    yield
    serving.serve_as(Serving())


@pytest.fixture
def behind_proxy() -> None:
    """The server stands behind a proxy that ends TLS."""
    serve_as(BEHIND)
