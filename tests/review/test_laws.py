"""Laws of the whole way from files to a score, on small practices that Hypothesis makes up.

The rows of a file may come in any order, a file may come in pieces, files that do not restate each
other in any order: the score document is the same, to the last digit. And who withholds a file
never comes to a better score that could become final.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.ingest.declaring import attest
from kpi.months import Month
from kpi.review.scores.scoring import score_document, score_manager
from tests.office import Office, months
from tests.scored import ROLE, assigned, published

NAMES = count()
PERIOD = months("2026-01..2026-03")
YEAR_BEFORE = months("2025-01..2025-03")

laws = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

BROAD = ROLE.replace("weight: 40", "weight: 10").replace("weight: 30", "weight: 20").replace(
    "  review_period: quarter", "  review_period: quarter\n  minimum_coverage: 10%"
).replace(
    "    - kpi: hipaa_violations",
    """\
    - kpi: revenue_growth
      weight: 10
      floor: -50%
      target: 5%
      stretch: 50%
    - kpi: no_show_rate
      weight: 20
      floor: 60%
      target: 10%
      stretch: 0%
      minimum: 1
    - kpi: median_wait_minutes
      weight: 10
      floor: 40 min
      target: 10 min
      minimum: 1
    - kpi: hipaa_violations""",
)  # fmt: skip


@dataclass(frozen=True)
class File:
    """One export. ``part`` tells exports of the same dataset and month apart."""

    dataset: str
    month: Month
    header: str
    rows: tuple[str, ...]
    part: str = ""

    @property
    def text(self) -> str:
        return "\n".join((self.header, *self.rows)) + "\n"


def day(month: Month, number: int) -> str:
    return f"{month}-{number:02d}"


@st.composite
def ledgers(draw: st.DrawFn, month: Month) -> File:
    cents = st.integers(1, 500_000)
    rows = [f"{month},Fees {at},revenue,{draw(cents) / 100:.2f},," for at in range(2)]
    rows += [f"{month},Cost {at},expense,{draw(cents) / 100:.2f},other," for at in range(2)]
    return File("ledger", month, "month,account,kind,amount,category,location", tuple(rows))


@st.composite
def answers(draw: st.DrawFn, month: Month) -> File:
    given_scores = draw(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([4, 5, 7])),
                                 min_size=1, max_size=5))  # fmt: skip
    rows = [
        f"S{month}{at},overall,{score},1,{most},{day(month, at + 3)}"
        for at, (score, most) in enumerate(given_scores)
    ]
    header = "response_id,question,score,scale_min,scale_max,answered_on"
    return File("surveys", month, header, tuple(rows))


@st.composite
def grievances(draw: st.DrawFn, month: Month) -> File:
    """Some fall due in the next month, some are never settled."""
    took = draw(st.lists(st.tuples(st.integers(1, 28), st.none() | st.integers(0, 20)),
                         min_size=1, max_size=4))  # fmt: skip
    rows = []
    for at, (received, days) in enumerate(took):
        start = date(month.year, month.number, received)
        settled = "" if days is None else (start + timedelta(days=days)).isoformat()
        rows.append(f"K{month}{at},{start.isoformat()},{settled}")
    return File("complaints", month, "complaint_id,received_on,resolved_on", tuple(rows))


@st.composite
def breaches(draw: st.DrawFn, month: Month) -> File | None:
    kinds = draw(st.lists(st.sampled_from(["true", "false", ""]), max_size=2))
    rows = [f"I{month}{at},hipaa,{day(month, at + 2)},{said}" for at, said in enumerate(kinds)]
    header = "incident_id,kind,occurred_on,confirmed"
    return File("incidents", month, header, tuple(rows)) if rows else None


@st.composite
def bookings(draw: st.DrawFn, month: Month) -> list[File]:
    """A schedule, and a flow board with the times that the schedule lacks."""
    visits, missed = draw(st.integers(1, 8)), draw(st.integers(0, 3))
    came = draw(st.permutations([True] * visits + [False] * missed))
    schedule, board = [], []
    for at, kept in enumerate(came):
        start = f"{day(month, at + 4)} 09:"
        schedule.append(f"A{month}{at},{start}00,{'completed' if kept else 'no_show'}")
        seen = draw(st.integers(0, 59))
        board.append(f"A{month}{at},{start}00,{start}{seen:02d}" if kept else f"A{month}{at},,")
    return [
        File("appointments", month, "appointment_id,start_at,status", tuple(schedule), "schedule"),
        File("appointments", month, "appointment_id,arrived_at,seen_at", tuple(board), "board"),
    ]


@st.composite
def practices(draw: st.DrawFn) -> list[File]:
    files: list[File] = [draw(ledgers(month)) for month in (*YEAR_BEFORE, *PERIOD)]
    for month in PERIOD:
        files += [draw(answers(month)), draw(grievances(month)), *draw(bookings(month))]
        incident = draw(breaches(month))
        files += [incident] if incident else []
    return files


def load(office: Office, file: File) -> None:
    # A flow board says no day, so it cannot say what it covers either.
    covers = str(file.month) if file.part == "schedule" else ""
    office.load(file.text, file.dataset, covers)


def declare(office: Office, files: Sequence[File]) -> None:
    """Says of the months that had no incident that they had none."""
    for month in PERIOD:
        if not any(each.dataset == "incidents" and each.month == month for each in files):
            attest(office.engine, operator(), office.practice.id, "incidents", month)


def opened(engine: Engine) -> tuple[Office, str]:
    """A new practice with its role and its manager."""
    number = next(NAMES)
    office, manager = Office(engine, f"practice-{number}"), f"manager-{number}"
    published(office, BROAD)
    assigned(office, manager)
    return office, manager


def document(office: Office, manager: str) -> dict[str, Any]:
    found = score_manager(office.engine, operator(), manager, PERIOD[0], PERIOD[-1])
    shown = score_document(found)
    del shown["manager"], shown["practice"]
    return shown


def scored(engine: Engine, files: Sequence[File]) -> dict[str, Any]:
    office, manager = opened(engine)
    for file in files:
        load(office, file)
    declare(office, files)
    return document(office, manager)


def joined(files: Sequence[File]) -> list[File]:
    """The files of a dataset and part as one, over all its months."""
    found: dict[tuple[str, str], File] = {}
    for file in files:
        before = found.get((file.dataset, file.part))
        found[file.dataset, file.part] = (
            file if before is None else replace(before, rows=before.rows + file.rows)
        )
    return list(found.values())


@laws
@given(files=practices(), data=st.data())
def test_order_and_pieces_of_files_make_no_difference(
    engine: Engine, files: list[File], data: st.DataObject
) -> None:
    expected = scored(engine, files)
    mixed = [
        replace(file, rows=tuple(data.draw(st.permutations(file.rows))))
        for file in data.draw(st.permutations(files))
    ]
    assert scored(engine, mixed) == expected
    office, manager = opened(engine)
    for file in joined(mixed):
        covers = "2026-01..2026-03" if file.part == "schedule" else ""
        office.load(file.text, file.dataset, covers)
    declare(office, files)
    assert document(office, manager) == expected


def could_become_final(found: dict[str, Any]) -> bool:
    """Whether all that the score needs is there: no range, no gate that waits."""
    settled = all(gate["state"] in ("held", "breached") for gate in found["gates"])
    there = all(row["status"] in ("scored", "not_applicable") for row in found["kpis"])
    return found["score"] is not None and settled and there


@laws
@given(files=practices(), data=st.data())
def test_withholding_a_file_never_helps(
    engine: Engine, files: list[File], data: st.DataObject
) -> None:
    kept_back = data.draw(st.sampled_from(files))
    office, manager = opened(engine)
    for file in files:
        if file is not kept_back:
            load(office, file)
    declare(office, files)
    without = document(office, manager)
    load(office, kept_back)
    whole = document(office, manager)
    if could_become_final(without):
        assert whole["score"] is not None
        assert without["score"] <= whole["score"] + 1e-9
    if without["score_range"] is not None and whole["score"] is not None:
        low, high = without["score_range"]
        assert low - 1e-9 <= whole["score"] <= high + 1e-9
