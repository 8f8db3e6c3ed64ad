"""A backtest of two years on thirty KPIs, against a year's score on the same.

Run by hand: python -m tests.benchmarks.backtest [ROWS].
"""

import os
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.access.actor import operator
from kpi.review.roles.backtest import RoleBacktest, backtest_role
from tests.benchmarks.measuring import timed
from tests.benchmarks.practice import PRACTICE
from tests.benchmarks.thirty_kpis import FIRST, KPIS, LAST, practice_with, role, scored

ROWS, TIMES = 50_000, 7
GOAL_SECONDS = 2.0


def main(arguments: list[str]) -> None:
    rows = int(arguments[0]) if arguments else ROWS
    with TemporaryDirectory() as home:
        os.environ["KPI_HOME"] = home
        engine = practice_with(rows, Path(home))

        def once() -> RoleBacktest:
            return backtest_role(
                engine, operator(), PRACTICE, role(), "bench.yaml", FIRST - 12, LAST
            )  # fmt: skip

        first = timed(once)
        done = once()
        if len(done.found.kpis) != len(KPIS) or len(done.found.periods) != 8:
            raise RuntimeError("The benchmark replays nothing.")
        seconds = min(timed(once) for _ in range(TIMES))
        score = min(timed(partial(scored, engine)) for _ in range(TIMES))
        engine.dispose()
    print(f"a backtest of 24 months, 8 periods and {len(KPIS)} KPIs: {seconds:.2f} s")
    print(f"the first one in a process, modules to be loaded: {first:.2f} s")
    print(f"ratio to a year's score ({score * 1000:.1f} ms): {seconds / score:.1f}")
    if seconds > GOAL_SECONDS:
        raise SystemExit(f"More than the goal of {GOAL_SECONDS} s.")


if __name__ == "__main__":
    main(sys.argv[1:])
