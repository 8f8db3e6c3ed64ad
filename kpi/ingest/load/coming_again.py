"""Whether a file that changes nothing was loaded before, as the same bytes or saved anew."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, exists, func, select

from kpi.ingest.receipt import Repeated
from kpi.store.standing import standing
from kpi.store.tables import claims, records, uploads


def repeated_upload(
    connection: Connection,
    practice: int,
    dataset: str,
    upload: int,
    sha256: str,
    columns: Sequence[str],
) -> Repeated | None:
    """The standing upload that an upload of these bytes and stored columns repeats, if any."""
    return _same_bytes(connection, practice, dataset, upload, sha256) or _same_content(
        connection, practice, dataset, upload, columns
    )


def _same_bytes(
    connection: Connection, practice: int, dataset: str, upload: int, sha256: str
) -> Repeated | None:
    """The first standing upload of the same bytes, and when it came."""
    row = connection.execute(
        select(uploads.c.id, uploads.c.at)
        .where(
            standing(practice, dataset),
            uploads.c.sha256 == sha256,
            uploads.c.id != upload,
        )
        .order_by(uploads.c.id)
    ).first()
    return Repeated(row.id, row.at, "file") if row else None


def _same_content(
    connection: Connection, practice: int, dataset: str, upload: int, columns: Sequence[str]
) -> Repeated | None:
    """The first standing upload that says the same of the same records: this file is that one,
    saved anew. All that this one says stands already, so the keys decide."""
    here = and_(claims.c.practice == practice, claims.c.upload == upload)
    count = select(func.count()).select_from(claims).where(here)
    said = connection.execute(count).scalar_one()
    if not said:
        return None
    table, earlier = records[dataset], claims.alias("earlier")
    query = (
        select(uploads.c.id, uploads.c.at, uploads.c.counts, uploads.c.columns)
        .where(standing(practice, dataset), uploads.c.id != upload, uploads.c.kind == "file")
        .order_by(uploads.c.id)
    )
    own = sorted(columns)
    for row in connection.execute(query):
        held = sum(row.counts.get(each, 0) for each in ("added", "changed", "unchanged"))
        if held != said or sorted(set(row.columns) & set(table.c.keys())) != own:
            continue
        missing = select(claims.c.key).where(
            here,
            ~exists().where(
                table.c.practice == practice,
                table.c.key == claims.c.key,
                table.c.upload == row.id,
            ),
            ~exists().where(
                earlier.c.practice == practice,
                earlier.c.upload == row.id,
                earlier.c.key == claims.c.key,
            ),
        )
        if connection.execute(missing.limit(1)).first() is None:
            return Repeated(row.id, row.at, "content")
    return None
