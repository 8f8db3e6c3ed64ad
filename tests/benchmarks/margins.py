"""What margins cover, over many sizes, and what a score's margin costs.

    python -m tests.benchmarks.margins > tests/benchmarks/margins.json

Shares and counts are computed and not drawn: of every outcome its chance, added up where the margin
holds, at shares beside every end and on a grid. Quantiles are drawn from waits in whole minutes,
scores from made-up years of seven KPIs whose true values are known.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter

import numpy as np
from scipy import stats

from kpi.months import span
from kpi.role.model import Terms
from kpi.score.margin import ENDS
from kpi.score.margin_ends import count_at, quantile_at, share_at
from kpi.score.scoring import score
from tests.score.made import JAN, MAR, facts, version

SIZES = (*range(1, 61), 75, 100, 129, 150, 200, 300, 500, 1000)
SEED = 2026
SCORES = 400


def shares(n: int) -> tuple[float, float]:
    """The least and the mean coverage of shares of n."""
    cases = np.arange(n + 1)
    low, high = (np.array([share_at(int(k), n, level) for k in cases]) for level in ENDS)
    grid = np.linspace(0.0005, 0.9995, 1999)
    beside = np.concatenate([low + 1e-9, low - 1e-9, high + 1e-9, high - 1e-9])
    every = np.concatenate([grid, beside[(beside > 0) & (beside < 1)]])
    chances = stats.binom.pmf(cases[:, None], n, every)
    covered = (chances * ((low[:, None] <= every) & (every <= high[:, None]))).sum(axis=0)
    return float(covered.min()), float(covered[: len(grid)].mean())


def plain_wilson(n: int) -> float:
    """The least coverage that Wilson's ends alone have on the same grid."""
    cases = np.arange(n + 1)
    ends = [stats.binomtest(int(k), n).proportion_ci(method="wilson") for k in cases]
    low, high = (np.array([getattr(each, name) for each in ends]) for name in ("low", "high"))
    grid = np.linspace(0.0005, 0.9995, 1999)
    chances = stats.binom.pmf(cases[:, None], n, grid)
    return float((chances * ((low[:, None] <= grid) & (grid <= high[:, None]))).sum(axis=0).min())


def counts() -> tuple[float, float]:
    """The least and the mean coverage of counts of which up to 120 are to be expected."""
    cases = np.arange(220)
    low, high = (np.array([count_at(int(k), level) for k in cases]) for level in ENDS)
    grid = np.linspace(0.05, 120, 2400)
    beside = np.concatenate([low, high])
    beside = np.concatenate([beside + 1e-9, beside - 1e-9])
    every = np.concatenate([grid, beside[(beside > 0) & (beside < 120)]])
    chances = stats.poisson.pmf(cases[:, None], every)
    covered = (chances * ((low[:, None] <= every) & (every <= high[:, None]))).sum(axis=0)
    return float(covered.min()), float(covered[: len(grid)].mean())


def quantiles(n: int, q: float, draws: int = 2000) -> float:
    """How often the margin of a quantile of n waits, in whole minutes, holds the true one."""
    drawn = np.random.Generator(np.random.PCG64([SEED, n]))
    true = int(np.ceil(stats.gamma.ppf(q, 2, scale=8)))
    held = 0
    for _ in range(draws):
        waits = np.ceil(drawn.gamma(2, 8, n)).astype(int)
        ends = quantile_at(Counter(waits.tolist()), q, ENDS)
        held += ends is not None and ends[0] <= true <= ends[1]
    return held / draws


TERMS = (
    Terms("no_show_rate", 20, 0.05, 0.10, 0.03),
    Terms("denial_rate", 15, 0.06, 0.12, 0.03),
    Terms("clean_claim_rate", 15, 0.95, 0.85, 0.98),
    Terms("complaint_rate", 10, 2.0, 5.0, 1.0),
    Terms("audit_pass_rate", 10, 0.9, 0.5),
    Terms("overhead_ratio", 20, 0.55, 0.65, 0.50),
    Terms("training_on_time", 10, 0.95, 0.70),
)
TRUE = {
    "no_shows": 0.06, "claims_denied": 0.08, "claims_clean": 0.93, "complaints": 0.0025,
    "audits_passed": 0.85, "courses_on_time": 0.93,
}  # fmt: skip
OF = {
    "no_shows": 400, "claims_denied": 350, "claims_clean": 380, "complaints": 376,
    "audits_passed": 4, "courses_on_time": 12,
}  # fmt: skip
HISTORY = span(JAN - 24, MAR)


def _month(drawn: np.random.Generator) -> dict[str, float]:
    found = {name: float(drawn.binomial(OF[name], share)) for name, share in TRUE.items()}
    return found | {"operating_expenses": float(drawn.normal(58_000, 2_000))}


