"""A score's margin: how far chance alone could have moved it, found by drawing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from kpi.catalogue import Better
from kpi.role.model import Terms
from kpi.score.attainment import STRETCH_POINTS, TARGET_POINTS
from kpi.score.judging import Judged
from kpi.score.margin import DEVIATES, ENDS, Spread, is_rule
from kpi.score.model import ScoreMargin, Status

DRAWS = 2000
SEED = 1927
"""The same everywhere and always, so that the same figures give the same margin."""
LEAST_WEIGHT = 0.7
"""Of the scored weight, that needs a margin or usual variation for the score to have one."""

Values = npt.NDArray[np.float64]


def score_margin(
    rows: Sequence[Judged], spreads: Mapping[str, Spread], cap: float | None, score: float
) -> ScoreMargin | None:
    """The margin of a score, from its rows and their spreads by KPI id; None where less than 70%
    of the scored weight has one.

    In each draw every KPI with a spread gets a value of its spread, independent of the others, and
    is judged anew; the others stay. ``cap``: of the gates that are breached, as they stand: a
    gate's state is a fact and so is a target that nothing happens. The ends are those of the middle
    95 of 100 draws, the farther for what lies lopsided (``_levels``), and never leave the score
    outside.
    """
    scored = [row for row in rows if row.status is Status.SCORED and row.weight]
    total = math.fsum(row.weight for row in scored)
    known = math.fsum(row.weight for row in scored if row.kpi.id in spreads or _is_rule(row))
    if not total or known < LEAST_WEIGHT * total * (1 - 1e-9):
        return None
    points = np.zeros(DRAWS)
    for place, row in enumerate(scored):
        points += row.weight * _drawn(row, spreads.get(row.kpi.id), place)
    found = points / total
    if cap is not None:
        found = np.minimum(found, cap)
    low, high = (float(end) for end in np.quantile(found, _levels(found, score)))
    return ScoreMargin(
        # A draw is no more exact than that, and the last digits differ between machines.
        low=min(score, round(low, 6)),
        high=max(score, round(high, 6)),
        weight_share=known / total,
        draws=DRAWS,
        seed=SEED,
    )


def _levels(found: Values, score: float) -> tuple[float, float]:
    """Which of the draws are the ends.

    Where a target or a stretch ends what can be earned, figures that are off by chance cost more
    than they bring: draws lie under their score as the score lies under what is true. The end on
    the other side moves out as in the bias-corrected percentile interval (B. Efron 1981, Canadian
    Journal of Statistics 9:139), at most by two deviates; the end on this side stays.
    """
    bell = NormalDist()
    under = float(np.mean(found < score) + np.mean(found == score) / 2)
    lean = bell.inv_cdf(min(bell.cdf(1.0), max(bell.cdf(-1.0), under)))
    low, high = (bell.inv_cdf(end) for end in ENDS)
    return bell.cdf(low + min(0.0, 2 * lean)), bell.cdf(high + max(0.0, 2 * lean))


def attainments(values: Values, terms: Terms, better: Better) -> Values:
    """What ``kpi.score.attainment.attainment`` gives, of many values at once."""
    if isinstance(terms.target, tuple):
        low, high = terms.target
        inside = _reach(values, low) & _reach(-values, -high)
        if not isinstance(terms.floor, tuple):
            return np.where(inside, TARGET_POINTS, 0.0)
        below = _part(values, terms.floor[0], low)
        above = _part(-values, -terms.floor[1], -high)
        outside = np.where(_reach(values, low), above, below)
        return np.where(inside, TARGET_POINTS, TARGET_POINTS * outside)
    sign = -1.0 if better is Better.LOWER else 1.0
    values, target = sign * values, sign * terms.target
    short = np.zeros_like(values)
    if terms.floor is not None and not isinstance(terms.floor, tuple):
        short = TARGET_POINTS * _part(values, sign * terms.floor, target)
    met = np.full_like(values, TARGET_POINTS)
    if terms.stretch is not None:
        stretch = sign * terms.stretch
        beyond = np.where(_reach(values, stretch), 1.0, _part(values, target, stretch))
        met += (STRETCH_POINTS - TARGET_POINTS) * beyond
    return np.where(_reach(values, target), met, short)


def _drawn(row: Judged, spread: Spread | None, place: int) -> Values | float:
    """A row's attainment in each draw."""
    if spread is None or _is_rule(row):
        return row.attainment or 0.0
    values = np.interp(_deviates()[_order(place)], DEVIATES, spread.values)
    weights = [len(version.months) * terms.weight for version, terms in row.parts]
    every = math.fsum(weights)
    drawn = np.zeros(DRAWS)
    for (_, terms), weight in zip(row.parts, weights, strict=True):
        part = weight / every if every else 1 / len(weights)
        drawn += part * attainments(values, terms, row.kpi.better)
    return drawn


def _is_rule(row: Judged) -> bool:
    return is_rule(row.kpi, row.parts[-1][1].target)


def _reach(values: Values, threshold: float) -> npt.NDArray[np.bool_]:
    near = np.abs(values - threshold) <= np.maximum(
        1e-9 * np.maximum(np.abs(values), abs(threshold)), 1e-12
    )
    return near | (values > threshold)


def _part(values: Values, start: float, end: float) -> Values:
    if end <= start:
        return np.zeros_like(values)
    with np.errstate(over="ignore"):  # thresholds so near that a value is infinitely far beyond
        return np.clip((values - start) / (end - start), 0.0, 1.0)


@cache
def _deviates() -> Values:
    """As many normal deviates as there are draws, spread evenly over the levels."""
    deviate = NormalDist().inv_cdf
    return np.array([deviate((at + 0.5) / DRAWS) for at in range(DRAWS)])


@cache
def _order(place: int) -> npt.NDArray[np.intp]:
    """In which order the KPI at that place of a score draws them: a shuffling of its own."""
    # PCG64 and its even draws are the same in every version of NumPy and on every machine.
    drawn = np.random.Generator(np.random.PCG64([SEED, place])).random(DRAWS)
    return np.argsort(drawn, kind="stable")
