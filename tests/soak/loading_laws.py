"""What holds for any files loaded one after another: receipts that balance, nobody's identifier
kept, and tables that hold what loading the uploads that stand would give."""

from __future__ import annotations

import io
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, select

from kpi.access.actor import operator
from kpi.access.practices import add_practice
from kpi.datasets import dataset as dataset_named
from kpi.ingest.ingestion import ingest
from kpi.ingest.receipt import Receipt
from kpi.ingest.undoing import undo
from kpi.store.engine import reading
from kpi.store.tables import records
from tests.databases import made
from tests.hostile.handed_in import all_cells
from tests.soak.laws import nobody_named

MANY = 12
"""Files after which a practice's log is checked and a new one is begun."""


@dataclass(slots=True)
class Office:
    """A scratch practice, and the files that stand in its log."""

    engine: Engine
    standing: list[tuple[int, bytes, str]] = field(default_factory=list)
    files: int = 0


def new_office() -> Office:
    """A practice in a database of its own, in a folder that ``leave`` removes."""
    folder = tempfile.mkdtemp(prefix="rolecard-soak-")
    engine = made(f"sqlite:///{Path(folder) / 'rolecard.db'}")
    add_practice(engine, operator(), "lakeside", "Lakeside Example Clinic", "America/New_York")
    return Office(engine)


def load(office: Office, content: bytes) -> list[Receipt]:
    """Loads a file and checks its receipts."""
    receipts = _load(office.engine, content)
    office.files += 1
    for receipt in receipts:
        rows = receipt.added + receipt.changed + receipt.unchanged
        assert receipt.read == rows + receipt.left_out + receipt.quarantined, "rows are lost"
        for said in (receipt.message, *receipt.notes):
            nobody_named(said)
    if len(receipts) == 1 and receipts[0].status != "refused":
        (only,) = receipts
        assert only.id is not None
        assert only.dataset is not None
        office.standing.append((only.id, content, only.dataset))
    elif any(receipt.status != "refused" for receipt in receipts):
        for receipt in receipts:  # a file of several datasets is taken out again
            if receipt.id is not None and receipt.status != "refused":
                undo(office.engine, operator(), "lakeside", receipt.id)
    return receipts


def close(office: Office, random: Random) -> None:
    """Undoes some uploads, wherever they stand, and compares with a practice that never had them.
    Nothing planted may stand in any table."""
    for entry in random.sample(office.standing, k=len(office.standing) // 3):
        undo(office.engine, operator(), "lakeside", entry[0])
        office.standing.remove(entry)
    for cell in all_cells(office.engine):
        nobody_named(cell)
    fresh = new_office()
    for _, content, dataset in office.standing:
        said: dict[str, Any] = {"replace": True} if not dataset_named(dataset).by_key else {}
        (receipt,) = _load(fresh.engine, content, **said)
        assert receipt.status != "refused", f"a replay is refused: {receipt.message}"
    assert held(office.engine) == held(fresh.engine), "the log's law is broken"
    leave(fresh)


def leave(office: Office) -> None:
    """Removes a scratch practice's database with its folder."""
    office.engine.dispose()
    shutil.rmtree(Path(str(office.engine.url.database)).parent, ignore_errors=True)


def held(engine: Engine) -> dict[str, list[Any]]:
    """The live records of every dataset, without who brought them and on which line, and without
    the fingerprint, which only spares comparisons."""
    with reading(engine) as connection:
        found = {}
        for name, table in records.items():
            columns = [
                each
                for each in table.c
                if each.name not in ("upload", "line", "unreadable", "fingerprint")
            ]
            rows = connection.execute(select(*columns).where(table.c.live == 1)).all()
            found[name] = sorted(map(tuple, rows), key=repr)
        return found


def _load(engine: Engine, content: bytes, **said: Any) -> list[Receipt]:
    return ingest(
        engine, operator(), "lakeside", io.BytesIO(content), "file.csv",
        allow_bad=True, allow_old=True, allow_unusual=True, **said,
    )  # fmt: skip
