"""Small practices, each with its manager and role, all in one database: loaded from exports, or
copied within the database from one that was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, Engine, Table, func, insert, literal, select

from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.months import Month, span
from kpi.review.roles.publication import publish
from kpi.review.scores.scoring import ManagerScore, score_manager
from kpi.store.engine import writing
from kpi.store.oversight import deeds
from kpi.store.tables import managers, practices
from tests.benchmarks.thirty_kpis import KPIS, role
from tests.office import Office
from tests.properties import any_office

OFTEN = {"appointments": 8, "charges": 12, "payments": 11, "claims": 12, "surveys": 3}
"""How many times as many rows as ``any_office`` draws: some 64 appointments a month."""
MONTHS = span(Month(2023, 1), Month(2025, 12))
LATEST, SCORED = MONTHS[-1:], MONTHS[-12:]
ROLE = role().replace(b"minimum_coverage: 80%", b"minimum_coverage: 30%")
"""Of so many cells that are blank here some KPIs say that they are too many."""
_CENTRAL = frozenset({"practices", "trail"})


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


def copy_practice(engine: Engine, source: int, number: int) -> None:
    """A further practice with the same records, log and figures as one that was loaded. Its ids
    are hashed as the other's were, and the trail says nothing of it."""
    with writing(engine) as connection:
        held = connection.execute(select(practices).where(practices.c.number == source)).one()
        new = held._asdict() | {"number": number, "id": f"office-{number}"}
        connection.execute(insert(practices).values(new))
        connection.execute(insert(managers).values(id=manager_of(number), name=f"M {number}"))
        shifts: dict[str, int] = {}
        for table in deeds.metadata.sorted_tables:
            if "practice" in table.c and table.name not in _CENTRAL:
                _copy_rows(connection, table, source, number, shifts)


def _copy_rows(
    connection: Connection, table: Table, source: int, number: int, shifts: dict[str, int]
) -> None:
    """``shifts``: by how much the numbers of the tables copied before are higher in the copy."""
    mine = table.c.practice == source
    keys = list(table.primary_key)
    if len(keys) == 1:
        last = select(func.max(keys[0])).scalar_subquery()
        shift = connection.execute(select(last - func.min(keys[0]) + 1).where(mine)).scalar_one()
        if shift is None:
            return
        shifts[table.name] = shift
    taken: list[ColumnElement[object]] = []
    for column in table.c:
        referred = {key.column.table.name for key in column.foreign_keys}
        shifted = (referred | ({table.name} if [column] == keys else set())) & shifts.keys()
        if column.name == "practice":
            taken.append(literal(number))
        elif "managers" in referred:
            taken.append(literal(manager_of(number)))
        else:
            taken.append(column + shifts[shifted.pop()] if shifted else column)
    rows = select(*taken).where(mine)
    connection.execute(insert(table).from_select([column.name for column in table.c], rows))


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
