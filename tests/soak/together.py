"""Twenty people who read while five load files, all at once; run by hand.

    python -m tests.soak.together --minutes 5 [--bursts] [--db postgresql://…] [--seed 1]

Threads of one process on one engine, as the server's are, through the functions that its pages
call. Twenty look at a score every second or so; three load one file after the other into practices
of their own, two into one more; with ``--bursts`` all five start a file at the same moment, every
ten seconds. Each file changes all months of a practice in a way that shows in
every figure: a score that mixes two states, or figures that are not those of the records beside
them in the same transaction, would be seen at once. Says how long reads and uploads took; at the
end ``kpi doctor`` must find nothing. Without ``--db`` it makes an SQLite file of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from sqlalchemy import Engine, func, select

from kpi.access.actor import operator
from kpi.measures.stored import monthly_values
from kpi.months import span
from kpi.review.scores.scoring import score_manager
from kpi.store.engine import reading
from kpi.store.tables import records
from tests.databases import made
from tests.office import Office
from tests.review.reviewed import FIRST, LAST
from tests.scored import QUARTER, assigned, fill, published

READERS = 20
PRACTICES = ("lakeside", "harbor", "hillcrest", "midtown")
LOADED_BY = ("lakeside", "harbor", "hillcrest", "midtown", "midtown")
VISITS = 2_000


@dataclass
class Seen:
    """What the people saw, and how long they waited, in seconds."""

    reads: list[float] = field(default_factory=list)
    ledgers: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    figures: dict[tuple[str, int], set[float]] = field(default_factory=lambda: defaultdict(set))
    spent: dict[str, set[int]] = field(default_factory=lambda: defaultdict(lambda: {650}))


def main() -> None:
    options = argparse.ArgumentParser(description="Reads and loads, all at once.")
    options.add_argument("--minutes", type=float, default=5)
    options.add_argument("--bursts", action="store_true")
    options.add_argument("--db", default="")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KPI_HOME"] = folder
        url = chosen.db or f"sqlite:///{folder}/rolecard.db"
        engine = made(url)
        seen = run(engine, chosen.seed, 60 * chosen.minutes, chosen.bursts)
        engine.dispose()
        doctor = [sys.executable, "-m", "kpi", "--db", url, "doctor"]
        healthy = subprocess.run(doctor, stdout=subprocess.DEVNULL, check=False).returncode == 0
    for what, took in (
        ("reads", seen.reads),
        ("ledgers loaded", seen.ledgers),
        (f"files of {VISITS:,} visits loaded", seen.visits),
    ):
        print(f"{len(took):,} {what}: median {median(took):.2f} s, longest {max(took):.2f} s")
    found = "nothing" if healthy else "something"
    print(f"{len(seen.figures):,} states seen; at the end kpi doctor finds {found}")
    print("\n".join(seen.faults[:20]) or "no error and no wrong figure")
    sys.exit(bool(seen.faults) or not healthy)


def run(engine: Engine, seed: int, seconds: float, bursts: bool) -> Seen:
    """Lets all of them go on until the time is up."""
    offices = {name: Office(engine, name) for name in PRACTICES}
    for office in offices.values():
        fill(office)
        office.load(visits(0))
        published(office)
        assigned(office, f"manager_of_{office.practice.id}")
    seen, until = Seen(), time.monotonic() + seconds
    work: list[Callable[[random.Random], None]] = [
        *(lambda chance: _read(engine, offices, chance, seen, until) for _ in range(READERS)),
        *(
            lambda chance, name=name: _load(  # type: ignore[misc]
                offices[name], chance, seen, until, bursts
            )
            for name in LOADED_BY
        ),
    ]
    people = [
        threading.Thread(target=each, args=(random.Random(seed + at),))
        for at, each in enumerate(work)
    ]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return seen


def visits(missed: int) -> str:
    """The same visits of the quarter, so many of each hundred missed."""
    return "appointment_id,start_at,status\n" + "".join(
        f"A{n},{QUARTER[n % 3]}-{1 + n // 3 % 28:02d} 09:00,"
        f"{'no_show' if n // 3 % 100 < missed else 'completed'}\n"
        for n in range(VISITS)
    )


def ledgers(spent: int) -> str:
    """The quarter's ledger with so much spent of 1,000 in each month."""
    return "month,account,kind,amount,category\n" + "".join(
        f"{month},Fees,revenue,1000.00,\n{month},Rent,expense,{spent}.00,rent\n"
        for month in QUARTER
    )


def _load(office: Office, chance: random.Random, seen: Seen, until: float, bursts: bool) -> None:
    while time.monotonic() < until:
        begun, small = time.monotonic(), chance.random() < 0.5
        try:
            if small:
                spent = chance.randint(400, 900)
                seen.spent[office.practice.id].add(spent)
                office.load(ledgers(spent), replace=True)
            else:
                office.load(visits(chance.randint(0, 40)))
        except BaseException as error:
            seen.faults.append(f"upload: {type(error).__name__}: {error}")
        (seen.ledgers if small else seen.visits).append(time.monotonic() - begun)
        time.sleep(10 - time.monotonic() % 10 if bursts else chance.uniform(0, 1))


def _read(
    engine: Engine, offices: dict[str, Office], chance: random.Random, seen: Seen, until: float
) -> None:
    while time.monotonic() < until:
        office = offices[chance.choice(PRACTICES)]
        begun = time.monotonic()
        try:
            _look(engine, office, seen)
        except BaseException as error:
            seen.faults.append(f"read: {type(error).__name__}: {error}")
        seen.reads.append(time.monotonic() - begun)
        time.sleep(chance.uniform(0.5, 1.5))


def _look(engine: Engine, office: Office, seen: Seen) -> None:
    name = office.practice.id
    found = score_manager(engine, operator(), f"manager_of_{name}", FIRST, LAST)
    rows = {row.kpi.id: row.result.value for row in found.score.rows}
    overhead = rows["overhead_ratio"]
    assert overhead is not None
    # One of the ratios that one file gives to all three months; of two files it would be between.
    assert round(1000 * overhead, 6) in seen.spent[name], (name, overhead)
    states = seen.figures[name, found.data_version]
    states.add(overhead)
    assert len(states) == 1, (name, found.data_version, states)
    _compare_with_records(engine, office)


def _compare_with_records(engine: Engine, office: Office) -> None:
    table, number = records["appointments"], office.practice.number
    with reading(engine) as connection:
        figures = monthly_values(connection, number, ["visits", "no_shows"], span(FIRST, LAST))
        query = select(table.c.status, func.count()).where(
            table.c.practice == number, table.c.live == 1
        )
        rows = connection.execute(query.group_by(table.c.status))
        counted = {row[0]: int(row[1]) for row in rows}
    said = {measure: sum(values.values()) for measure, values in figures.items()}
    assert said.get("visits", 0) == counted.get("completed", 0), (said, counted)
    assert said.get("no_shows", 0) == counted.get("no_show", 0), (said, counted)
    assert sum(said.values()) == VISITS, said


if __name__ == "__main__":
    main()
