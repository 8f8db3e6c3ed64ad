"""Loading an export again with 1% of its rows changed, and undoing, against loading it first.

Run by hand: python -m tests.benchmarks.coming_again [ROWS]. One database in this process: the
export, the corrected export, then either is undone. What is corrected lies in all months once, and
once in the last ones, as late corrections do.
"""

import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.access.actor import operator
from kpi.ingest.undoing import undo
from tests.benchmarks.appointments import write_appointments
from tests.benchmarks.measuring import timed
from tests.benchmarks.practice import PRACTICE, empty_practice, load

ROWS = 1_000_000


def corrected(first: Path, again: Path, rows: int, *, late: bool) -> None:
    """The same file with a visit in a hundred booked for 30 minutes instead of 20: every
    hundredth, or every second of the last fiftieth."""
    with first.open(encoding="utf-8") as held, again.open("w", encoding="utf-8") as out:
        for at, row in enumerate(held):
            changed = at > rows - rows // 50 and at % 2 if late else at % 100 == 1
            out.write(row.replace(",20,", ",30,", 1) if changed else row)


def main(arguments: list[str]) -> None:
    rows = int(arguments[0]) if arguments else ROWS
    import_module("pandas")
    for late, undone in ((False, 1), (True, 2)):
        with TemporaryDirectory() as folder:
            first, again = Path(folder) / "first.csv", Path(folder) / "again.csv"
            write_appointments(first, rows)
            corrected(first, again, rows, late=late)
            engine = empty_practice(Path(folder))
            base = timed(partial(load, engine, first))
            second = timed(partial(load, engine, again))
            back = timed(partial(undo, engine, operator(), PRACTICE, undone))
            engine.dispose()
        where = "in the last months" if late else "in all months"
        print(f"first load {base:.1f} s ({rows:,} rows)")
        print(f"again, 1% changed {where}: {second:.1f} s, ratio {second / base:.2f}")
        print(f"undoing upload {undone}: {back:.1f} s, ratio {back / base:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
