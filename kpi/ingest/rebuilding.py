"""A practice's figures compared with what its records give, and mended where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.datasets import all_datasets
from kpi.ingest.progress import Progress
from kpi.measures.figure_log import Cause, record
from kpi.measures.figures import FigureMove
from kpi.measures.rebuild import rebuild, remove_unknown
from kpi.store.engine import reading, writing
from kpi.store.tables import records


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A practice's figures beside its records.

    ``records``: how many live ones were added up. ``differences``, in order: ``before`` is what
    was stored, ``after`` what the records give. ``mended``: the second stands in place of the
    first now.
    """

    practice: Practice
    records: int
    differences: Sequence[FigureMove]
    mended: bool


class _TakenBack(Exception):
    """Ends a transaction that is not to be kept."""


def rebuild_practice(
    engine: Engine,
    actor: Actor,
    practice_id: str,
    mend: bool,
    progress: Progress | None = None,
) -> Rebuilt:
    """Computes all figures of a practice anew from its records, in one transaction.

    With ``mend`` what differs is kept as the records give it; otherwise, and where nothing differs,
    the transaction is taken back. Uploads to the practice wait meanwhile; memory grows with months
    and measures, not with records. Raises NotFound, NotPermitted and DatabaseError.
    """
    require(actor, "upload", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        counts = {
            name: connection.execute(
                select(func.count()).where(table.c.practice == practice.number, table.c.live == 1)
            ).scalar_one()
            for name, table in records.items()
        }
    total, done = max(sum(counts.values()), 1), 0
    found: list[FigureMove] = []
    with suppress(_TakenBack), writing(engine, practice.number) as connection:
        for dataset in all_datasets():
            if progress is not None:
                progress(f"adding up {dataset.name}", done / total)
            moves = rebuild(connection, practice.number, dataset.name)
            record(
                connection, practice.number, dataset.name, Cause.MENDED, actor.label, None, moves
            )
            found += moves
            done += counts[dataset.name]
        found += remove_unknown(connection, practice.number)
        if not (mend and found):
            raise _TakenBack
        trail.note(connection, actor, "mend", f"{len(found):,} of its figures", practice.number)
    if progress is not None:
        progress("done", 1)
    return Rebuilt(practice, sum(counts.values()), sorted(found), bool(mend and found))
