"""A database with one practice, one manager and a role that is scored on appointments alone."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.ingest.ingestion import ingest
from kpi.months import Month
from kpi.review.publication import publish
from kpi.store.engine import writing
from kpi.store.schema import init_database
from kpi.store.secret import make_key

PRACTICE, MANAGER = "bench", "casey"
ROLE = b"""\
role: bench-manager
title: Office Manager
version: "1"
effective: 2024-01
reviewed: 2025-12-10
summary: Runs the front office.
responsibilities:
  - id: front-desk
    text: Run the front desk.
    essential: true
    kpis: [no_show_rate, median_wait_minutes]
qualifications:
  education: [High school diploma]
  experience: Three years in a medical office.
skills:
  - id: scheduling
    text: Builds a schedule that holds.
    examples: [Moves a day's visits when a clinician is ill]
daily_duties: [Open the office]
reporting:
  reports_to: Physician owner
  supervises: [Front desk]
  channels: [Weekly meeting]
  authority:
    decides: [Schedules]
    needs_approval: [Hiring]
performance_metrics:
  review_period: quarter
  minimum_coverage: 80%
  kpis:
    - {kpi: no_show_rate, weight: 20, floor: 10%, target: 5%, stretch: 3%}
    - {kpi: median_wait_minutes, weight: 20, floor: 30 min, target: 15 min}
    - {kpi: p90_wait_minutes, weight: 20, floor: 60 min, target: 30 min}
    - {kpi: seen_within_15_minutes, weight: 20, floor: 40%, target: 80%}
    - {kpi: scheduling_accuracy, weight: 20, floor: 90%, target: 98%}
compensation:
  flsa: exempt
  range: ["$62,000", "$84,000"]
  per: year
benefits: {health: Medical and dental}
compliance:
  - {standard: hipaa, duty: Keep records private.}
"""


def empty_practice(folder: Path) -> Engine:
    """A new SQLite database in the folder, with the practice and nothing else."""
    engine = init_database(f"sqlite:///{folder / 'rolecard.db'}")
    with writing(engine) as connection:
        make_key(connection)
    add_practice(engine, operator(), PRACTICE, "Benchmark Practice")
    return engine


def load(engine: Engine, file: Path) -> None:
    """Loads a file of appointments. Fails where it is refused."""
    for receipt in ingest(engine, operator(), PRACTICE, file, file.name, dataset="appointments"):
        if receipt.status != "loaded":
            raise RuntimeError(receipt.message)


def add_scored_manager(engine: Engine) -> None:
    """A manager under the role, from the first month of the file on."""
    add_manager(
        engine, operator(), MANAGER, "Casey", PRACTICE, Month(2024, 1), role="bench-manager"
    )
    publish(engine, operator(), PRACTICE, ROLE, "bench.yaml", "a benchmark", date(2026, 1, 15))
