"""All KPIs of 1,000 practices in each of 36 months, in one pass over columns, against DuckDB.

Run by hand: pip install duckdb; python -m tests.benchmarks.all_practices. Both start from the same
monthly measures in memory, each in its own columns. DuckDB only adds up and divides what the KPIs
need; of waits it gives counts, where Rolecard gives quantiles. Least of several, taken in turn.
"""

from importlib import import_module
from typing import Any

import numpy as np

from kpi.catalogue import MeasureKind, kpis, measures
from kpi.catalogue.columns import BEFORE, Bins, Columns, evaluate_monthly
from kpi.catalogue.nodes import (
    Binary,
    Calendar,
    Comparison,
    Count,
    Flow,
    Negative,
    Node,
    Number,
    Quantile,
    ShareWithin,
    Stock,
)
from kpi.months import Month, span
from tests.benchmarks.measuring import timed

PRACTICES, MONTHS, TIMES = 1_000, span(Month(2023, 1), Month(2025, 12)), 7
EVERY = span(MONTHS[0] - BEFORE, MONTHS[-1])
MINUTES = 40
"""Bins of each histogram in every month."""


def figures() -> Columns:
    """Random measures of every practice and month."""
    draw = np.random.default_rng(20_260_101)
    shape = (PRACTICES, len(EVERY))
    names = {name: each.kind for name, each in measures().items()}
    return Columns(
        MONTHS,
        {name: draw.integers(1, 1_000, shape).astype(np.float64)
         for name, kind in names.items() if kind is not MeasureKind.HISTOGRAM},
        {name: Bins(np.arange(MINUTES, dtype=np.float64), draw.integers(0, 9, (*shape, MINUTES)))
         for name, kind in names.items() if kind is MeasureKind.HISTOGRAM},
    )  # fmt: skip


def ours(columns: Columns) -> dict[str, Any]:
    return {id: evaluate_monthly(kpi.formula, columns) for id, kpi in kpis().items()}


def tables(columns: Columns) -> Any:
    """A DuckDB that holds the same: a row a practice and month, and a row a bin besides."""
    duckdb: Any = import_module("duckdb")
    base = duckdb.connect()
    practice, month = np.indices((PRACTICES, len(EVERY)))
    wide = {name: each.ravel() for name, each in columns.values.items()}
    wide |= {
        "practice": practice.ravel(), "month": month.ravel(),
        "days": np.tile([float(each.days) for each in EVERY], PRACTICES),
        "year_days": np.tile([366.0 if leap(each) else 365.0 for each in EVERY], PRACTICES),
        "months": np.ones(practice.size),
    }  # fmt: skip
    pd: Any = import_module("pandas")
    base.register("wide_frame", pd.DataFrame(wide))
    base.execute("CREATE TABLE wide AS SELECT * FROM wide_frame ORDER BY practice, month")
    places = np.indices(next(iter(columns.histograms.values())).counts.shape)
    long = {
        key: each.ravel() for key, each in zip(("practice", "month", "bin"), places, strict=True)
    }
    long |= {name: each.counts.ravel() for name, each in columns.histograms.items()}
    base.register("long_frame", pd.DataFrame(long))
    base.execute("CREATE TABLE bins AS SELECT * FROM long_frame ORDER BY practice, month, bin")
    return base


def leap(month: Month) -> bool:
    return month.number == 2 and month.days == 29


def query() -> str:
    """The same formulas in DuckDB's SQL."""
    counts = ", ".join(
        f"sum({name}) AS {name}, sum({name}) FILTER (bin <= 15) AS {name}_15"
        for name, each in measures().items()
        if each.kind is MeasureKind.HISTOGRAM
    )
    shown = ", ".join(f"{_sql(kpi.formula.root)} AS {id}" for id, kpi in kpis().items())
    return (
        f"WITH counted AS (SELECT practice, month, {counts} FROM bins GROUP BY practice, month), "
        f"shown AS (SELECT practice, month, {shown} FROM wide JOIN counted USING (practice, month) "
        "WINDOW by_month AS (PARTITION BY practice ORDER BY month)) "
        f"SELECT * FROM shown WHERE month >= {BEFORE}"
    )


def _sql(node: Node, *, back: int = 0) -> str:  # noqa: PLR0911 - one answer a kind of node
    def column(name: str, more: int = 0) -> str:
        return f"lag({name}, {back + more}) OVER by_month" if back + more else name

    match node:
        case Number(value):
            return repr(value)
        case Calendar(name) | Flow(name) | Count(name) | Quantile(_, name):
            return column(name)
        case Stock("mean_stock", name):
            return f"(({column(name)} + {column(name, 1)}) / 2)"
        case Stock(_, name):
            return column(name)
        case ShareWithin(name):
            return f"({column(f'{name}_15')} / {column(name)})"
        case Negative(of):
            return f"(- {_sql(of, back=back)})"
        case Binary("/", left, right):
            return _divided(_sql(left, back=back), _sql(right, back=back))
        case Binary(sign, left, right):
            return f"({_sql(left, back=back)} {sign} {_sql(right, back=back)})"
        case Comparison(function, of):
            now, base = _sql(of), _sql(of, back=12)
            change = _divided(now, base)
            return f"({change} - 1)" if function == "change" else f"(1 - {change})"


def _divided(above: str, below: str) -> str:
    return f"(CASE WHEN {below} > 0 THEN {above} / {below} END)"


def main() -> None:
    columns = figures()
    base, asked = tables(columns), query()
    results = {
        "Rolecard": lambda: ours(columns),
        "DuckDB": lambda: base.execute(asked).fetchnumpy(),
    }
    compare(results["Rolecard"](), results["DuckDB"]())
    taken: dict[str, list[float]] = {side: [] for side in results}
    for _ in range(TIMES):
        for side, work in results.items():
            taken[side].append(timed(work))
    best = {side: min(each) for side, each in taken.items()}
    for side, seconds in best.items():
        print(f"{side:9} {seconds * 1000:6.0f} ms  ({len(kpis())} KPIs, {PRACTICES:,} practices)")
    print(f"ratio: {best['Rolecard'] / best['DuckDB']:.2f} (goal: at most 2)")


def compare(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Fails where the two differ, so that both are known to compute the same."""
    order = np.lexsort((theirs["month"], theirs["practice"]))
    for id, kpi in kpis().items():
        if isinstance(kpi.formula.root, Quantile):
            continue
        found = np.ma.filled(theirs[id].astype(np.float64), np.nan)[order]
        same = np.isclose(mine[id].ravel(), found, rtol=1e-9, equal_nan=True)
        if not same.all():
            raise RuntimeError(f"{id} differs")


if __name__ == "__main__":
    main()
