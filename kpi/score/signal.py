"""Signal or noise: an XmR chart of a KPI's monthly values, as in NHS "Making Data Count".

Limits are the mean ± 2.66 mean moving ranges of the baseline. The defaults (24 months of
baseline, a run of 8) flag an unchanged process in about 3% of months; the NHS setting is 12 and 7.
A signal never changes points: it says whether asking "why" is fair.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kpi.catalogue import Better
from kpi.months import Month
from kpi.role.model import Threshold
from kpi.score.attainment import meets_target
from kpi.score.model import Phase, Rebased, SignalReading

BASELINE = 24
RUN = 8
TREND = 7
FALSE_FLAGS = 0.03
"""The share of months in which the defaults flag a KPI that has not changed: simulated, 2.1% to
3.3% (``docs/fairness.md``)."""
_LEAST = 12  # months of baseline below which there are no limits yet
_LIMIT = 2.66
_OUTLIER = 3.267
_MOVING_RANGE = 1.128  # mean moving ranges in a standard deviation (d2 of two points)
_RARE_MEAN = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The lines of a chart. ``near`` limits lie at two thirds of the way to the outer ones."""

    mean: float
    lower: float
    upper: float
    moving_range: float
    constant: bool  # no variation at all in the baseline

    @property
    def near_lower(self) -> float:
        return self.mean - (self.mean - self.lower) * 2 / 3

    @property
    def near_upper(self) -> float:
        return self.mean + (self.upper - self.mean) * 2 / 3

    def side(self, value: float) -> int:
        """1 above the mean, -1 below it, 0 on it."""
        # A mean is rounded by the last bit: what differs by no more lies on it.
        if math.isclose(value, self.mean, rel_tol=1e-12, abs_tol=1e-15):
            return 0
        return 1 if value > self.mean else -1


def read_signal(
    points: Mapping[Month, float | None],
    better: Better,
    target: Threshold,
    *,
    baseline: int = BASELINE,
    run: int = RUN,
    screen_outliers: bool = True,
    is_count: bool = False,
    rebased: Sequence[Rebased] = (),
) -> SignalReading:
    """What the chart says of the last month with a value, and the lines to draw.

    A month of None is a gap that breaks no run. With fewer than 12 months there are no limits
    (``trial``); up to 23 of a baseline of 24 the reading is provisional. ``is_count`` refuses to
    chart what is too rare. ``rebased``: from these months on limits are drawn anew, each from its
    own months alone; a month that the points do not reach is none of theirs.
    """

    def part(of: Mapping[Month, float | None]) -> SignalReading:
        return _read_part(of, better, target, baseline, run, screen_outliers, is_count)

    cuts = sorted(
        (each for each in rebased if points and min(points) < each.month <= max(points)),
        key=lambda each: each.month,
    )
    if not cuts:
        return part(points)
    starts = [min(points), *(each.month for each in cuts), max(points) + 1]
    read = [
        part({month: points[month] for month in sorted(points) if first <= month < after})
        for first, after in pairwise(starts)
    ]
    latest = read[-1]
    return replace(
        latest,
        points={month: value for each in read for month, value in each.points.items()},
        flags={month: flag for each in read for month, flag in each.flags.items()},
        rebased=cuts[-1],
        earlier=tuple(
            Phase(min(each.points), max(each.points), each.mean, each.lower, each.upper)
            for each in read[:-1]
            if each.mean is not None and each.lower is not None and each.upper is not None
        ),
    )


def _read_part(
    points: Mapping[Month, float | None],
    better: Better,
    target: Threshold,
    baseline: int,
    run: int,
    screen_outliers: bool,
    is_count: bool,
) -> SignalReading:
    """The same of months that have one baseline."""
    ordered = {month: points[month] for month in sorted(points)}
    known = {month: value for month, value in ordered.items() if value is not None}
    values = list(known.values())
    blank: dict[Month, str | None] = dict.fromkeys(ordered)
    if len(values) < min(_LEAST, baseline):
        months = "1 month" if len(values) == 1 else f"{len(values)} months"
        note = f"{months} so far: limits are drawn from {_LEAST} on."
        return SignalReading("trial", False, None, ordered, blank, note=note)
    first = values[:baseline]
    if is_count and _too_rare(first):
        return SignalReading(None, False, None, ordered, blank, note=_since_last(values))
    lines = limits(first, screen_outliers=screen_outliers)
    found = flags(values, lines, run=run)
    return SignalReading(
        signal=_signal(values, found, lines, better),
        provisional=len(first) < baseline,
        assurance=_assurance(lines, better, target),
        points=ordered,
        flags={**blank, **dict(zip(known, found, strict=True))},
        mean=lines.mean,
        lower=lines.lower,
        upper=lines.upper,
    )


