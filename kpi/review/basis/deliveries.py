"""Who is to deliver the files of a dataset each month: named beside a month that lacks them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, insert, select

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.datasets import dataset as dataset_named
from kpi.errors import InputError
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.fairness import deliverers as table

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who is to deliver a dataset's files, and who said so when."""

    dataset: str
    who: str
    by: str
    at: str


def set_deliverer(
    engine: Engine, actor: Actor, practice_id: str, dataset: str, who: str | None
) -> None:
    """Names the person, role or company that is to deliver a dataset's files; None: nobody.

    Raises NotFound, NotPermitted, and InputError for a name that is empty or too long.
    """
    require(actor, "deliver", practice_id)
    name = dataset_named(dataset).name
    said = None if who is None else who.strip()
    if said is not None and not (0 < len(said) <= _LONGEST and said.isprintable()):
        raise InputError(f"Say who delivers in up to {_LONGEST} characters, as 'billing company'.")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        connection.execute(
            delete(table).where(table.c.practice == practice.number, table.c.dataset == name)
        )
        if said is not None:
            connection.execute(
                insert(table).values(
                    practice=practice.number, dataset=name, who=said, by=actor.label, at=now()
                )
            )
        trail.note(
            connection, actor, "deliver", f"{name}: {said or 'nobody named'}", practice.number
        )


def deliveries_of(engine: Engine, actor: Actor, practice_id: str) -> list[Delivery]:
    """Who delivers what at a practice, by dataset. Raises NotFound and NotPermitted."""
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        query = select(table).where(table.c.practice == practice.number)
        return [
            Delivery(row.dataset, row.who, row.by, row.at)
            for row in connection.execute(query.order_by(table.c.dataset))
        ]


def deliverers(connection: Connection, practice: Practice) -> dict[str, str]:
    """Who is to deliver, by dataset, as a connection sees it."""
    query = select(table.c.dataset, table.c.who).where(table.c.practice == practice.number)
    return {row.dataset: row.who for row in connection.execute(query)}