def _score(months: list[dict[str, float]]) -> object:
    values = {name: [each[name] for each in months] for name in months[0]}
    full = len(months)
    values |= {
        "visits": [400.0 - each["no_shows"] for each in months], "bookings": [400.0] * full,
        "claims_adjudicated": [350.0] * full, "claims_assessed": [380.0] * full,
        "audits_done": [4.0] * full, "courses_due": [12.0] * full, "revenue": [100_000.0] * full,
    }  # fmt: skip
    known = facts(values, first=HISTORY[0])
    return score([version(*TERMS)], JAN, MAR, known, history=HISTORY)


def scores(draws: int = SCORES) -> tuple[float, float, float]:
    """How often a score's margin holds the score of the true values, how often two managers with
    the same true values are said to differ, and the margin's mean reach."""
    drawn = np.random.Generator(np.random.PCG64(SEED))
    exact = [{name: OF[name] * share for name, share in TRUE.items()} for _ in HISTORY]
    for each in exact:
        each |= {"operating_expenses": 58_000.0}
    true = _score(exact).score  # type: ignore[attr-defined]
    margins = []
    for _ in range(draws):
        found = _score([_month(drawn) for _ in HISTORY])
        margins.append(found.margin)  # type: ignore[attr-defined]
    held = sum(each.low <= true <= each.high for each in margins) / draws
    pairs = list(zip(margins[::2], margins[1::2], strict=True))
    apart = sum(a.high < b.low or b.high < a.low for a, b in pairs) / len(pairs)
    return held, apart, sum(each.high - each.low for each in margins) / draws / 2


def cost(times: int = 20) -> float:
    """Milliseconds that the margins of twelve KPIs and of their score take."""
    from kpi.score.judging import judge
    from kpi.score.margin import spread_of
    from kpi.score.model import SignalReading
    from kpi.score.score_margin import score_margin

    drawn = np.random.Generator(np.random.PCG64(SEED))
    months = [_month(drawn) for _ in HISTORY]
    values = {name: [each[name] for each in months] for name in months[0]}
    full = len(HISTORY)
    values |= {
        "visits": [380.0] * full, "claims_adjudicated": [350.0] * full, "bookings": [400.0] * full,
        "claims_assessed": [380.0] * full, "audits_done": [4.0] * full,
        "courses_due": [12.0] * full, "revenue": [100_000.0] * full,
        "calls_offered": [2000.0] * full, "calls_abandoned": [90.0] * full,
        "codes_reviewed": [60.0] * full, "codes_correct": [57.0] * full,
        "hipaa_violations": [1.0] * full,
    }  # fmt: skip
    waits = [dict.fromkeys(range(40), 15)] * full
    known = facts(values, first=HISTORY[0], histograms={"waits": waits})
    terms = (
        *TERMS, Terms("call_abandonment_rate", 5, 0.05, 0.08),
        Terms("coding_accuracy", 5, 0.95, 0.9),
        Terms("median_wait_minutes", 5, 15.0, 30.0), Terms("p90_wait_minutes", 5, 30.0, 45.0),
        Terms("hipaa_violations", 5, 2.0, 9.0),
    )  # fmt: skip
    rows = judge([version(*terms)], JAN, MAR, known, (), (), so_far=False, since=None)
    chart = SignalReading("common_cause", False, None, mean=0.58, lower=0.53, upper=0.63)

    def once() -> None:
        spreads = {
            row.kpi.id: spread
            for row in rows
            if row.result.value is not None
            and (spread := spread_of(row.kpi, row.months, known, row.result.value, chart))
        }
        assert len(spreads) == 12
        score_margin(rows, spreads, None, 80.0)

    once()
    taken = []
    for _ in range(times):
        start = time.process_time()
        once()
        taken.append(time.process_time() - start)
    return 1000 * sorted(taken)[times // 2]


def main() -> None:
    """Prints all of it as JSON."""
    held, apart, reach = scores()
    covered = {n: shares(n) for n in SIZES}
    found = {
        "shares": [
            {
                "sizes": f"{sizes[0]} to {sizes[-1]}" if len(sizes) > 1 else str(sizes[0]),
                "least": round(min(covered[n][0] for n in sizes), 4),
                "mean": round(sum(covered[n][1] for n in sizes) / len(sizes), 4),
                "wilson_alone": round(min(plain_wilson(n) for n in sizes), 4),
            }
            for sizes in (range(1, 6), range(6, 31), range(31, 61), SIZES[60:])
        ],
        "counts": dict(zip(("least", "mean"), (round(each, 4) for each in counts()), strict=True)),
        "quantiles": [
            {"n": n, "q": q, "covered": round(quantiles(n, q), 4)}
            for n, q in ((30, 0.5), (100, 0.5), (100, 0.9), (600, 0.5), (600, 0.9))
        ],
        "score": {
            "covered": round(held, 4),
            "said_to_differ": round(apart, 4),
            "reach": round(reach, 2),
        },
        "milliseconds": round(cost(), 1),
        "seed": SEED,
    }
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
