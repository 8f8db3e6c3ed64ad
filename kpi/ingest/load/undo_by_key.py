"""Taking an upload out of a log that is folded by key."""

from __future__ import annotations

from itertools import islice

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.schema import CreateTable, DropTable

from kpi.datasets import Dataset
from kpi.ingest.load.refold import refold
from kpi.ingest.load.standing import Standing, standing_uploads
from kpi.measures.refresh import Moved, months_of
from kpi.store.tables import claims, records

CHUNK = 5_000
"""Records folded anew at a time."""


def undo(connection: Connection, dataset: Dataset, practice: int, upload: int) -> Moved:
    """Takes an upload's rows out of the records: deleted where no other upload speaks of them,
    handed over where a later one says the same, else folded anew."""
    table = records[dataset.name]
    standing = standing_uploads(connection, practice, dataset.name)
    undone = next(each for each in standing if each.id == upload)
    others = [each for each in standing if each.id != upload]
    if all(each.replacement is None for each in standing):
        _hand_over(connection, dataset, practice, undone, others)
    lonely = and_(table.c.practice == practice, table.c.upload == upload)
    if others:
        lonely = and_(lonely, ~_spoken_of(table, practice, upload, others))
    moved = months_of(connection, practice, dataset.name, lonely)
    connection.execute(delete(table).where(lonely))
    touched = _touched(connection, table, practice, undone)
    waiting = iter(
        connection.execute(select(touched.c.key).order_by(touched.c.key)).scalars().all()
    )
    while keys_now := list(islice(waiting, CHUNK)):
        moved.add(refold(connection, dataset, practice, others, keys_now))
    connection.execute(DropTable(touched))
    connection.execute(
        delete(claims).where(claims.c.practice == practice, claims.c.upload == upload)
    )
    return moved


def _hand_over(
    connection: Connection,
    dataset: Dataset,
    practice: int,
    undone: Standing,
    others: list[Standing],
) -> None:
    """Gives versions with which a record began, and which are its only ones, to the first later
    upload that claims them.

    Its claim says all that the version says, if its file has all columns: the record stays as it
    is, and what later uploads claim, they still claim.
    """
    table = records[dataset.name]
    other = table.alias("other")
    own = undone.columns & {column.name for column in dataset.stored}
    for heir in others:
        if heir.id < undone.id:
            continue
        if not own <= heir.columns:
            return
        claimed = and_(claims.c.practice == practice, claims.c.upload == heir.id)
        handed = (
            update(table)
            .where(
                table.c.practice == practice,
                table.c.upload == undone.id,
                claimed,
                claims.c.key == table.c.key,
                ~exists().where(
                    other.c.practice == practice,
                    other.c.key == table.c.key,
                    other.c.upload != undone.id,
                ),
            )
            .values(upload=heir.id, line=claims.c.line, unreadable=0)
        )
        if connection.execute(handed).rowcount:
            now_version = exists().where(
                table.c.practice == practice,
                table.c.key == claims.c.key,
                table.c.upload == heir.id,
            )
            connection.execute(delete(claims).where(claimed, now_version))


def _spoken_of(
    table: Table, practice: int, upload: int, others: list[Standing]
) -> ColumnElement[bool]:
    """Whether other uploads than the one speak of a record, in versions or claims.

    The practice is named and not taken from the record: PostgreSQL may answer each part for all
    records at once, and would look through all practices then.
    """
    other = table.alias("other")
    return or_(
        exists().where(
            other.c.practice == practice,
            other.c.key == table.c.key,
            other.c.upload != upload,
        ),
        *(
            exists().where(
                claims.c.practice == practice,
                claims.c.upload == each.id,
                claims.c.key == table.c.key,
            )
            for each in others
        ),
    )


def _touched(connection: Connection, table: Table, practice: int, undone: Standing) -> Table:
    """A temporary table of the keys that have to be folded anew."""
    touched = Table(
        "touched",
        MetaData(),
        Column("key", LargeBinary(16), primary_key=True),
        prefixes=["TEMPORARY"],
        sqlite_with_rowid=False,
    )
    connection.execute(DropTable(touched, if_exists=True))
    connection.execute(CreateTable(touched))
    keys = select(table.c.key).where(table.c.practice == practice, table.c.upload == undone.id)
    connection.execute(insert(touched).from_select(["key"], keys))
    if undone.replacement is not None:
        # Whatever it took away may come back.
        held = select(table.c.key).where(
            table.c.practice == practice,
            table.c.record_month.in_(undone.replacement.months),
            table.c.key.not_in(select(touched.c.key)),
        )
        connection.execute(insert(touched).from_select(["key"], held.distinct()))
    return touched
