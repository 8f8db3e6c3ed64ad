"""Puts the sample together: every file's rows, and the manifest that says how to load them."""

from dataclasses import dataclass, field
from typing import Any

from . import audits, claims, desk, files, incidents, people
from .days import MONTHS, month_text, quarter_text
from .draw import stream, whole
from .files import Row, Table
from .ledger import CHART, amounts, quickbooks, statement_path
from .money import Books, books
from .plan import Plan
from .practices import HILLCREST, LAKESIDE
from .schedule import Booking, bookings
from .voices import COMPLAINT_HEADER, SURVEY_HEADER, complaint_rows, survey_rows


@dataclass(slots=True)
class Sample:
    """Files by name (rows of cells, the header among them), and the manifest's entries."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)  # files that begin with a byte order mark
    loads: list[dict[str, str]] = field(default_factory=list)
    attestations: list[dict[str, str]] = field(default_factory=list)

    def add(self, plan: Plan, name: str, table: Table, **options: str) -> None:
        """A file of a practice, loaded after those that were added before it."""
        header, rows = table
        file = f"{plan.id}/{name}.csv"
        self.rows[file] = [header, *rows] if header else rows
        self.loads.append({"practice": plan.id, "file": file, **options})


def sample() -> Sample:
    """The whole sample, the same every time."""
    found = Sample()
    _lakeside(found)
    _hillcrest(found)
    return found


def _quarters() -> list[str]:
    return [quarter_text(index) for index in range(0, MONTHS, 3)]


def _months_of(first: int, last: int) -> str:
    return f"{month_text(first)}..{month_text(last)}"


HALVES = (("2025-h2", 18, 23), ("2026-h1", 24, 29))
YEARS = ((2024, 0, 11), (2025, 12, 23), (2026, 24, 29))


def _lakeside(found: Sample) -> None:
    plan = LAKESIDE
    visits = bookings(plan)
    money = books(plan, visits)
    schedule = files.appointments(visits, files.SCHEDULE)
    flow = files.appointments(visits, files.FLOW_BOARD, flow_only=True)
    _untidy_flow_board(flow)
    for quarter in _quarters():
        loads = [
            (f"schedule_{quarter}", schedule[quarter], {}),
            (f"flow_board_{quarter}", flow[quarter], {"dataset": "appointments"}),
        ]
        # Which of the two is loaded first makes no difference; one quarter shows it.
        for name, table, options in reversed(loads) if quarter == "2024-q4" else loads:
            found.add(plan, name, table, **options)
    _charges_with_mistakes(found, plan, files.charges(money, located=True))
    for quarter, table in files.payments(money, located=True).items():
        found.add(plan, f"payments_{quarter}", table)
    header = [*files.AGING_HEADER, "location"]
    for name, first, last in (("2023-12", -1, -1), *((str(y), a, b) for y, a, b in YEARS)):
        days = files.month_ends(first, last)
        if name == "2025":  # somebody also ran the report in the middle of August
            days = sorted([*days, days[7].replace(day=15)])
        rows = [row for day in days for row in files.aging(money, day, located=True)]
        found.add(plan, f"ar_aging_{name}", (header, rows))
    for year, first, last in YEARS:
        months = range(first, last + 1)
        monthly = [amounts(plan, index, money.net[index]) for index in months]
        found.add(plan, f"profit_and_loss_{year}", ([], quickbooks(plan.name, months, monthly)))
    _voices(found, plan)
    for year, first, last in YEARS:
        found.add(plan, f"incidents_{year}", (incidents.HEADER, incidents.LAKESIDE[year]),
                  covers=_months_of(first, last))  # fmt: skip
    _office(found, plan, visits, money)
    # Asked for later, each as a file of its own that fills a column of what stands already.
    spring = range(27, 30)
    found.add(plan, "work_units_2026-q2", files.work_units(money, spring), dataset="charges")
    found.add(plan, "new_patients_2026-q2", files.new_patients(plan, visits, spring),
              dataset="appointments")  # fmt: skip


def _untidy_flow_board(flow: dict[str, Table]) -> None:
    """Two patients who were never on the schedule, and three times nobody can read."""
    header, rows = flow["2025-q2"]
    rows.insert(40, ["LX901", "2025-04-02 10:05", "2025-04-02 10:20", "2025-04-02 10:41"])
    rows.insert(41, ["LX902", "2025-04-02 10:15", "2025-04-02 10:31", "2025-04-02 10:50"])
    for number in (100, 350, 720):
        rows[number][header.index("seen_at")] = "see paper"


def _charges_with_mistakes(found: Sample, plan: Plan, cut: dict[str, Table]) -> None:
    """Three rows of a quarter cannot be read; a corrected export of August restates some."""
    header, rows = cut["2025-q3"]
    august = [number for number, row in enumerate(rows) if row[1].startswith("2025-08")][:40]
    restated = [list(rows[number]) for number in august]
    rng = stream(plan.id, "restated")
    for row in restated[5:25]:
        row[2] = f"{float(row[2]) + whole(rng, 1, 9) * 5:.2f}"
    rows[august[0]][2] = "#REF!"
    rows[august[1]][1] = "2025-08-32"
    rows[august[60 % len(august)] + 400][0] = ""
    for quarter, table in cut.items():
        found.add(plan, f"charges_{quarter}", table)
    found.add(plan, "charges_2025-08_corrected", (header, restated))


def _voices(found: Sample, plan: Plan) -> None:
    """Surveys by quarter and complaints by year; each complaints file covers its months."""
    surveys = survey_rows(plan)
    for first in range(0, MONTHS, 3):
        rows = [row for index in range(first, first + 3) for row in surveys[index]]
        name = f"surveys_{quarter_text(first)}"
        found.add(plan, name, (SURVEY_HEADER, rows))
        if quarter_text(first) == "2025-q1":
            found.marked.add(f"{plan.id}/{name}.csv")  # saved from a spreadsheet program
    complaints = complaint_rows(plan)
    for year, first, last in YEARS:
        rows = [row for index in range(first, last + 1) for row in complaints[index]]
        found.add(plan, f"complaints_{year}", (COMPLAINT_HEADER, rows),
                  covers=_months_of(first, last))  # fmt: skip


def _hillcrest(found: Sample) -> None:
    plan = HILLCREST
    visits = bookings(plan)
    money = books(plan, visits)
    _one_export(found, plan, visits)
    for quarter, (header, rows) in files.charges(money, located=False).items():
        if quarter != "2026-q2":
            found.add(plan, f"charges_{quarter}", (header, rows))
            continue
        for month in ("2026-04", "2026-05", "2026-06"):
            of_month = [row for row in rows if row[1].startswith(month)]
            # The last file was exported too early: it ends on the 20th.
            whole_month = [row for row in of_month if row[1] <= "2026-06-20"]
            found.add(plan, f"charges_{month}", (header, whole_month))
    for quarter, table in files.payments(money, located=False).items():
        found.add(plan, f"payments_{quarter}", table)
    for name, first, last in (("2023-12", -1, -1), *((str(y), a, b) for y, a, b in YEARS)):
        rows = [row for day in files.month_ends(first, last)
                for row in files.aging(money, day, located=False)]  # fmt: skip
        found.add(plan, f"ar_aging_{name}", (files.AGING_HEADER, rows))
    _ledger(found, plan, money)
    _voices(found, plan)
    again = next(
        each for each in found.loads if each["file"].endswith("hillcrest/surveys_2025-q2.csv")
    )
    found.loads.append(dict(again))  # the same file once more, which changes nothing
    covered = {
        "2024": "2024-01..2024-12", "2025-01..04": "2025-01..2025-04",
        "2025-06..12": "2025-06..2025-12", "2026-q1": "2026-01..2026-03",
    }  # fmt: skip
    for name, rows in incidents.HILLCREST.items():
        safe = name.replace("..", "_to_")
        found.add(plan, f"incidents_{safe}", (incidents.HEADER, rows), covers=covered[name])
    _office(found, plan, visits, money)
    for month in ("2026-04", "2026-05", "2026-06"):
        found.attestations.append({"practice": plan.id, "dataset": "incidents", "month": month})


def _office(found: Sample, plan: Plan, visits: list[Booking], money: Books) -> None:
    """What the office writes of itself: a file a year, claims and templates since July 2025."""
    for name, first, last in HALVES:
        months = range(first, last + 1)
        found.add(plan, f"claims_{name}", claims.claims(plan, money, months))
        found.add(plan, f"availability_{name}", desk.availability(plan, visits, months))
    for year, first, last in YEARS:
        months = range(first, last + 1)
        covers = _months_of(first, last)
        found.add(plan, f"calls_{year}", desk.calls(plan, months))
        found.add(plan, f"staff_hours_{year}", people.hours(plan, months))
        found.add(plan, f"staff_{year}", people.lists(plan, months))
        found.add(plan, f"training_{year}", people.training(plan, months), covers=covers)
        found.add(plan, f"audits_{year}", audits.audits(plan, months), covers=covers)


def _one_export(found: Sample, plan: Plan, visits: list[Booking]) -> None:
    """Appointments from one report; in one quarter a visit stands in it twice, changed."""
    for quarter, (header, rows) in files.appointments(
        visits, files.ONE_EXPORT, spoken=True
    ).items():
        if quarter == "2025-q2":
            twice = list(rows[200])
            rows[200][header.index("status")] = "Scheduled"
            rows.append(twice)
        found.add(plan, f"appointments_{quarter}", (header, rows))


def _ledger(found: Sample, plan: Plan, money: Books) -> None:
    """Half-yearly files, and March 2025 once more after a correction."""
    for first in range(0, MONTHS, 6):
        rows = [
            row for index in range(first, first + 6) for row in files.ledger(plan, money, index)
        ]
        name = f"ledger_{month_text(first)}_to_{month_text(first + 5)}"
        found.add(plan, name, (files.LEDGER_HEADER, rows))
    restated = files.ledger(plan, money, 14)
    for row in restated:
        if row[1] == "Billing Service":
            row[3] = f"{float(row[3]) + 640:.2f}"
    found.add(plan, "ledger_2025-03_corrected", (files.LEDGER_HEADER, restated))


def manifest(found: Sample) -> dict[str, Any]:
    """What there is to set up and to load, in order."""
    plans = (LAKESIDE, HILLCREST)
    role = "medical-office-manager"
    people = {"lakeside": ("dana", "Dana Whitfield (sample)"),
              "hillcrest": ("marcus", "Marcus Oyelaran (sample)")}  # fmt: skip
    return {
        "practices": [{"id": plan.id, "name": plan.name, "timezone": "America/New_York",
                       "fiscal_start": 1} for plan in plans],
        "managers": [{"id": ident, "name": name} for ident, name in people.values()],
        "assignments": [{"manager": people[plan.id][0], "practice": plan.id, "role": role,
                         "from": "2024-01", "to": None, "locations": []} for plan in plans],
        "roles": [{"practice": plan.id, "file": f"roles/{role}-{version}.yaml",
                   "retroactive": "The sample practices were set up after the fact."}
                  for plan in plans for version in ("2025.1", "2026.1")],
        "accounts": {"lakeside": {statement_path(line): line.category for line in CHART
                                  if line.kind == "expense"}},
        "files": found.loads,
        "attestations": found.attestations,
    }  # fmt: skip
