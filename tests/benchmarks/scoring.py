"""Scoring a quarter with 50,000 and with 2,000,000 appointments in the database.

Run by hand: python -m tests.benchmarks.scoring [SMALL LARGE]. Each database in a process of its
own, so that nothing is warm that would not be; the ratio is of medians of 15 scorings after one.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.appointments import write_appointments
from tests.benchmarks.measuring import in_own_process, median_seconds

SIZES, TIMES = (50_000, 2_000_000), 15


def score_with(rows: int, folder: Path) -> float:
    """Median seconds of one scoring with that many appointments in the database."""
    os.environ["KPI_HOME"] = str(folder)
    from kpi.access.actor import operator
    from kpi.months import Month
    from kpi.review.scoring import score_manager
    from tests.benchmarks.practice import MANAGER, add_scored_manager, empty_practice, load

    engine = empty_practice(folder)
    file = folder / "appointments.csv"
    write_appointments(file, rows)
    load(engine, file)
    add_scored_manager(engine)
    first, last = Month(2025, 10), Month(2025, 12)
    scored = score_manager(engine, operator(), MANAGER, first, last)
    if scored.score.score is None:
        raise RuntimeError(f"The benchmark scores nothing: {scored.score.reason}")
    return median_seconds(lambda: score_manager(engine, operator(), MANAGER, first, last), TIMES)


def main(arguments: list[str]) -> None:
    if arguments and arguments[0] == "one":
        print(json.dumps({"seconds": score_with(int(arguments[1]), Path(arguments[2]))}))
        return
    sizes = tuple(int(each) for each in arguments) or SIZES
    seconds = []
    for rows in sizes:
        with TemporaryDirectory() as folder:
            found = in_own_process("tests.benchmarks.scoring", "one", str(rows), folder)
        seconds.append(found["seconds"])
        print(f"{rows:>9,} appointments: {found['seconds'] * 1000:.1f} ms a score", flush=True)
    print(f"ratio: {seconds[-1] / seconds[0]:.2f} (goal: at most 1.3)")


if __name__ == "__main__":
    main(sys.argv[1:])
