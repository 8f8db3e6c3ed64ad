"""Sealing months: their figures stay for good, and the records that only they rest on go.

Whether it went well is not taken on trust: before and after, every figure is computed anew from
the records that are there, and where anything at all differs, nothing is done.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, func, insert, select, update

from kpi.datasets import Dataset, all_datasets
from kpi.errors import InputError
from kpi.measures.conditions import conditions
from kpi.measures.defined import known_formulas, stored_name
from kpi.measures.expired import delete_expired
from kpi.measures.figures import Figures
from kpi.measures.quarantine import refused_months
from kpi.measures.rebuild import rebuild
from kpi.measures.registry import measure_names
from kpi.measures.sealed import seal_of
from kpi.store.retention import retention, sealed_quarantine
from kpi.store.tables import uploads


def by_key() -> list[Dataset]:
    """The datasets whose months can be sealed: those of which a row is one record."""
    return [each for each in all_datasets() if each.by_key]


def seal_months(connection: Connection, practice: int, before: int) -> Mapping[str, int]:
    """Seals the months before a mark (``202601``), which lies after the one that stands, and
    deletes the records that no later month rests on; gives how many of each dataset.

    Raises InputError where the figures are not what the records give, before or afterwards; what
    was done by then has to be taken back.
    """
    stood = seal_of(connection, practice)
    if before <= stood.before:
        raise ValueError(f"a mark never goes back: {before} after {stood.before}")
    _refuse_differing(connection, practice, "are not what the records give")
    judged = _judged(connection, practice)
    _keep_refusals(connection, practice, before)
    counts = {each.name: delete_expired(connection, practice, each, before) for each in by_key()}
    names = measure_names().union(map(stored_name, known_formulas(connection, practice)))
    last = connection.execute(
        select(func.max(uploads.c.id)).where(uploads.c.practice == practice)
    ).scalar_one()
    connection.execute(
        update(retention)
        .where(retention.c.practice == practice)
        .values(
            sealed_before=before,
            last_upload=last or 0,
            # One that is new was counted from the mark on that stood when it came.
            counted_from={name: stood.counted_from.get(name, stood.before) for name in names},
        )
    )
    _refuse_differing(connection, practice, "would not be what is left of the records gives")
    if _judged(connection, practice) != judged:
        raise InputError(_refused("the months' states would not be what they are"))
    return counts


def _judged(connection: Connection, practice: int) -> dict[str, Figures]:
    """What the months are judged by beside their records."""
    return {each.name: conditions(connection, practice, each.name) for each in by_key()}


def _keep_refusals(connection: Connection, practice: int, before: int) -> None:
    """Keeps how many rows in quarantine stand against the months that are sealed now."""
    names = [each.name for each in by_key()]
    counts = refused_months(connection, practice, names)
    table = sealed_quarantine
    connection.execute(delete(table).where(table.c.practice == practice))
    rows = [
        {"practice": practice, "dataset": dataset, "month": month, "rows": rows}
        for (dataset, month), rows in counts.items()
        if month < before
    ]
    if rows:
        connection.execute(insert(table), rows)


def _refuse_differing(connection: Connection, practice: int, what: str) -> None:
    for each in by_key():
        if moves := rebuild(connection, practice, each.name):
            raise InputError(_refused(f"{len(moves):,} figures of {each.name} {what}"))


def _refused(why: str) -> str:
    return f"Nothing was deleted: {why}. See what is wrong with: kpi doctor"
