"""The month-end board: what is there, what lacks, and which KPIs wait for it."""

from typing import Any

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.errors import NotPermitted
from kpi.ingest.declaring import attest
from kpi.months import Month
from kpi.review.scores.board import board
from tests.office import Office
from tests.scored import assigned, fill, ledger, published

FIELDS = ["dataset", "month", "state", "rows", "quarantined", "last_day", "needed_by"]


def shown(office: Office, dataset: str) -> dict[str, dict[str, Any]]:
    found = board(office.engine, operator(), office.practice.id)
    return {each["month"]: each for each in found if each["dataset"] == dataset}


def test_an_empty_practice_has_no_months(engine: Engine) -> None:
    Office(engine)
    assert board(engine, operator(), "lakeside") == []


def test_every_dataset_from_the_first_month_to_the_next_one(engine: Engine) -> None:
    office = Office(engine)
    fill(office, ("2026-01", "2026-03"))
    published(office)
    assigned(office)
    found = board(engine, operator(), "lakeside")
    assert all(list(each)[: len(FIELDS)] == FIELDS for each in found)
    assert {each["dataset"] for each in found} == {
        "appointments", "ar_aging", "audits", "availability", "calls", "charges", "claims",
        "complaints", "incidents", "ledger", "payments", "staff", "staff_hours", "surveys",
        "training",
    }  # fmt: skip
    books = shown(office, "ledger")
    assert [(month, each["state"], each["rows"]) for month, each in books.items()] == [
        ("2026-01", "complete", 2),
        ("2026-02", "missing", 0),
        ("2026-03", "complete", 2),
        ("2026-04", "missing", 0),
    ]
    assert books["2026-01"]["needed_by"] == ["overhead_ratio"]
    assert shown(office, "complaints")["2026-01"]["needed_by"] == ["complaints_resolved_in_7_days"]
    assert shown(office, "charges")["2026-01"]["needed_by"] == []
    incidents = shown(office, "incidents")
    assert (incidents["2026-01"]["state"], incidents["2026-01"]["attested"]) == ("complete", True)
    assert incidents["2026-02"]["note"] == "neither reported nor declared empty"


def test_last_days_quarantine_and_pending_declarations(engine: Engine) -> None:
    office = Office(engine)
    office.load(
        "charge_id,posted_date,amount\nC1,2026-01-05,10\nC2,2026-01-20,10\nC3,2026-01-21,\n"
    )
    attest(engine, Actor("manager", "Dana", "dana"), "lakeside", "incidents", Month(2026, 1))
    charges = shown(office, "charges")["2026-01"]
    assert (charges["state"], charges["rows"], charges["quarantined"], charges["last_day"]) == (
        "partial",
        2,
        1,
        20,
    )
    assert charges["note"] == "no record from the 6th to the 19th"
    assert shown(office, "incidents")["2026-01"]["pending"]


def test_without_a_role_nothing_is_needed(engine: Engine) -> None:
    office = Office(engine)
    office.load(ledger("2026-01"))
    assigned(office)
    assert all(not each["needed_by"] for each in board(engine, operator(), "lakeside"))


def test_named_months_and_who_may_look(engine: Engine) -> None:
    office = Office(engine)
    office.load(ledger("2026-01"))
    found = board(engine, operator(), "lakeside", [Month(2025, 5)])
    assert {each["month"] for each in found} == {"2025-05"}
    elsewhere = Actor("physician", "Dr. Example", practices=frozenset({"hillcrest"}))
    for actor in (Actor("administrator", "Ada"), elsewhere):
        with pytest.raises(NotPermitted):
            board(engine, actor, "lakeside")
