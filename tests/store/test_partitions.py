"""PostgreSQL takes every table that grows with a practice's records as partitioned by practice, and
the program loads, corrects and undoes files in such tables as in whole ones."""

from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, func, select, text

from kpi.months import Month, span
from kpi.store.engine import connect, reading, writing
from kpi.store.schema import known_revisions, open_database
from kpi.store.secret import make_key
from kpi.store.tables import claims, monthly_histograms, monthly_measures, records
from tests.databases import made
from tests.office import Office
from tests.properties import any_office
from tests.store.test_schema import metadata

PARTS = 2
PARTED = {
    name for name, table in metadata.tables.items() if "practice" in table.primary_key.columns
}
"""Tables with practice in their key. The others have a row a file, a person, or what somebody did
by hand, numbered in one order for the whole deployment."""
GROWING = {
    *(table.name for table in records.values()), "row_claims", "period_claims", "quarantined",
    "dataset_months", "filled_columns", "monthly_measures", "monthly_histograms", "figure_moves",
    "attestations", "deeds",
}  # fmt: skip
"""Tables that grow with what the practices' files hold."""


def made_in_parts(url: str) -> Engine:
    """The schema of ``kpi init``, with the tables that can be partitioned by practice made so."""
    parted = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        copy = table.to_metadata(parted)
        if table.name in PARTED:
            copy.dialect_options["postgresql"]["partition_by"] = "HASH (practice)"
    engine = connect(url)
    with writing(engine) as connection:
        parted.create_all(connection)
        for name in PARTED:
            for at in range(PARTS):
                connection.exec_driver_sql(
                    f"CREATE TABLE {name}_{at} PARTITION OF {name} "
                    f"FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {at})"
                )
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        stamp = text("INSERT INTO alembic_version VALUES (:head)")
        connection.execute(stamp, {"head": known_revisions()[-1]})
        make_key(connection)
    engine.dispose()
    return open_database(url)


def held(connection: Connection) -> tuple[list[object], list[object], dict[str, int]]:
    """Every figure of the practice, and how many rows each table of records has."""
    figures, minutes = (
        [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
        for table in (monthly_measures, monthly_histograms)
    )
    counted = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (*records.values(), claims)
    }
    return figures, minutes, counted


def told(engine: Engine) -> list[tuple[list[object], list[object], dict[str, int]]]:
    """What stands after four files, by key and by period, after a correction of one of them, and
    after its undoing."""
    office, months = Office(engine), span(Month(2026, 1), Month(2026, 2))
    loaded = ("appointments", "staff", "ledger", "availability")
    files = any_office.exports(20_260_101, months, loaded)
    any_office.load(office, files, months)
    stood = []
    with reading(engine) as connection:
        stood.append(held(connection))
    corrected = [row | {"payer": "Aster"} for row in files["appointments"]]
    any_office.load(office, {"appointments": corrected}, months)
    with reading(engine) as connection:
        stood.append(held(connection))
    office.undo(5)
    with reading(engine) as connection:
        stood.append(held(connection))
    return stood


def test_what_grows_can_be_partitioned_by_practice(postgres_url: str, tmp_path: Path) -> None:
    assert GROWING <= PARTED
    parted, whole = made_in_parts(postgres_url), made(f"sqlite:///{tmp_path / 'whole.db'}")
    stood = told(parted)
    assert stood == told(whole)
    before, corrected, undone = stood
    assert before == undone != corrected
    with reading(parted) as connection:
        rows = [
            connection.exec_driver_sql(f"SELECT count(*) FROM ONLY {name}").scalar_one()
            for name in PARTED
        ]
        assert not any(rows)  # all of them lie in the parts
    parted.dispose()
    whole.dispose()
