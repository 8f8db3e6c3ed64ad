"""What it takes to let old records go, against loading them.

Run by hand: python -m tests.benchmarks.letting_go [ROWS [SERVER]]. A practice loads five years of
appointments (200,000) as one file, and lets those of the first three go. By the clock, and of the
processor in this process, so without a server's. On SQLite, or on the PostgreSQL server named.
"""

import sys
from datetime import date
from functools import partial
from importlib import import_module

from kpi.access.actor import operator
from kpi.months import Month
from kpi.review.oversight.retention import apply_retention, keep_records
from tests.benchmarks.appointments import write_appointments
from tests.benchmarks.measuring import peak_mib, spent
from tests.benchmarks.places import places
from tests.benchmarks.practice import PRACTICE, load, open_practice

ROWS, FIRST_DAY, LAST_DAY = 200_000, date(2020, 1, 1), date(2024, 12, 31)
KEPT_FROM = Month(2023, 1)


def main(arguments: list[str]) -> None:
    rows = int(arguments[0]) if arguments else ROWS
    import_module("pandas")
    with places(arguments[1] if len(arguments) > 1 else None) as place:
        engine, file = place.make("aging"), place.folder / "appointments.csv"
        open_practice(engine)
        write_appointments(file, rows, FIRST_DAY, LAST_DAY)
        loading = spent(partial(load, engine, file))
        keep_records(engine, operator(), PRACTICE, 24)
        applying = spent(partial(apply_retention, engine, operator(), PRACTICE, KEPT_FROM))
        engine.dispose()
    print(f"loading {rows:,} appointments: {loading}")
    print(f"letting those before {KEPT_FROM} go: {applying}")
    print(
        f"ratio by the clock {applying.clock / loading.clock:.2f}, of processor "
        f"{applying.processor / loading.processor:.2f}; peak memory {peak_mib():.0f} MiB"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