def more_than_chance(reading: SignalReading, by: float) -> bool | None:
    """Whether two months of a chart differ by more than an unchanged process has them differ in
    95 of 100 cases: 1.96 · √2 standard deviations of a month; None without limits."""
    if reading.mean is None or reading.upper is None:
        return None
    month = (reading.upper - reading.mean) / _LIMIT / _MOVING_RANGE
    return abs(by) > 1.96 * math.sqrt(2) * month


def limits(values: Sequence[float], *, screen_outliers: bool = True) -> Limits:
    """Mean and limits of a baseline of at least one value.

    With ``screen_outliers`` moving ranges of 3.267 times their mean or more are dropped, once.
    """
    mean = math.fsum(values) / len(values)
    spread = max(values) - min(values)
    if spread <= 1e-12 * max(abs(value) for value in values):
        return Limits(mean, mean, mean, 0.0, constant=True)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    moving_range = math.fsum(ranges) / len(ranges)
    if not moving_range:  # a variation so small that its mean is no number any more
        return Limits(mean, mean, mean, 0.0, constant=True)
    if screen_outliers:
        kept = [each for each in ranges if each < _OUTLIER * moving_range]
        # Where nearly all months are equal, what is kept has no variation at all, and limits on
        # the mean itself would flag every point: then nothing is dropped.
        moving_range = math.fsum(kept) / len(kept) or moving_range
    reach = _LIMIT * moving_range
    return Limits(mean, mean - reach, mean + reach, moving_range, constant=False)


def flags(values: Sequence[float], lines: Limits, *, run: int = RUN) -> list[str | None]:
    """What is special about each point: ``outside``, ``trend``, ``two_of_three``, ``run``, None.

    The first of these that holds is the point's flag.
    """
    sides = [lines.side(value) for value in values]
    rules = {
        "outside": [
            side != 0 and not lines.lower <= value <= lines.upper
            for value, side in zip(values, sides, strict=True)
        ],
        "trend": _streaks([0, *_steps(values)], TREND - 1, lead=1),
        "two_of_three": _two_of_three(values, sides, lines),
        "run": _streaks(sides, run),
    }
    return [
        next((name for name, hits in rules.items() if hits[at]), None) for at in range(len(values))
    ]


def _steps(values: Sequence[float]) -> list[int]:
    """1 for each step up, -1 down, 0 for none."""
    return [(b > a) - (b < a) for a, b in pairwise(values)]


def _streaks(signs: Sequence[int], least: int, *, lead: int = 0) -> list[bool]:
    """The places that stand in a streak of at least that many equal signs other than 0.

    ``lead`` places before a streak belong to it too: six steps join seven points.
    """
    found = [False] * len(signs)
    start = 0
    for at in range(1, len(signs) + 1):
        if at < len(signs) and signs[at] == signs[start]:
            continue
        if signs[start] != 0 and at - start >= least:
            found[start - lead : at] = [True] * (at - start + lead)
        start = at
    return found


def _two_of_three(values: Sequence[float], sides: Sequence[int], lines: Limits) -> list[bool]:
    between = [
        lines.lower <= value < lines.near_lower or lines.near_upper < value <= lines.upper
        for value in values
    ]
    found = [False] * len(values)
    for at in range(len(values) - 2):
        window = range(at, at + 3)
        if abs(sum(sides[each] for each in window)) == 3:
            close = [each for each in window if between[each]]
            if len(close) >= 2:
                for each in close:
                    found[each] = True
    return found


def _signal(
    values: Sequence[float], found: Sequence[str | None], lines: Limits, better: Better
) -> str:
    if found[-1] is None:
        return "common_cause"
    # A trend is judged by where it goes, all else by the side of the mean that it stands on.
    up = values[-1] > values[-2] if found[-1] == "trend" else lines.side(values[-1]) > 0
    if better is Better.BAND:
        return "rising" if up else "falling"
    return "improving" if up == (better is Better.HIGHER) else "deteriorating"


def _assurance(lines: Limits, better: Better, target: Threshold) -> str:
    if lines.constant:
        met = meets_target(lines.mean, target, better)
        return "consistently_meets" if met else "consistently_misses"
    low, high = lines.lower, lines.upper
    if isinstance(target, tuple):
        good_from, good_to = target
    elif better is Better.LOWER:
        good_from, good_to = -math.inf, target
    else:
        good_from, good_to = target, math.inf
    if good_from < low and high < good_to:
        return "consistently_meets"
    if high < good_from or low > good_to:
        return "consistently_misses"
    return "hit_or_miss"


def _too_rare(values: Sequence[float]) -> bool:
    most = max(Counter(values).values())
    return math.fsum(values) / len(values) < _RARE_MEAN or most * 3 > len(values)


def _since_last(values: Sequence[float]) -> str:
    since = next((back for back, value in enumerate(reversed(values)) if value), None)
    if since is None:
        return f"Too rare to chart: none in {len(values)} months."
    months = "month" if since == 1 else "months"
    return f"Too rare to chart: {since} {months} since the last one."
