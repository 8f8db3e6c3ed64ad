"""Small practices, each with its manager and role, all in one database: loaded from exports, or
copied within the database from one that was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Select,
    String,
    Table,
    cast,
    func,
    insert,
    select,
)

from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.months import Month, span
from kpi.review.roles.publication import publish
from kpi.review.scores.scoring import ManagerScore, score_manager
from kpi.store.engine import writing
from kpi.store.oversight import deeds
from kpi.store.tables import managers
from tests.benchmarks.thirty_kpis import KPIS, role
from tests.office import Office
from tests.properties import any_office

OFTEN = {"appointments": 8, "charges": 12, "payments": 11, "claims": 12, "surveys": 3}
"""How many times as many rows as ``any_office`` draws: some 64 appointments a month."""
MONTHS = span(Month(2023, 1), Month(2025, 12))
LATEST, SCORED = MONTHS[-1:], MONTHS[-12:]
ROLE = role().replace(b"minimum_coverage: 80%", b"minimum_coverage: 30%")
"""Of so many cells that are blank here some KPIs say that they are too many."""


def exports(
    seed: int, months: Sequence[Month], times: int = 1
) -> dict[str, list[any_office.Cells]]:
    """The rows of every dataset; ``times`` as many of those that come by the visit."""
    files = any_office.exports(seed, months)
    for dataset, often in OFTEN.items():
        for more in range(1, often * times):
            found = any_office.exports(seed * 10_000 + more, months, [dataset])
            files[dataset] += found[dataset]
    return files


def manager_of(number: int) -> str:
    """The id of a practice's manager, by the practice's number."""
    return f"manager-{number}"


def start(engine: Engine, number: int) -> Office:
    """A practice that has delivered all months but the latest, its manager and her role."""
    office = Office(engine, f"office-{number}")
    before = MONTHS[:-1]
    any_office.load(office, exports(number, before), before)
    add_manager(
        engine, operator(), manager_of(number), f"Manager {number}", office.practice.id,
        SCORED[0], role="bench-manager",
    )  # fmt: skip
    publish(
        engine, operator(), office.practice.id, ROLE, "bench.yaml", "a benchmark",
        date(2026, 1, 15),
    )  # fmt: skip
    return office


def end_month(office: Office, number: int) -> None:
    """Loads the latest month, a file a dataset."""
    any_office.load(office, exports(-number, LATEST), LATEST)


def scored(engine: Engine, number: int) -> ManagerScore:
    """The last year's score on thirty KPIs. Fails where it is none."""
    found = score_manager(engine, operator(), manager_of(number), SCORED[0], SCORED[-1])
    if found.score.score is None or len(found.score.rows) != len(KPIS):
        raise RuntimeError(f"Practice {number} scores nothing: {found.score.reason}")
    return found


def copy_round(engine: Engine, loaded: int, number: int, practices: int) -> None:
    """Copies the practices that were loaded, numbered 1 to ``loaded``, with their records, log and
    figures to as many new ones: in round 1 to those numbered after them, and so on, none past
    ``practices``. Their ids are hashed as the others' were, and the trail says nothing of it."""
    new = range(loaded * number + 1, min(loaded * (number + 1), practices) + 1)
    with writing(engine) as connection:
        _make_haste(connection)
        named = [{"id": manager_of(each), "name": f"Manager {each}"} for each in new]
        connection.execute(insert(managers), named)
        for table in deeds.metadata.sorted_tables:
            if table.name == "practices" or ("practice" in table.c and table.name != "trail"):
                _copy_rows(connection, table, loaded, number, len(new))


def _make_haste(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # which would read the copies made so far as well
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")


def _copy_rows(connection: Connection, table: Table, loaded: int, number: int, copies: int) -> None:
    """Numbers grow by as much each round as the practices that were loaded have of them."""
    practice = table.c.number if table.name == "practices" else table.c.practice
    copied = practice + loaded * number
    taken: list[ColumnElement[Any]] = []
    for column in table.c:
        (referred,) = {key.column for key in column.foreign_keys} or {column}
        if column is practice:
            taken.append(copied)
        elif table.name == "practices" and column.name == "id":
            taken.append("office-" + cast(copied, String))
        elif referred is managers.c.id:
            taken.append(manager_of("") + cast(copied, String))
        elif [referred] == list(referred.table.primary_key) and "practice" in referred.table.c:
            taken.append(column + number * _last_loaded(referred, loaded).scalar_subquery())
        else:
            taken.append(column)
    rows = select(*taken).where(practice <= copies).order_by(practice)
    connection.execute(insert(table).from_select([column.name for column in table.c], rows))


def _last_loaded(key: Column[Any], loaded: int) -> Select[Any]:
    return select(func.max(key)).where(key.table.c.practice <= loaded)


def number_on(engine: Engine) -> None:
    """Makes PostgreSQL number further rows after the copied ones, and look at what it holds, as it
    does by itself some time after."""
    if engine.dialect.name != "postgresql":
        return
    with writing(engine) as connection:
        for table in deeds.metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            if keys in (["id"], ["number"]) and table.name != "managers":
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{keys[0]}'), "
                    f"max({keys[0]})) FROM {table.name}"
                )
        connection.exec_driver_sql("ANALYZE")
