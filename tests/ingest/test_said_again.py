"""Rows that a file says again, in several blocks: what they leave, however they are known."""

import io

import pytest
from sqlalchemy import Engine, update

from kpi.access.actor import operator
from kpi.ingest.ingestion import ingest
from kpi.ingest.layout import blocks
from kpi.ingest.receipt import Receipt
from kpi.ingest.undoing import undo
from kpi.store.engine import reading, writing
from kpi.store.tables import claims, records
from tests.office import Office

HEADER = "complaint_id,received_on,category\n"
TABLE = records["complaints"]


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK_ROWS", 2)


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine)


def load(office: Office, *rows: str, header: str = HEADER) -> Receipt:
    (receipt,) = ingest(
        office.engine, operator(), office.practice.id,
        io.BytesIO((header + "\n".join(rows) + "\n").encode()), "file.csv", dataset="complaints",
    )  # fmt: skip
    assert receipt.status != "refused", receipt.message
    return receipt


def counts(receipt: Receipt) -> tuple[int, int, int, int]:
    return receipt.added, receipt.changed, receipt.unchanged, receipt.left_out


def held(office: Office) -> list[tuple[int | None, int, str | None, int]]:
    """(upload, line, category, live) of each version, in their order."""
    query = (
        TABLE.select()
        .where(TABLE.c.practice == office.practice.number)
        .order_by(TABLE.c.line, TABLE.c.upload)
    )
    with reading(office.engine) as connection:
        return [(r.upload, r.line, r.category, r.live) for r in connection.execute(query)]


def claimed(office: Office) -> list[tuple[int, int]]:
    query = claims.select().where(claims.c.practice == office.practice.number)
    with reading(office.engine) as connection:
        return sorted((row.upload, row.line) for row in connection.execute(query))


ROWS = ("a,2026-01-05,waiting", "b,2026-01-06,", "c,2026-02-07,billing")


def test_the_first_file_keeps_the_last_line_of_a_key_that_comes_twice(office: Office) -> None:
    receipt = load(office, *ROWS, "a,2026-01-05,billing")
    assert counts(receipt) == (3, 0, 0, 1)
    assert [each[1:3] for each in held(office)] == [(3, None), (4, "billing"), (5, "billing")]


def test_a_key_said_again_and_then_changed_in_one_file_is_changed(office: Office) -> None:
    first = load(office, *ROWS).id
    second = load(office, *ROWS, "a,2026-01-05,billing")
    assert counts(second) == (0, 1, 2, 1)
    assert claimed(office) == [(second.id, 3), (second.id, 4)]
    assert (second.id, 5, "billing", 1) in held(office)
    assert (first, 2, "waiting", 0) in held(office)


def test_a_key_changed_and_then_said_again_in_one_file_is_unchanged(office: Office) -> None:
    load(office, *ROWS)
    second = load(office, "a,2026-01-05,billing", *ROWS)
    assert counts(second) == (0, 0, 3, 1)
    assert claimed(office) == [(second.id, 3), (second.id, 4), (second.id, 5)]
    assert all(live for *_, live in held(office))


def test_rows_without_a_fingerprint_are_compared_cell_by_cell(office: Office) -> None:
    load(office, *ROWS)
    with writing(office.engine) as connection:
        connection.execute(update(TABLE).values(fingerprint=None))
    assert counts(load(office, *ROWS[:2], "c,2026-02-07,waiting")) == (0, 1, 2, 0)


def test_a_file_with_other_columns_says_the_same_of_those_it_has(office: Office) -> None:
    load(office, *ROWS)
    fewer = load(office, "a,2026-01-05", "b,2026-01-09", header="complaint_id,received_on\n")
    assert counts(fewer) == (0, 1, 1, 0)


def test_an_unreadable_cell_is_never_taken_for_what_stands(office: Office) -> None:
    first = load(office, "a,2026-01-05,", header="complaint_id,received_on,resolved_on\n")
    second = load(office, "a,2026-01-05,soon", header="complaint_id,received_on,resolved_on\n")
    assert counts(second) == (0, 0, 1, 0)
    assert [each[0] for each in held(office)] == [first.id, second.id]
    assert not claimed(office)


def test_undoing_the_first_hands_its_records_to_the_file_that_said_them_again(
    office: Office,
) -> None:
    first = load(office, *ROWS)
    second = load(office, "new,2026-01-09,", *ROWS[:2])
    third = load(office, *ROWS[:2])
    assert first.id is not None
    undo(office.engine, operator(), office.practice.id, first.id)
    assert held(office) == [
        (second.id, 2, None, 1), (second.id, 3, "waiting", 1), (second.id, 4, None, 1),
    ]  # fmt: skip
    assert claimed(office) == [(third.id, 2), (third.id, 3)]
    assert office.value("2026-01", "complaints") == 3
    assert office.value("2026-02", "complaints") == 0


def test_a_record_handed_over_is_known_again(office: Office) -> None:
    first = load(office, *ROWS)
    load(office, *ROWS)
    assert first.id is not None
    undo(office.engine, operator(), office.practice.id, first.id)
    assert counts(load(office, *ROWS[:2], "c,2026-02-07,waiting")) == (0, 1, 2, 0)
