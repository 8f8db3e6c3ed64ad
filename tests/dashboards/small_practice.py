"""A practice small enough to know by heart: two KPIs, the first quarter of 2025.

Every weekday has five completed visits; the first weekday of each week has one no-show besides.
Nobody reported an incident, and each month was declared so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.ingest.declaring import attest
from kpi.ingest.ingestion import ingest
from kpi.months import Month, span
from kpi.review.roles.publication import publish
from tests.databases import made

TODAY = date(2025, 4, 15)
FIRST, LAST = Month(2025, 1), Month(2025, 3)

ROLE = b"""\
role: medical-office-manager
title: Medical Office Manager
version: "2025.1"
effective: 2025-01
reviewed: 2024-12-10
summary: Runs the office.
responsibilities:
  - {id: access, text: Keeps the schedule filled., kpis: [no_show_rate]}
qualifications:
  education: [High school]
  certifications: [None needed]
  experience: Two years in an office.
skills:
  - {id: scheduling, text: Schedules., examples: [Fills a gap.]}
daily_duties: [Opens the office.]
reporting:
  reports_to: Physician
  supervises: [Front desk]
  channels: [Weekly meeting]
  authority: {decides: [Supplies], needs_approval: [Hiring]}
performance_metrics:
  review_period: quarter
  minimum_coverage: 50%
  kpis:
    - {kpi: no_show_rate, weight: 60, floor: 10%, target: 5%, stretch: 3%}
    - {kpi: hipaa_violations, weight: 40, target: 0, gate: 60}
compensation:
  flsa: exempt
  range: ["$50,000", "$70,000"]
  per: year
  overtime: None.
benefits:
  health: Offered.
  pto: Fifteen days.
  retirement: Offered.
  professional_development: Two days.
compliance:
  - {standard: hipaa, duty: Protects records., kpis: [hipaa_violations]}
"""


def weekdays(first: Month, last: Month) -> Iterator[date]:
    """Every day of the months that is no Saturday or Sunday."""
    day = first.first_day
    while day <= last.last_day:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def appointments(first: Month, last: Month, no_shows_on_monday: int = 1) -> bytes:
    """The months' appointments in canonical columns."""
    lines = ["appointment_id,start_at,status"]
    for day in weekdays(first, last):
        missed = no_shows_on_monday if day.weekday() == 0 else 0
        for number in range(5 + missed):
            status = "completed" if number < 5 else "no_show"
            lines.append(f"A{day:%Y%m%d}-{number},{day} {9 + number:02d}:00,{status}")
    return ("\n".join(lines) + "\n").encode()


def fill(engine: Engine, first: Month = FIRST, last: Month = LAST, began: Month = FIRST) -> None:
    """The practice, its manager and her role from the month when she ``began``, and the months'
    data."""
    who = operator()
    add_practice(engine, who, "maple", "Maple <b>Street</b> Clinic")
    add_manager(engine, who, "robin", "Robin <i>Vale</i>", "maple", began)
    load(engine, "appointments.csv", appointments(first, last))
    for month in span(first, last):
        attest(engine, who, "maple", "incidents", month)
    role = ROLE.replace(f"effective: {FIRST}".encode(), f"effective: {began}".encode())
    publish(engine, who, "maple", role, "role.yaml", "The test began later.", TODAY)


def neighbour(engine: Engine) -> None:
    """A second practice with the same role and months: each Monday has four no-shows there."""
    who = operator()
    add_practice(engine, who, "oak", "Oak Clinic")
    add_manager(engine, who, "sam", "Sam Reed", "oak", FIRST)
    content = BytesIO(appointments(FIRST, LAST, no_shows_on_monday=4))
    (receipt,) = ingest(engine, who, "oak", content, "appointments.csv")
    assert receipt.status == "loaded", receipt.message
    for month in span(FIRST, LAST):
        attest(engine, who, "oak", "incidents", month)
    publish(engine, who, "oak", ROLE, "role.yaml", "The test began later.", TODAY)


def load(engine: Engine, name: str, content: bytes) -> None:
    """Loads a file that is good. Raises AssertionError where it is refused."""
    (receipt,) = ingest(engine, operator(), "maple", BytesIO(content), name)
    assert receipt.status == "loaded", receipt.message


def small_practice(url: str) -> Engine:
    """A database with the practice in it."""
    engine = made(url)
    fill(engine)
    return engine
