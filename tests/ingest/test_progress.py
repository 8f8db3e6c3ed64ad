"""Whoever waits for a file is told from the first moment to the last how far it is."""

import io

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.ingest.ingestion import ingest
from kpi.measures.stored import monthly_values
from kpi.months import Month
from kpi.store.engine import reading
from tests.office import Office

HEADER = "complaint_id,received_on\n"


def told(office: Office, text: str, dry_run: bool = False) -> list[tuple[str, float]]:
    said: list[tuple[str, float]] = []
    ingest(
        office.engine, operator(), office.practice.id, io.BytesIO(text.encode()), "file.csv",
        progress=lambda doing, done: said.append((doing, done)), dry_run=dry_run,
    )  # fmt: skip
    return said


@pytest.mark.parametrize("dry_run", [False, True])
def test_every_step_is_told_and_the_share_never_falls(engine: Engine, dry_run: bool) -> None:
    rows = [f"{number},2026-01-05" for number in range(60_000)]  # more than one block
    said = told(Office(engine), HEADER + "\n".join(rows), dry_run)
    words, shares = [doing for doing, _ in said], [done for _, done in said]
    assert words[:2] == ["waiting for its turn", "opening the file"]
    assert shares[:2] == [0, 0]
    assert "reading line 60,001 of 60,001" in words
    assert words.index("loading the records") < words.index("adding up the months")
    assert (words[-1], shares[-1]) == ("done", 1)
    assert shares == sorted(shares)


def test_a_refused_file_stops_short_of_the_end(engine: Engine) -> None:
    said = told(Office(engine), HEADER + "a,soon\n" * 10)
    assert said[-1][1] < 1


def test_what_progress_raises_ends_the_load_and_keeps_nothing(engine: Engine) -> None:
    office = Office(engine)

    def stop(doing: str, done: float) -> None:
        if doing == "adding up the months":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(
            engine, operator(), office.practice.id, io.BytesIO(f"{HEADER}a,2026-01-05\n".encode()),
            "file.csv", progress=stop,
        )  # fmt: skip
    month = Month(2026, 1)
    with reading(engine) as connection:
        found = monthly_values(connection, office.practice.number, ["complaints"], [month])
    assert not found.get("complaints")
    assert office.offered(f"{HEADER}a,2026-01-05\n").added == 1
