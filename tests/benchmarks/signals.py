"""How often charts flag a process that has not changed: what ``docs/fairness.md`` says of it.

    python -m tests.benchmarks.signals > tests/benchmarks/signals.json

Each process gives 48 months; a process is charted as the pages do, month by month from the 12th
value on, and a month counts as flagged when the chart that ends with it flags it. The seed is
fixed, so the same program gives the same table.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from kpi.catalogue import Better
from kpi.months import Month
from kpi.score.signal import BASELINE, RUN, read_signal

MONTHS = 48
FIRST = 12
SEED = 2026

Series = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator], Series]


def normal(drawn: np.random.Generator) -> Series:
    """Months that differ by chance alone, in the shape of a bell."""
    return drawn.normal(100, 10, MONTHS)


def share(drawn: np.random.Generator) -> Series:
    """A no-show rate of 6% of 400 appointments a month."""
    return drawn.binomial(400, 0.06, MONTHS) / 400


def count(drawn: np.random.Generator) -> Series:
    """Six complaints a month."""
    return drawn.poisson(6, MONTHS).astype(float)


def skewed(drawn: np.random.Generator) -> Series:
    """Mean charge lag of 40 lines, a few of them very late."""
    return drawn.lognormal(1, 0.8, (MONTHS, 40)).mean(axis=1)


def _carried(by: float) -> Draw:
    def draw(drawn: np.random.Generator) -> Series:
        each = drawn.normal(0, 10 * math.sqrt(1 - by**2), MONTHS + 50)
        level, found = 0.0, []
        for step in each:
            level = by * level + step
            found.append(level)
        return 100 + np.array(found[50:])

    return draw


def _seasonal(swing: float) -> Draw:
    def draw(drawn: np.random.Generator) -> Series:
        year = swing * 10 * np.sin(2 * np.pi * np.arange(MONTHS) / 12)
        return 100 + year + drawn.normal(0, 10, MONTHS)

    return draw


INDEPENDENT: dict[str, Draw] = {
    "normal": normal,
    "share of 400, 6%": share,
    "count of 6": count,
    "skewed mean of 40": skewed,
}
DEPENDENT: dict[str, Draw] = {
    "carried over by 0.2": _carried(0.2),
    "carried over by 0.4": _carried(0.4),
    "carried over by 0.6": _carried(0.6),
    "season of half a deviation": _seasonal(0.5),
    "season of one deviation": _seasonal(1.0),
    "season of two deviations": _seasonal(2.0),
}


def flagged(
    draw: Draw, charts: int, baseline: int = BASELINE, run: int = RUN
) -> tuple[float, float]:
    """The share of months that are flagged though nothing has changed: of all from the 12th on, and
    of those after the 24th, when the baseline is full."""
    drawn = np.random.Generator(np.random.PCG64(SEED))
    hits = np.zeros(MONTHS - FIRST + 1)
    for _ in range(charts):
        signals = _signals(draw(drawn).tolist(), baseline, run)
        hits += [signal != "common_cause" for signal in signals]
    shares = hits / charts
    return float(shares.mean()), float(shares[BASELINE - FIRST + 1 :].mean())


def _signals(values: list[float], baseline: int, run: int) -> Iterator[str | None]:
    start = Month(2020, 1)
    for last in range(FIRST, MONTHS + 1):
        points = {start + at: value for at, value in enumerate(values[:last])}
        reading = read_signal(points, Better.HIGHER, 0.0, baseline=baseline, run=run)
        yield reading.signal


def main(charts: int) -> None:
    """Prints the table as JSON."""
    rows = []
    for group in (INDEPENDENT, DEPENDENT):
        for name, draw in group.items():
            every, later = flagged(draw, charts)
            nhs, _ = flagged(draw, charts, 12, 7)
            rows.append(
                {
                    "process": name,
                    "independent": group is INDEPENDENT,
                    "defaults": round(every, 4),
                    "after_24": round(later, 4),
                    "nhs": round(nhs, 4),
                }
            )
    found = {"charts": charts, "months": MONTHS - FIRST + 1, "seed": SEED, "rows": rows}
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
