"""Loading 1,000,000 appointments against pandas' read_csv and to_sql of the same file.

Run by hand: python -m tests.benchmarks.ingest [ROWS]. Both write a new SQLite file, each run in a
process of its own; times are the least of three runs, taken in turn, and leave imports out.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.appointments import write_appointments
from tests.benchmarks.measuring import in_own_process, peak_mib, timed

ROWS, ROUNDS = 1_000_000, 3


def ours(file: Path, folder: Path) -> float:
    os.environ["KPI_HOME"] = str(folder)
    from tests.benchmarks.practice import empty_practice, load

    engine = empty_practice(folder)
    import_module("pandas")  # before the clock starts, as on the other side
    return timed(lambda: load(engine, file))


def plain_pandas(file: Path, folder: Path) -> float:
    import pandas as pd
    from sqlalchemy import create_engine

    engine = create_engine(f"sqlite:///{folder / 'plain.db'}")
    return timed(lambda: pd.read_csv(file).to_sql("appointments", engine, index=False))


SIDES = {"ours": ours, "pandas": plain_pandas}


def main(arguments: list[str]) -> None:
    if arguments and arguments[0] in SIDES:
        seconds = SIDES[arguments[0]](Path(arguments[1]), Path(arguments[2]))
        print(json.dumps({"seconds": seconds, "mib": peak_mib()}))
        return
    rows = int(arguments[0]) if arguments else ROWS
    runs: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "appointments.csv"
        write_appointments(file, rows)
        for _ in range(ROUNDS):
            for side, found in runs.items():
                with TemporaryDirectory() as own:
                    found.append(in_own_process("tests.benchmarks.ingest", side, str(file), own))
    best = {
        side: {key: min(run[key] for run in found) for key in ("seconds", "mib")}
        for side, found in runs.items()
    }
    for side, found in best.items():
        print(f"{side:8} {found['seconds']:7.2f} s {found['mib']:7.0f} MiB  ({rows:,} rows)")
    for key, word in (("seconds", "time"), ("mib", "peak memory")):
        print(f"ratio of {word}, ours to pandas: {best['ours'][key] / best['pandas'][key]:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
