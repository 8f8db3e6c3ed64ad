"""Databases of schemas before this program's, as they were then.

Each was filled by the program of its time and dumped, with its hash key, as one JSON document; none
is made again, since all are to stay readable for ever.
"""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, MetaData, Table, func, insert, select

from kpi.store.engine import connect, writing
from kpi.store.schema import migrate
from kpi.store.secret import key_file

_TESTS = Path(__file__).parent
FIRST = _TESTS / "store" / "frozen" / "database_0001.json"
"""Under the first schema of all; ``tests/store/test_first_schema.py`` says what was loaded."""
REVIEWED = _TESTS / "review" / "frozen" / "review_0010.json"
"""Under the first one with reviews: the office of ``tests.scored``, its first quarter final."""


def as_it_was(url: str, dump: Path = REVIEWED) -> str:
    """Makes an old database where nothing is, with its key in the home of the test; gives the
    URL."""
    held = json.loads(dump.read_text(encoding="utf-8"))
    key_file().parent.mkdir(parents=True)
    key_file().write_text(held["key"] + "\n", encoding="ascii")
    key_file().chmod(0o600)
    engine = connect(url)
    with writing(engine) as connection:
        migrate(connection, held["schema"])
        found = MetaData()
        found.reflect(connection)
        for table in found.sorted_tables:
            rows = held["tables"].get(table.name, [])
            if rows:
                given = [{name: _value(each) for name, each in row.items()} for row in rows]
                connection.execute(insert(table), given)
                _number_on(connection, table)
    engine.dispose()
    return url


def _number_on(connection: Connection, table: Table) -> None:
    """Lets PostgreSQL number the table's next row as it would have then; SQLite does by itself."""
    keys = [*table.primary_key]
    if (
        connection.dialect.name == "postgresql"
        and isinstance(keys[0].type, Integer)
        and not keys[1:]
    ):
        sequence = func.pg_get_serial_sequence(table.name, keys[0].name)
        connection.execute(select(func.setval(sequence, func.max(keys[0]))).select_from(table))


def _value(held: Any) -> Any:
    return bytes.fromhex(held["hex"]) if isinstance(held, dict) and [*held] == ["hex"] else held
