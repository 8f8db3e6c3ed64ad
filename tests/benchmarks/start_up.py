"""`kpi --help` against an empty start of Python.

Run by hand: python -m tests.benchmarks.start_up. Medians of ten runs, taken in turn.
"""

import subprocess
import sys
from functools import partial
from statistics import median

from tests.benchmarks.measuring import timed

ROUNDS = 10
SIDES = {"python": ["-c", "pass"], "kpi --help": ["-m", "kpi", "--help"]}


def run(command: list[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    taken: dict[str, list[float]] = {side: [] for side in SIDES}
    for _ in range(ROUNDS):
        for side, start in SIDES.items():
            taken[side].append(timed(partial(run, [sys.executable, *start])))
    empty, help_ = (median(each) for each in taken.values())
    print(f"empty start of Python {empty * 1000:.0f} ms, kpi --help {help_ * 1000:.0f} ms")
    print(f"ratio: {help_ / empty:.1f}")


if __name__ == "__main__":
    main()
