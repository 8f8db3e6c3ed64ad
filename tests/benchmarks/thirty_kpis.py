"""A practice with records of every dataset, and a role that scores it on thirty KPIs."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.catalogue import Better, Kpi, Unit, kpi
from kpi.months import Month, span
from kpi.review.publication import publish
from kpi.review.scoring import ManagerScore, score_manager
from kpi.store.engine import writing
from kpi.store.schema import init_database
from kpi.store.secret import make_key
from tests.benchmarks.appointments import write_appointments
from tests.benchmarks.practice import MANAGER, PRACTICE, ROLE, load
from tests.office import Office
from tests.properties import any_office

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

_WRITTEN = {Unit.PERCENT: "{}%", Unit.MINUTES: "{} min", Unit.SECONDS: "{} s",
            Unit.DAYS: "{} days", Unit.DOLLARS: "${}"}  # fmt: skip


def practice_with(appointments: int, folder: Path) -> Engine:
    """A database whose practice has that many appointments in two years, and all other exports."""
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
    publish(engine, operator(), PRACTICE, role(), "bench.yaml", "a benchmark", date(2026, 1, 15))
    return engine


def scored(engine: Engine) -> ManagerScore:
    """The year's score with its thirty KPIs. Fails where it is none."""
    found = score_manager(engine, operator(), MANAGER, FIRST, LAST)
    if found.score.score is None or len(found.score.rows) != len(KPIS):
        raise RuntimeError(f"The benchmark scores nothing: {found.score.reason}")
    return found


def role() -> bytes:
    """The role of the other benchmarks, with these KPIs in the place of its own."""
    text = ROLE.decode()
    before, after = text.index("  kpis:\n") + len("  kpis:\n"), text.index("compensation:")
    targets = "".join(_target(kpi(id), 4 if at < 10 else 3) for at, id in enumerate(KPIS))
    return (text[:before] + targets + text[after:]).encode()


def _target(asked: Kpi, weight: int) -> str:
    shown = _WRITTEN.get(asked.unit, "{}").format
    least = "" if asked.minimum is None else ", minimum: 1"
    if asked.better is Better.BAND:
        aims = f"floor: [{shown(1)}, {shown(9)}], target: [{shown(2)}, {shown(8)}]"
    else:
        low, high = (1, 2) if asked.better is Better.HIGHER else (2, 1)
        aims = f'floor: "{shown(low)}", target: "{shown(high)}"'
    return f"    - {{kpi: {asked.id}, weight: {weight}, {aims}{least}}}\n"
