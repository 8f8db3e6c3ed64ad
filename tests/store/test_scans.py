"""No statement looks through the rows of all practices to find those of one.

SQLite's planner says of each statement how it will find the rows; it decides without statistics, as
in a database that has just been made. PostgreSQL's decides by statistics, which know nothing yet of
a practice that is new: it is told that the tables are huge and hold one other practice.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from kpi.access.actor import operator
from kpi.months import Month, span
from kpi.review.scores.scoring import score_manager
from kpi.store.engine import writing
from tests.office import Office
from tests.properties import any_office
from tests.scored import assigned, published
from tests.store.test_partitions import PARTED

MONTHS = span(Month(2026, 1), Month(2026, 2))
# The trail is read from its end: one row, whatever the planner calls it.
GROWING = PARTED | {"uploads", "figure_events"}


def _scanned_by_sqlite(cursor: Any, statement: str, given: Any) -> Iterator[tuple[str, str]]:
    plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", given)
    for *_, step in plan.fetchall():
        # Not of a table that a foreign key would be looked up in, if one were violated already.
        if (found := re.match(r"SCAN (\w+)", step)) and found[1] in statement:
            yield found[1], step


def _scanned_by_postgresql(cursor: Any, statement: str, given: Any) -> Iterator[tuple[str, str]]:
    """Steps that do not look for one practice in an index that it leads, nor for a row by its
    number. An empty table would be read whole, whatever its indexes."""
    cursor.connection.execute("SET LOCAL enable_seqscan = off")
    plan = cursor.connection.execute(f"EXPLAIN (FORMAT JSON) {statement}", given).fetchone()[0]
    steps = [plan[0]["Plan"]]
    for step in steps:
        steps += step.get("Plans", [])
        table = step.get("Relation Name")
        condition = step.get("Index Cond", "") + step.get("Recheck Cond", "")
        read = step["Node Type"].endswith("Scan") and "practice = " not in condition
        if table and read and "(id = " not in condition:
            yield table, f"{step['Node Type']} {condition}"


@contextmanager
def scans(engine: Engine) -> Iterator[dict[str, str]]:
    """Gathers statements by the growing table that they scan."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    on_sqlite = engine.dialect.name == "sqlite"
    scanned = _scanned_by_sqlite if on_sqlite else _scanned_by_postgresql

    def explain(
        _connection: Any, cursor: Any, statement: str, given: Any, _context: Any, many: bool
    ) -> None:
        if statement in seen or not re.match(r"(SELECT|INSERT|UPDATE|DELETE|WITH)\b", statement):
            return
        seen.add(statement)
        for table, step in scanned(cursor, statement, given[0] if many else given):
            if table in GROWING:
                found[table] = f"{step}: {statement}"

    event.listen(engine, "before_cursor_execute", explain)
    yield found
    event.remove(engine, "before_cursor_execute", explain)


def _let_tables_seem_huge(engine: Engine) -> int:
    """Makes PostgreSQL's planner believe so, of tables that another practice fills; gives by how
    many uploads."""
    any_office.load(Office(engine, "other"), any_office.exports(1, MONTHS[:1]), MONTHS[:1])
    with writing(engine) as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql(
            "UPDATE pg_class SET reltuples = 1e9 WHERE relkind IN ('r', 'i') "
            "AND relnamespace = 'public'::regnamespace"
        )
    return 15


def test_loading_undoing_and_scoring_read_one_practice_only(engine: Engine) -> None:
    before = _let_tables_seem_huge(engine) if engine.dialect.name == "postgresql" else 0
    office = Office(engine)
    files = any_office.exports(20_260_101, MONTHS)
    with scans(engine) as found:
        any_office.load(office, files, MONTHS)
        changed = {name: [row | {"location": "East"} for row in files[name]]
                   for name in ("appointments", "availability")}  # fmt: skip
        any_office.load(office, changed, MONTHS)
        for upload in (16, 17, 1):
            office.undo(before + upload)
        published(office)
        assigned(office)
        score_manager(engine, operator(), "dana", MONTHS[0], MONTHS[-1])
    assert found == {}
