"""A process that is killed while it publishes a role or makes a review final leaves nothing."""

import os
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.review.basis.versions import published_versions
from kpi.review.frozen.verifying import verify_review
from tests.faults.killing import COMMITTING, finalising, publishing, survives
from tests.office import Office
from tests.review.reviewed import HARPER, Reviewed, set_clock
from tests.review.test_custom_kpis import ROLE_WITH_OWN
from tests.scored import assigned

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")


def test_publishing(engine: Engine, temporary: Path) -> None:
    """Of two visits one was a flu shot: with the role come the figures of its own KPI."""
    office = Office(engine)
    office.load(
        "appointment_id,start_at,status,appointment_type\n"
        "A1,2026-01-05 09:00,completed,Flu shot\nA2,2026-01-06 09:00,completed,check-up\n"
    )
    assigned(office)
    work = publishing(ROLE_WITH_OWN, date(2026, 1, 15))
    survives(engine, work, temporary, COMMITTING, every=12)
    (found,) = published_versions(engine, operator(), "lakeside", "medical-office-manager")
    assert found.role.version == "2026.1"


def test_finalising(engine: Engine, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch)
    review = Reviewed(engine).acknowledged()
    review.act(HARPER, "confirm")
    survives(engine, finalising(review.number), temporary, COMMITTING, every=12)
    assert review.state == "final"
    assert verify_review(engine, operator(), "lakeside", review.number).ok
