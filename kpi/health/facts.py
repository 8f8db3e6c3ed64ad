"""What there is to know of an installation: its version, database, disk and last backup."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, func, select, text

from kpi import __version__
from kpi.access.actor import Actor, require
from kpi.access.backing_up import BACKED_UP
from kpi.store.engine import database_file, reading
from kpi.store.people import trail
from kpi.store.schema import revision_of
from kpi.store.tables import practices, uploads


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest backup that the trail knows of: when (UTC), by whom, into a file of which name."""

    at: str
    by: str
    file: str


@dataclass(frozen=True, slots=True)
class Facts:
    """An installation. ``place``: the database's file, or its address without the password;
    ``size`` in bytes; ``free``: bytes left on the disk that it lies on, None where that is another
    machine's; ``files``: uploads that stand; ``backup`` None: the trail knows of none."""

    version: str
    schema: str
    kind: Literal["SQLite", "PostgreSQL"]
    place: str
    size: int
    free: int | None
    practices: int
    files: int
    backup: LastBackup | None


def installation_facts(engine: Engine, actor: Actor) -> Facts:
    """The facts of the installation, nothing of them about a person who is scored. Raises
    NotPermitted."""
    require(actor, "check_health")
    file = database_file(engine)
    with reading(engine) as connection:
        standing = select(func.count()).where(
            uploads.c.kind == "file", uploads.c.status == "loaded"
        )
        return Facts(
            version=__version__,
            schema=str(revision_of(connection)),
            kind="SQLite" if engine.dialect.name == "sqlite" else "PostgreSQL",
            place=str(file) if file else engine.url.render_as_string(hide_password=True),
            size=_size(connection, file),
            free=shutil.disk_usage(file.parent).free if file else None,
            practices=connection.execute(select(func.count()).select_from(practices)).scalar_one(),
            files=connection.execute(standing).scalar_one(),
            backup=_last_backup(connection),
        )


def _size(connection: Connection, file: Path | None) -> int:
    if file is None:
        asked = text("SELECT pg_database_size(current_database())")
        return int(connection.execute(asked).scalar_one())
    beside = (file, Path(f"{file}-wal"))
    return sum(each.stat().st_size for each in beside if each.exists())


def _last_backup(connection: Connection) -> LastBackup | None:
    query = (
        select(trail.c.at, trail.c.actor, trail.c.subject)
        .where(trail.c.action == "backup", trail.c.subject.startswith(BACKED_UP, autoescape=True))
        .order_by(trail.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else LastBackup(row.at, row.actor, row.subject[len(BACKED_UP) :])
