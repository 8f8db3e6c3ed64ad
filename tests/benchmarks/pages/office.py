"""The practice whose pages are timed: twelve KPIs, two years, 2,000,000 appointments, reviews
under way, and twenty people who sign in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from kpi.access.accounts import add_account, get_account
from kpi.access.actor import Kind, operator
from kpi.access.kept import keep
from kpi.access.sessions import start
from kpi.months import Month
from kpi.review.cycle.opening import open_review
from kpi.store.engine import reading, writing
from kpi.store.schema import init_database, open_database
from tests.benchmarks.practice import PRACTICE
from tests.benchmarks.thirty_kpis import MANAGER, practice_with

APPOINTMENTS = 2_000_000
KPIS = (
    "revenue_growth", "days_in_ar", "net_collection_rate", "clean_claim_rate", "denial_rate",
    "median_wait_minutes", "no_show_rate", "slot_utilization", "patients_per_day",
    "satisfaction_score", "complaint_rate", "hipaa_violations",
)  # fmt: skip
PERIODS = [(Month(2025, first), Month(2025, first + 2)) for first in (1, 4, 7, 10)]
PEOPLE: dict[str, Kind] = {
    "manager": "manager",
    **{f"physician{at}": "physician" for at in range(1, 10)},
    **{f"hr{at}": "hr" for at in range(1, 11)},
}


@contextmanager
def office_in(folder: Path) -> Iterator[str]:
    """The URL of the practice's database in the folder, made there if it is not yet; what this
    process and those that it starts keep beside it is kept in the folder too."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "rolecard.db"
    url = f"sqlite:///{file}"
    kept = {"KPI_HOME": str(folder), "KPI_DATABASE_URL": url}
    before = {name: os.environ.get(name) for name in kept}
    os.environ.update(kept)
    try:
        if not (folder / "made").exists():
            file.unlink(missing_ok=True)
            _make(folder)
            (folder / "made").touch()
        init_database(url).dispose()  # one that was made by an earlier version is upgraded
        yield url
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _make(folder: Path) -> None:
    print(f"making a practice with {APPOINTMENTS:,} appointments in {folder}", flush=True)
    engine = practice_with(APPOINTMENTS, folder, KPIS)
    (folder / "appointments.csv").unlink()
    for id, kind in PEOPLE.items():
        whose = MANAGER if kind == "manager" else None
        add_account(engine, operator(), id, id.title(), kind, [PRACTICE], whose)
    for first, last in PERIODS:
        open_review(engine, operator(), PRACTICE, MANAGER, first, last)
    engine.dispose()


def session_of(engine: Engine, id: str) -> str:
    """The secret of a new session of one of the people."""
    with reading(engine) as connection:
        account = get_account(connection, id)
    # Whoever comes every month has put the guide of the first visit away.
    keep(engine, account.actor, "guide", "0")
    with writing(engine) as connection:
        return start(connection, account)


def sessions(url: str) -> dict[str, str]:
    """A new session for each of the people."""
    engine = open_database(url)
    try:
        return {id: session_of(engine, id) for id in PEOPLE}
    finally:
        engine.dispose()
