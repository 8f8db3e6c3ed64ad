"""A year's score of thirty KPIs, trend and signals with it, against one bare SQL query.

Run by hand: python -m tests.benchmarks.reading_measures. The query selects, through the same driver
and into plain tuples, the stored rows that the score reads: the measures of its KPIs in every month
of its charts and of the year to compare with. Least of many, taken in turn.
"""

from collections.abc import Sequence
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, Row, literal, select, union_all

from kpi.catalogue import kpi, measures_of
from kpi.months import span
from kpi.store.engine import connect, reading
from kpi.store.tables import monthly_histograms, monthly_measures
from tests.benchmarks.measuring import in_own_process, timed
from tests.benchmarks.thirty_kpis import FIRST, KPIS, LAST, scored

APPOINTMENTS, TIMES = 50_000, 40


def main() -> None:
    with TemporaryDirectory() as folder:
        in_own_process("tests.benchmarks.scoring", "make", str(APPOINTMENTS), folder)
        engine = connect(f"sqlite:///{folder}/rolecard.db")
        scored(engine)
        rows = bare(engine)
        score, query = [], []
        for _ in range(TIMES):
            score.append(timed(lambda: scored(engine)))
            query.append(timed(lambda: bare(engine)))
        engine.dispose()
    print(f"a year's score of 30 KPIs, trend and signals: {min(score) * 1000:.1f} ms")
    print(f"one bare query of its {rows:,} rows: {min(query) * 1000:.1f} ms")
    print(f"ratio: {min(score) / min(query):.2f} (goal: at most 3)")


def bare(engine: Engine) -> int:
    """How many rows the query gives."""
    with reading(engine) as connection:
        return len(_rows(connection))


def _rows(connection: Connection) -> Sequence[Row[Any]]:
    names = {name for id in KPIS for name in measures_of(kpi(id))}
    months = [month.code for month in span(FIRST - 13, LAST)]
    parts = [
        select(table.c.measure, table.c.month, table.c.location, bin, value).where(
            table.c.practice == 1, table.c.measure.in_(names), table.c.month.in_(months)
        )
        for table, bin, value in (
            (monthly_measures, literal(None), monthly_measures.c.value),
            (monthly_histograms, monthly_histograms.c.bin, monthly_histograms.c.count),
        )
    ]
    return connection.execute(union_all(*parts)).all()


if __name__ == "__main__":
    main()
