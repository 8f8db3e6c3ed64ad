"""A process that is killed leaves the database exactly as it was, and the next upload works.

``tests/soak/kills.py`` does the same at random moments, for as long as one likes.
"""

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.ingest.log import uploads_list
from kpi.months import Month
from kpi.review.oversight.retention import keep_records
from tests.faults.killing import (
    COMMITTING,
    KILLED,
    READING,
    aging,
    killed_at,
    loading,
    survives,
    undoing,
)
from tests.office import Office

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")

VISITS = "appointment_id,start_at,status,provider\n" + "".join(
    f"A{n},2026-01-{5 + n % 20:02d} 09:00,{'completed' if n % 4 else 'no_show'},Dr. {n % 3}\n"
    for n in range(60)
)
CORRECTED = (
    VISITS.replace("no_show", "cancelled") + "A98,soon,,\nA99,2026-02-02 09:00,completed,Dr. 1\n"
)
LEDGER = "month,account,kind,amount\n2026-01,Visits,revenue,100\n2026-01,Rent,expense,40\n"
LEDGER_CORRECTED = "month,account,kind,amount\n2026-01,Visits,revenue,120\n"


def test_uploads_by_key(engine: Engine, temporary: Path) -> None:
    """60 visits, 15 of them missed; then those cancelled, one more in February, one row refused."""
    office = Office(engine)
    survives(engine, loading(VISITS), temporary, READING, COMMITTING)
    assert office.values("2026-01", ["visits", "no_shows"]) == {"visits": 45, "no_shows": 15}
    survives(engine, loading(CORRECTED), temporary, READING, COMMITTING)
    assert office.values("2026-01", ["no_shows", "cancellations"]) == {
        "no_shows": 0, "cancellations": 15,
    }  # fmt: skip
    assert office.value("2026-02", "visits") == 1


def test_undoing_by_key(engine: Engine, temporary: Path) -> None:
    office = Office(engine)
    first = office.load(VISITS)
    office.load(CORRECTED, allow_bad=True)
    survives(engine, undoing(first), temporary, COMMITTING)
    assert office.value("2026-01", "cancellations") == 15


def test_uploads_and_undoing_by_period(engine: Engine, temporary: Path) -> None:
    office = Office(engine)
    office.load(LEDGER)
    survives(engine, loading(LEDGER_CORRECTED), temporary, READING, COMMITTING)
    assert office.value("2026-01", "revenue") == 120
    last = uploads_list(engine, operator(), "lakeside")[-1]["id"]
    survives(engine, undoing(last), temporary, COMMITTING)
    assert office.values("2026-01", ["revenue", "expenses"]) == {"revenue": 100, "expenses": 40}


def test_letting_records_go(engine: Engine, temporary: Path) -> None:
    office = Office(engine)
    office.load(VISITS.replace("2026", "2023"))
    keep_records(engine, operator(), "lakeside", 24)
    survives(engine, aging(Month(2023, 3)), temporary, COMMITTING, every=240)
    assert office.values("2023-01", ["visits", "no_shows"]) == {"visits": 45, "no_shows": 15}
    assert office.offered(VISITS.replace("2026", "2023")).left_out == 60


def test_a_killed_first_upload_leaves_a_practice_without_one(
    engine: Engine, temporary: Path
) -> None:
    office = Office(engine)
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    assert killed_at(url, loading(VISITS), COMMITTING) == KILLED
    assert office.of("appointments", "2026-01") == {}
    office.load(VISITS)
    assert office.value("2026-01", "visits") == 45
