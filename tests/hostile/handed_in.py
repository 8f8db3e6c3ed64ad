"""Bad files handed in as a manager would hand them in, and the law that holds for all of them."""

import io
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.engine import Engine

from kpi.access.actor import operator
from kpi.ingest.ingestion import ingest
from kpi.ingest.model import Reading
from kpi.ingest.receipt import Receipt
from kpi.store.engine import reading
from kpi.store.tables import records
from tests.ingest.opened import Taken, taken
from tests.office import Office

COMPLAINTS = "complaint_id,received_on,resolved_on,category\n"
GOOD = COMPLAINTS + "K-1,2026-01-12,2026-01-15,Wartezeit für Müller\n"


def rows(count: int, first: int = 1) -> str:
    """Good rows of complaints, so that a bad one among them is few among many."""
    return "".join(
        f"K-{n},2026-01-{n % 28 + 1:02d},,waiting\n" for n in range(first, first + count)
    )


def accounted(found: dict[str, Taken]) -> None:
    """No row read is lost, and lines are physical ones: they only ever grow."""
    for each in found.values():
        assert each.read == len(each.rows) + each.left_out.total() + len(each.quarantined)
        lines = [row["line"] for row in each.rows]
        assert lines == sorted(lines)
        assert [row.line for row in each.quarantined] == sorted(
            row.line for row in each.quarantined
        )


def read(reading: Reading) -> dict[str, Taken]:
    """What the datasets took, with the law checked."""
    found = taken(reading)
    accounted(found)
    return found


def hand_in(office: Office, content: str | bytes, name: str = "file.csv", **said: Any) -> Receipt:
    """The one receipt of a file, whatever became of it; its rows add up."""
    (receipt,) = all_handed_in(office, content, name, **said)
    return receipt


def all_handed_in(
    office: Office, content: str | bytes, name: str = "file.csv", **said: Any
) -> list[Receipt]:
    """A receipt for each dataset and table of the file."""
    data = content.encode() if isinstance(content, str) else content
    receipts = ingest(office.engine, operator(), office.practice.id, io.BytesIO(data), name, **said)
    for receipt in receipts:
        assert receipt.read == (
            receipt.added
            + receipt.changed
            + receipt.unchanged
            + receipt.left_out
            + receipt.quarantined
        )
    return receipts


def stored_rows(engine: Engine) -> int:
    """How many versions of records there are, of all datasets."""
    with reading(engine) as connection:
        return sum(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in records.values()
        )


def all_cells(engine: Engine) -> Iterator[str]:
    """Every cell of every table of an SQLite database, as text."""
    with reading(engine) as connection:
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table'")
        ).scalars()
        for name in list(names):
            for row in connection.execute(text(f'SELECT * FROM "{name}"')):
                yield from (str(cell) for cell in row)
