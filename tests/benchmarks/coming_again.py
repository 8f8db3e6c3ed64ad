"""Loading an export again with 1% of its rows changed, and undoing, against loading it first.

Run by hand: python -m tests.benchmarks.coming_again [ROWS]. One database in this process: the
export, the corrected export, then either is undone.
"""

import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.access.actor import operator
from kpi.ingest.undoing import undo
from tests.benchmarks.appointments import write_appointments
from tests.benchmarks.measuring import timed
from tests.benchmarks.practice import PRACTICE, empty_practice, load

ROWS = 1_000_000


def corrected(first: Path, again: Path) -> None:
    """The same file with every hundredth visit booked for 30 minutes instead of 20."""
    with first.open(encoding="utf-8") as rows, again.open("w", encoding="utf-8") as out:
        for at, row in enumerate(rows):
            out.write(row.replace(",20,", ",30,", 1) if at % 100 == 1 else row)


def main(arguments: list[str]) -> None:
    rows = int(arguments[0]) if arguments else ROWS
    import_module("pandas")
    for undone, words in ((1, "first upload"), (2, "second upload")):
        with TemporaryDirectory() as folder:
            first, again = Path(folder) / "first.csv", Path(folder) / "again.csv"
            write_appointments(first, rows)
            corrected(first, again)
            engine = empty_practice(Path(folder))
            base = timed(lambda: load(engine, first))  # noqa: B023 - called at once
            second = timed(lambda: load(engine, again))  # noqa: B023
            back = timed(lambda: undo(engine, operator(), PRACTICE, undone))  # noqa: B023
            engine.dispose()
        print(f"first load {base:.1f} s ({rows:,} rows)")
        print(f"again, 1% changed: {second:.1f} s, ratio {second / base:.2f}")
        print(f"undoing the {words}: {back:.1f} s, ratio {back / base:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
