"""`kpi score` as a whole process against a Python that imports pandas and SQLAlchemy.

Run by hand: python -m tests.benchmarks.score_command. The sample practice's quarter; medians of
eleven runs, taken in turn.
"""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import timed

ROUNDS = 11
SIDES = {
    "python": ["-c", "import pandas, sqlalchemy"],
    "kpi score": [
        "-m",
        "kpi",
        "score",
        "--manager",
        "dana",
        "--from",
        "2026-01",
        "--to",
        "2026-03",
    ],
}


def run(command: list[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    taken: dict[str, list[float]] = {side: [] for side in SIDES}
    with TemporaryDirectory() as folder:
        os.environ["KPI_HOME"] = folder
        _load_sample(Path(folder))
        for _ in range(ROUNDS):
            for side, command in SIDES.items():
                taken[side].append(timed(partial(run, [sys.executable, *command])))
    imports, score = (median(each) for each in taken.values())
    print(f"importing pandas and SQLAlchemy {imports:.2f} s, kpi score {score:.2f} s")
    print(f"ratio: {score / imports:.2f} (goal: at most 3)")


def _load_sample(folder: Path) -> None:
    from kpi.commands.sample import load_sample
    from kpi.store.engine import writing
    from kpi.store.schema import init_database
    from kpi.store.secret import make_key

    engine = init_database(f"sqlite:///{folder / 'rolecard.db'}")
    with writing(engine) as connection:
        make_key(connection)
    load_sample(engine, lambda _said: None)
    engine.dispose()


if __name__ == "__main__":
    main()
