"""The log of uploads: what was loaded, refused, attested, dismissed and undone, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.errors import NotFound
from kpi.ingest.receipt import COUNTS
from kpi.store.clock import now
from kpi.store.engine import reading
from kpi.store.standing import STANDING
from kpi.store.tables import quarantined, uploads


def enter(
    connection: Connection,
    actor: Actor,
    practice: Practice,
    kind: str,
    status: str,
    **values: Any,
) -> int:
    """Writes an entry; gives its id, which is its place in the log."""
    empty: dict[str, Any] = {
        "columns": [], "months": [], "covers": [], "counts": {}, "reasons": {}, "notes": [],
    }  # fmt: skip
    entry = {
        **empty,
        "practice": practice.number,
        "kind": kind,
        "status": status,
        "actor": actor.label,
        "actor_kind": actor.kind,
        "user": actor.user,
        "at": now(),
        **values,
    }
    id = connection.execute(insert(uploads).values(entry).returning(uploads.c.id)).scalar_one()
    return int(id)


def complete(connection: Connection, upload: int, **values: Any) -> None:
    """Fills in what is known of an entry once its rows are loaded."""
    connection.execute(update(uploads).where(uploads.c.id == upload).values(values))


def entry(connection: Connection, practice: Practice, upload: int) -> Row[Any]:
    """One entry of a practice's log. Raises NotFound."""
    row = connection.execute(
        select(uploads).where(uploads.c.practice == practice.number, uploads.c.id == upload)
    ).first()
    if row is None:
        raise NotFound(
            f"{practice.id} has no upload {upload}; see them with: "
            f"kpi uploads list --practice {practice.id}"
        )
    return row


def uploads_list(engine: Engine, actor: Actor, practice_id: str) -> list[dict[str, Any]]:
    """A practice's log, oldest first, as ``kpi uploads list --format json`` gives it, which
    also says what waits (``kpi.review.oversight.countersigning``)."""
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        query = select(uploads).where(uploads.c.practice == practice.number).order_by(uploads.c.id)
        return [_document(row._mapping) for row in connection.execute(query)]


def last_loaded(engine: Engine, actor: Actor, practice_id: str) -> dict[str, tuple[str, str]]:
    """Who last loaded each dataset, or declared that it had nothing to report, and when (UTC); of
    the entries that stand."""
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        query = (
            select(uploads.c.dataset, uploads.c.actor, uploads.c.at)
            .where(
                uploads.c.practice == practice.number,
                uploads.c.kind.in_(("file", "attestation")),
                uploads.c.status.in_(STANDING),
            )
            .order_by(uploads.c.id)
        )
        return {dataset: (who, at) for dataset, who, at in connection.execute(query)}


def upload_shown(engine: Engine, actor: Actor, practice_id: str, upload: int) -> dict[str, Any]:
    """One entry with its receipt and its quarantined rows, as far as they may be shown."""
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        row = entry(connection, practice, upload)
        refused = connection.execute(
            select(quarantined)
            .where(quarantined.c.practice == practice.number, quarantined.c.upload == upload)
            .order_by(quarantined.c.line)
        )
        return {
            **_document(row._mapping),
            "sha256": row.sha256,
            "reasons": row.reasons,
            "notes": row.notes,
            "columns": row.columns,
            "quarantine": [
                {"line": each.line, "column": each.column, "reason": each.reason,
                 "found": each.found}
                for each in refused
            ],
        }  # fmt: skip


def _document(row: Mapping[Any, Any]) -> dict[str, Any]:
    counts = {name: row["counts"].get(name, 0) for name in COUNTS}
    return {
        "id": row["id"],
        "kind": row["kind"],
        "file": row["file"],
        "dataset": row["dataset"],
        "profile": row["profile"],
        "status": row["status"],
        "months": [f"{code // 100:04d}-{code % 100:02d}" for code in row["months"]],
        "covers": [f"{code // 100:04d}-{code % 100:02d}" for code in row["covers"]],
        **counts,
        "message": row["message"],
        "actor": row["actor"],
        "at": row["at"],
        "undone_by": row["undone_by"],
        "undone_at": row["undone_at"],
    }
