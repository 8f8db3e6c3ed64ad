"""Files that need not be loaded again, because the log has them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, select

from kpi.access.actor import Actor, require
from kpi.access.practices import get_practice
from kpi.ingest.files.naming import shown_name
from kpi.ingest.receipt import Receipt
from kpi.store.engine import reading
from kpi.store.standing import STANDING
from kpi.store.tables import uploads


def standing_receipts(
    engine: Engine, actor: Actor, practice_id: str, path: Path
) -> list[Receipt] | None:
    """A receipt for each upload of a file's very bytes, where they stand in the log with all that
    they fed; None where the file is to be loaded.

    Loading such a file again would only bring back what later uploads have corrected. A share of
    it that was undone is missing, so the file is loaded then. None as well where the file cannot
    be read: loading says why. Raises NotFound and NotPermitted.
    """
    require(actor, "upload", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        try:
            with path.open("rb") as content:
                sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError:
            return None
        query = (
            select(uploads)
            .where(
                uploads.c.practice == practice.number,
                uploads.c.sha256 == sha256,
                uploads.c.status != "refused",
            )
            .order_by(uploads.c.id)
        )
        entries = connection.execute(query).all()
    first: dict[str | None, Row[Any]] = {}
    for entry in entries:
        if entry.status in STANDING:
            first.setdefault(entry.dataset, entry)
    if not entries or first.keys() != {entry.dataset for entry in entries}:
        return None
    return [
        Receipt(
            id=entry.id,
            file=shown_name(path.name),
            sha256=sha256,
            dataset=entry.dataset,
            profile=entry.profile,
            practice=practice.id,
            status="duplicate",
            message=f"Skipped: the same file stands in the log already, as upload {entry.id} of "
            f"{entry.at[:10]}.",
            months=tuple(f"{code // 100:04d}-{code % 100:02d}" for code in entry.months),
        )
        for entry in first.values()
    ]
