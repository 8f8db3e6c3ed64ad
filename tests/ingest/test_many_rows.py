"""A file of many rows, which goes into PostgreSQL by COPY: not a cell may read otherwise for it."""

from datetime import date

from sqlalchemy import Engine, select

from kpi.store.engine import reading
from kpi.store.tables import records
from tests.office import Office

ROWS = 450
ODD = ("", r"\N", r"back\slash", "a tab\\t", 'said "late"', "Zoë, ½ hour", "NULL", "%s", "O'Hara")
"""Categories that a way of writing many rows could take for something else."""


def row(number: int, category: str) -> str:
    quoted = category.replace('"', '""')
    resolved = "" if number % 3 else "2026-01-20"
    return f'K{number},2026-01-{1 + number % 28:02d},{resolved},"{quoted}"'


def file(*rows: str) -> str:
    return "\n".join(["complaint_id,received_on,resolved_on,category", *rows]) + "\n"


def stands(office: Office) -> list[tuple[int, int | None, str | None]]:
    """Day received, day settled and category of each live complaint, in a fixed order."""
    table = records["complaints"]
    query = select(table.c.received_on, table.c.resolved_on, table.c.category)
    query = query.where(table.c.practice == office.practice.number, table.c.live == 1)
    with reading(office.engine) as connection:
        return sorted((tuple(each) for each in connection.execute(query)), key=repr)


def expected(said: dict[int, str]) -> list[tuple[int, int | None, str | None]]:
    first, settled = date(2026, 1, 1), date(2026, 1, 20)
    days = {day: (day - date(1970, 1, 1)).days for day in (first, settled)}
    return sorted(
        (
            (days[first] + number % 28, None if number % 3 else days[settled], category or None)
            for number, category in said.items()
        ),
        key=repr,
    )


def test_every_cell_of_many_rows_is_kept_and_the_last_line_of_a_key_wins(engine: Engine) -> None:
    """First into empty records, with one key thrice; then again with a third of them changed."""
    office = Office(engine)
    said = {number: ODD[number % len(ODD)] for number in range(ROWS)}
    lines = [row(number, category) for number, category in said.items()]
    office.load(file(row(7, "first"), row(7, "second"), *lines), "complaints")
    assert stands(office) == expected(said)

    changed = said | {number: f"again {ODD[number % 4]}".strip() for number in range(0, ROWS, 3)}
    lines = [row(number, category) for number, category in changed.items()]
    receipt = office.offered(file(row(0, "not this"), *lines, row(1, "last of all")), "complaints")
    assert stands(office) == expected(changed | {1: "last of all"})
    assert (receipt.changed, receipt.unchanged) == (151, 299)
    office.undo(receipt.id or 0)
    assert stands(office) == expected(said)
