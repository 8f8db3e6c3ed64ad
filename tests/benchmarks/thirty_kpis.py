"""A practice with records of every dataset, and a role that scores it on thirty KPIs."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.catalogue import Better, Kpi, Unit, kpi
from kpi.months import Month, span
from kpi.review.roles.publication import publish
from kpi.review.scores.scoring import ManagerScore, score_manager
from kpi.store.engine import writing
from kpi.store.schema import init_database
from kpi.store.secret import make_key
from tests.benchmarks.appointments import write_appointments
from tests.benchmarks.practice import PRACTICE, load
from tests.office import Office
from tests.properties import any_office

MANAGER = "casey"
KPIS = (
    "revenue_growth", "operating_cost_reduction", "cost_per_visit_reduction", "overhead_ratio",
    "payroll_ratio", "ar_turnover", "days_in_ar", "ar_over_90_share", "net_collection_rate",
    "clean_claim_rate", "denial_rate", "charge_lag_days", "revenue_per_visit",
    "median_wait_minutes", "p90_wait_minutes", "seen_within_15_minutes", "no_show_rate",
    "scheduling_accuracy", "slot_utilization", "third_next_available_days", "patients_per_day",
    "visits_per_staff_fte", "call_abandonment_rate", "average_answer_seconds", "staff_turnover",
    "satisfaction_score", "complaint_rate", "complaints_resolved_in_7_days", "hipaa_violations",
    "training_on_time",
)  # fmt: skip
FIRST, LAST = Month(2025, 1), Month(2025, 12)
"""The year that is scored; the year before is there to compare with."""

_BEFORE = """\
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
"""
_AFTER = """\
compensation:
  flsa: exempt
  range: ["$62,000", "$84,000"]
  per: year
benefits: {health: Medical and dental}
compliance:
  - {standard: hipaa, duty: Keep records private.}
"""

_WRITTEN = {Unit.PERCENT: "{}%", Unit.MINUTES: "{} min", Unit.SECONDS: "{} s",
            Unit.DAYS: "{} days", Unit.DOLLARS: "${}"}  # fmt: skip


def practice_with(appointments: int, folder: Path, ids: Sequence[str] = KPIS) -> Engine:
    """A database whose practice has that many appointments in two years, and all other exports,
    and whose manager is scored on the KPIs of those ids."""
    engine = init_database(f"sqlite:///{folder / 'rolecard.db'}")
    with writing(engine) as connection:
        make_key(connection)
    office, file = Office(engine, PRACTICE), folder / "appointments.csv"
    write_appointments(file, appointments)
    load(engine, file)
    months = span(FIRST - 13, LAST)
    others = any_office.exports(20_260_101, months)
    del others["appointments"]
    any_office.load(office, others, months)
    add_manager(engine, operator(), MANAGER, "Casey", PRACTICE, FIRST, role="bench-manager")
    publish(engine, operator(), PRACTICE, role(ids), "bench.yaml", "a benchmark", date(2026, 1, 15))
    return engine


def scored(engine: Engine) -> ManagerScore:
    """The year's score with its thirty KPIs. Fails where it is none."""
    found = score_manager(engine, operator(), MANAGER, FIRST, LAST)
    if found.score.score is None or len(found.score.rows) != len(KPIS):
        raise RuntimeError(f"The benchmark scores nothing: {found.score.reason}")
    return found


def role(ids: Sequence[str] = KPIS) -> bytes:
    """A role that asks for all of them, most of them missed. All weights add up to 100."""
    weight, more = divmod(100, len(ids))
    targets = "".join(_target(kpi(id), weight + (at < more)) for at, id in enumerate(ids))
    return (_BEFORE + targets + _AFTER).encode()


def _target(asked: Kpi, weight: int) -> str:
    shown = _WRITTEN.get(asked.unit, "{}").format
    least = "" if asked.minimum is None else ", minimum: 1"
    if asked.better is Better.BAND:
        aims = f"floor: [{shown(1)}, {shown(9)}], target: [{shown(2)}, {shown(8)}]"
    else:
        low, high = (1, 2) if asked.better is Better.HIGHER else (2, 1)
        aims = f'floor: "{shown(low)}", target: "{shown(high)}"'
    return f"    - {{kpi: {asked.id}, weight: {weight}, {aims}{least}}}\n"
