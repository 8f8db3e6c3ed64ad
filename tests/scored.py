"""A practice small enough to be scored by hand: four KPIs, a few rows a month.

In every month the ledger spends 650 of 1,000, the four answers on 1–5 are worth 0.7 on average,
three of four complaints that fall due were settled in time, and no incident happened. So a
quarter's attainments are 75, 50, 62.5 and 100, and the score is
0.4·75 + 0.3·50 + 0.2·62.5 + 0.1·100 = 67.5.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import Assignment, add_manager
from kpi.ingest.declaring import attest
from kpi.months import Month
from kpi.review.basis.versions import PublishedVersion
from kpi.review.roles.publication import publish
from tests.office import Office, months

ROLE = """\
role: medical-office-manager
title: Medical Office Manager
version: "2026.1"
effective: 2026-01
reviewed: 2025-12-10
summary: Runs the office.
responsibilities:
  - id: money
    text: Keeps spending within the plan.
    kpis: [overhead_ratio]
qualifications:
  experience: Five years in a medical office.
skills:
  - id: financial
    text: Reads a profit and loss statement.
daily_duties:
  - Opens the office at 7:30.
reporting:
  reports_to: Managing physician
performance_metrics:
  review_period: quarter
  kpis:
    - kpi: overhead_ratio
      weight: 40
      floor: 80%
      target: 60%
      stretch: 50%
    - kpi: satisfaction_score
      weight: 30
      floor: 60
      target: 80
      minimum: 1
    - kpi: complaints_resolved_in_7_days
      weight: 20
      floor: 50%
      target: 90%
      minimum: 1
    - kpi: hipaa_violations
      weight: 10
      target: 0
      gate: 60
compensation:
  flsa: exempt
benefits:
  pto: 20 days a year
compliance:
  - standard: hipaa
    duty: Trains all staff each year.
"""

QUARTER = ("2026-01", "2026-02", "2026-03")


def ledger(month: str, spent: int = 650, location: str = "") -> str:
    return (
        "month,account,kind,amount,category,location\n"
        f"{month},Fees,revenue,1000.00,,{location}\n"
        f"{month},Rent,expense,{spent}.00,rent,{location}\n"
    )


def surveys(month: str, location: str = "") -> str:
    """The answers 5, 4, 3 and 3.2 of 1–5 are worth 1, 0.75, 0.5 and 0.55: 2.8 of 4."""
    rows = "".join(
        f"S{month}{at},overall,{score},1,5,{month}-0{at + 3},{location}\n"
        for at, score in enumerate(("5", "4", "3", "3.2"))
    )
    return "response_id,question,score,scale_min,scale_max,answered_on,location\n" + rows


def complaints(month: str, location: str = "") -> str:
    """Four received on the 5th, so due on the 12th; three of them settled on the 8th."""
    rows = "".join(f"K{month}{at},{month}-05,{month}-08,{location}\n" for at in range(3))
    return (
        "complaint_id,received_on,resolved_on,location\n"
        + rows
        + f"K{month}3,{month}-05,{month}-28,{location}\n"
    )


def fill(office: Office, each: Sequence[str] = QUARTER, location: str = "") -> list[int]:
    """Loads all four datasets of some months; gives the uploads, the declarations last."""
    loaded = []
    for month in each:
        loaded.append(office.load(ledger(month, location=location)))
        loaded.append(office.load(surveys(month, location)))
        loaded.append(office.load(complaints(month, location)))
    for month in each:
        entry = attest(
            office.engine, operator(), office.practice.id, "incidents", Month.parse(month)
        )
        loaded.append(entry)
    return loaded


def published(
    office: Office,
    text: str = ROLE,
    today: date = date(2026, 1, 15),
    retroactive: str | None = None,
) -> PublishedVersion:
    return publish(
        office.engine,
        operator(),
        office.practice.id,
        text.encode(),
        "role.yaml",
        retroactive,
        today,
    )


def assigned(
    office: Office,
    manager: str = "dana",
    period: str = "2025-01",
    locations: Sequence[str] = (),
) -> Assignment:
    """A manager of the office, over ``2025-01..2026-02`` or from a month on."""
    whole = months(period)
    return add_manager(
        office.engine, operator(), manager, manager.capitalize(), office.practice.id,
        whole[0], whole[-1] if ".." in period else None, locations=locations,
    )  # fmt: skip


def employed(engine: Engine) -> Office:
    """The office with its role and its manager, dana, and no data yet."""
    office = Office(engine)
    published(office)
    assigned(office)
    return office


def scored_office(engine: Engine) -> Office:
    """The office with its first quarter of 2026, its role and its manager, dana."""
    office = Office(engine)
    fill(office)
    published(office)
    assigned(office)
    return office
