"""What every test starts from: this checkout's code, a home of its own, no settings of the machine.

``KPI_REQUIRE_ALL=1`` (CI sets it) turns a skipped test into a failure, so that nothing is left out
unnoticed where the machine is known to have all that the tests need. Only tests on real exports,
which are not ours to copy in, may be skipped then too.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from sqlalchemy import Engine

ROOT = Path(__file__).resolve().parent.parent
REAL_EXPORTS = "no real exports beside the project"
"""What tests on real exports give as their reason where there are none."""

# Commands that tests start in other processes run this checkout too, from whatever folder.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
)


# How long an example takes is the machine's affair, and no test's.
hypothesis.settings.register_profile("rolecard", deadline=None)
hypothesis.settings.load_profile("rolecard")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[pytest.TestReport]:
    report: pytest.TestReport = yield
    if (
        os.environ.get("KPI_REQUIRE_ALL") == "1"
        and report.skipped
        and not hasattr(report, "wasxfail")
        and REAL_EXPORTS not in str(report.longrepr)
    ):
        report.outcome = "failed"
        report.longrepr = (
            f"{item.nodeid} was skipped, and KPI_REQUIRE_ALL=1 allows none: {report.longrepr}"
        )
    return report


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees or touches the database of whoever runs it."""
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KPI_DATABASE_URL", raising=False)


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The URL of a PostgreSQL server on which tests may make databases."""
    server = os.environ.get("KPI_TEST_PG_URL")
    if not server:
        pytest.skip("KPI_TEST_PG_URL names no PostgreSQL server (.ci/run starts one)")
    return server


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a PostgreSQL database that is this test's alone, with nothing in it."""
    from tests.databases import own_postgres

    with own_postgres(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator["Engine"]:
    """An empty database of each kind that Rolecard keeps its data in."""
    from tests.databases import made, made_postgres

    if request.param == "postgresql":
        with made_postgres(request.getfixturevalue("postgres_server")) as found:
            yield found
        return
    found = made(f"sqlite:///{tmp_path / 'rolecard.db'}")
    yield found
    found.dispose()
