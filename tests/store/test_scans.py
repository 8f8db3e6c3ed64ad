"""No statement looks through the rows of all practices to find those of one.

On SQLite, whose planner says of each statement how it will find the rows. It decides without
statistics, as in a database that has just been made.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from kpi.access.actor import operator
from kpi.months import Month, span
from kpi.review.scores.scoring import score_manager
from tests.databases import made
from tests.office import Office
from tests.properties import any_office
from tests.scored import assigned, published
from tests.store.test_partitions import PARTED

# The trail is read from its end: one row, whatever the planner calls it.
GROWING = PARTED | {"uploads", "figure_events"}


@contextmanager
def scans(engine: Engine) -> Iterator[dict[str, str]]:
    """Gathers statements by the growing table that they scan."""
    found: dict[str, str] = {}
    seen: set[str] = set()

    def explain(
        _connection: Any, cursor: Any, statement: str, given: Any, _context: Any, many: bool
    ) -> None:
        if statement in seen or not re.match(r"(SELECT|INSERT|UPDATE|DELETE|WITH)\b", statement):
            return
        seen.add(statement)
        plan = cursor.connection.execute(
            f"EXPLAIN QUERY PLAN {statement}", given[0] if many else given
        )
        for *_, step in plan.fetchall():
            scanned = re.match(r"SCAN (\w+)", step)
            # Not of a table that a foreign key would be looked up in, if one were violated already.
            if scanned and scanned[1] in GROWING and scanned[1] in statement:
                found[scanned[1]] = f"{step}: {statement}"

    event.listen(engine, "before_cursor_execute", explain)
    yield found
    event.remove(engine, "before_cursor_execute", explain)


def test_loading_undoing_and_scoring_read_one_practice_only(tmp_path: Path) -> None:
    engine = made(f"sqlite:///{tmp_path / 'rolecard.db'}")
    office, months = Office(engine), span(Month(2026, 1), Month(2026, 2))
    files = any_office.exports(20_260_101, months)
    with scans(engine) as found:
        any_office.load(office, files, months)
        changed = {name: [row | {"location": "East"} for row in files[name]]
                   for name in ("appointments", "availability")}  # fmt: skip
        any_office.load(office, changed, months)
        for upload in (16, 17, 1):
            office.undo(upload)
        published(office)
        assigned(office)
        score_manager(engine, operator(), "dana", months[0], months[-1])
    assert found == {}
    engine.dispose()
