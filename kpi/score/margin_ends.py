"""Where the ends of a margin lie: shares, counts, quantiles and differences of shares.

Each function takes a level of confidence between 0 and 1 and gives the value that lies there: at
0.025 and 0.975 stand the two ends of a margin of 95%. What each covers stands in
``docs/fairness.md``; ``tests/score/test_margin_coverage.py`` computes it.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from statistics import NormalDist

ENOUGH_FOR_WILSON = 15
"""Cases, and cases of the other kind, below which Wilson's ends cover less than 93% somewhere."""
ENOUGH_FOR_MID_P = 2
"""Events below which mid-P ends do."""
MANY_EVENTS = 50
"""From here on the closed form differs from mid-P by less than 1 in 1,000."""
_HALVINGS = 44
_WIDE = 9.0  # standard deviations, beyond which nothing is left


def share_at(count: int, of: int, level: float) -> float:
    """A share of ``count`` cases among ``of``, which is at least 1.

    Wilson's score interval (E. B. Wilson 1927, JASA 22:209; R. G. Newcombe 1998, Statistics in
    Medicine 17:857, method 3). With fewer than 15 cases, or fewer than 15 of the other kind, it
    covers less than 93% of some shares; there the exact end holds where it is wider
    (C. J. Clopper and E. S. Pearson 1934, Biometrika 26:404).
    """
    if 2 * count > of:
        return 1.0 - share_at(of - count, of, 1.0 - level)
    wilson = _wilson(count, of, level)
    if count >= ENOUGH_FOR_WILSON or level == 0.5:
        return wilson
    if level > 0.5:
        exact = _solve(lambda share: 1.0 - _at_most(count, of, share), level, 1.0)
        return max(exact, wilson)
    if not count:
        return 0.0
    exact = _solve(lambda share: 1.0 - _at_most(count - 1, of, share), level, 1.0)
    return min(exact, wilson)


def count_at(count: int, level: float) -> float:
    """The number of events to expect where ``count`` of them happened.

    Mid-P Poisson limits (G. R. Cohen and S. Y. Yang 1994, Statistics in Medicine 13:2189); from
    50 events on Byar's formula with count + 1/2 at both ends, which comes to the same
    (K. J. Rothman and J. D. Boice 1979, Epidemiologic Analysis with a Programmable Calculator).
    Of no event or a single one they cover less than 93%; there the exact limits stand
    (F. Garwood 1936, Biometrika 28:437).
    """
    if level == 0.5:
        return float(count)
    if count >= MANY_EVENTS:
        middle = count + 0.5
        root = 1.0 - 1.0 / (9.0 * middle) + _normal(level) / (3.0 * math.sqrt(middle))
        return float(middle * max(root, 0.0) ** 3)
    most = count + 12.0 * math.sqrt(count + 1.0) + 20.0
    if count >= ENOUGH_FOR_MID_P:
        return _solve(lambda rate: 1.0 - _mid_p(count, rate), level, most)
    if level > 0.5:
        return _solve(lambda rate: 1.0 - math.fsum(_chances(count, rate)), level, most)
    # One event at least has the chance 1 - e^-rate.
    return -math.log1p(-level) if count else 0.0


def difference_at(more: int, less: int, of: int, level: float) -> float:
    """The difference of two shares of the same cases: (more - less) / of.

    The adjusted Wald interval for paired shares (D. G. Bonett and R. M. Price 2012, Journal of
    Educational and Behavioral Statistics 37:479): one case is added to both sides.
    """
    if level == 0.5:
        return (more - less) / of
    above, below = (more + 1) / (of + 2), (less + 1) / (of + 2)
    spread = math.sqrt((above + below - (above - below) ** 2) / (of + 2))
    return min(1.0, max(-1.0, above - below + _normal(level) * spread))


def quantile_at(counts: Mapping[int, int], q: float, levels: Sequence[float]) -> list[float] | None:
    """A quantile of what was measured, at each level; None where too little was measured for a
    margin of 95%.

    Ends are values that were measured, chosen by their ranks, which holds for every distribution
    (W. R. Thompson 1936, Annals of Mathematical Statistics 7:122; H. A. David and H. N. Nagaraja,
    Order Statistics, 3rd edition, section 7.1).
    """
    values = sorted(value for value, count in counts.items() if count)
    reached = list(accumulate(counts[value] for value in values))
    n = reached[-1] if reached else 0
    if not n or max(q**n, (1.0 - q) ** n) > 0.025:
        return None
    start, sums = _binomial_sums(n, q)  # sums[r]: the chance that at most start + r lie below it
    found = []
    for level in levels:
        if level < 0.5:
            rank = start + bisect_right(sums, level)  # the last one whose chance is as small
        elif level > 0.5:
            rank = start + bisect_left(sums, level) + 1
        else:
            rank = math.ceil(q * n)
        rank = min(n, max(1, rank))
        found.append(float(values[bisect_left(reached, rank)]))
    return found


@lru_cache(maxsize=256)
def _normal(level: float) -> float:
    """The standard normal deviate of a level."""
    return NormalDist().inv_cdf(level)


def _wilson(count: int, of: int, level: float) -> float:
    share, z = count / of, _normal(level)
    square = z * z / of
    reach = z * math.sqrt((share * (1.0 - share) + square / 4.0) / of)
    return (share + square / 2.0 + reach) / (1.0 + square)


def _at_most(count: int, of: int, share: float) -> float:
    """The chance of at most ``count`` cases among ``of``."""
    if share >= 1.0:
        return float(count >= of)
    term = math.exp(of * math.log1p(-share))
    terms, odds = [term], share / (1.0 - share)
    for k in range(count):
        term *= odds * (of - k) / (k + 1)
        terms.append(term)
    return math.fsum(terms)


def _chances(count: int, rate: float) -> list[float]:
    """The chances of 0, 1 … ``count`` events."""
    terms = [math.exp(-rate)]
    for k in range(count):
        terms.append(terms[-1] * rate / (k + 1))
    return terms


def _mid_p(count: int, rate: float) -> float:
    terms = _chances(count, rate)
    return math.fsum(terms) - terms[-1] / 2.0


def _solve(rising: Callable[[float], float], level: float, high: float) -> float:
    """Where a function that rises from 0 reaches a level, between 0 and ``high``, by halving."""
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if rising(middle) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def _binomial_sums(n: int, q: float) -> tuple[int, list[float]]:
    """The chances of at most k among n where each has the chance q, from the first k on that has
    any; that k comes first."""
    spread = _WIDE * math.sqrt(n * q * (1.0 - q)) + 1.0
    start, end = max(0, int(n * q - spread)), min(n, int(n * q + spread))
    ways = math.lgamma(n + 1) - math.lgamma(start + 1) - math.lgamma(n - start + 1)
    term = math.exp(ways + start * math.log(q) + (n - start) * math.log1p(-q))
    terms, odds = [term], q / (1.0 - q)
    for k in range(start, end):
        term *= odds * (n - k) / (k + 1)
        terms.append(term)
    return start, list(accumulate(terms))
