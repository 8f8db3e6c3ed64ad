"""A year's score on thirty KPIs with 50,000 and with 2,000,000 appointments in the database.

Run by hand: python -m tests.benchmarks.scoring [SMALL LARGE]. Each database is made in a process of
its own; then both are scored in turn in one process, and the ratio is of the least of each.
"""

import json
import os
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import in_own_process, timed

SIZES, TIMES = (50_000, 2_000_000), 25


def make(rows: int, folder: Path) -> None:
    from tests.benchmarks.thirty_kpis import practice_with

    os.environ["KPI_HOME"] = str(folder)
    practice_with(rows, folder).dispose()


def compare(folders: dict[int, Path]) -> dict[int, float]:
    """The least seconds of a year's score in each of the databases."""
    from kpi.store.engine import connect
    from tests.benchmarks.thirty_kpis import scored

    engines = {
        rows: connect(f"sqlite:///{folder / 'rolecard.db'}") for rows, folder in folders.items()
    }
    taken: dict[int, list[float]] = {rows: [] for rows in engines}
    for _ in range(TIMES):
        for rows, engine in engines.items():
            taken[rows].append(timed(partial(scored, engine)))
    for engine in engines.values():
        engine.dispose()
    return {rows: min(each) for rows, each in taken.items()}


def main(arguments: list[str]) -> None:
    if arguments and arguments[0] == "make":
        make(int(arguments[1]), Path(arguments[2]))
        print(json.dumps({}))
        return
    sizes = tuple(int(each) for each in arguments) or SIZES
    with TemporaryDirectory() as home:
        folders = {rows: Path(home) / str(rows) for rows in sizes}
        for rows, folder in folders.items():
            folder.mkdir()
            in_own_process("tests.benchmarks.scoring", "make", str(rows), str(folder))
        best = compare(folders)
    for rows, seconds in best.items():
        print(f"{rows:>9,} appointments: {seconds * 1000:.1f} ms a score")
    print(f"ratio: {best[sizes[-1]] / best[sizes[0]]:.2f} (goal: at most 1.2)")


if __name__ == "__main__":
    main(sys.argv[1:])
