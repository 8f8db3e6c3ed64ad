"""A PostgreSQL that is lost in the middle of something, and comes back.

What was begun is not there, a sentence was said, and the program that was running goes on.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, event

from kpi.access.actor import operator
from kpi.access.practices import add_practice, list_practices
from kpi.errors import DatabaseError
from kpi.ingest.load import upsert
from kpi.review.scores.scoring import ManagerScore, score_manager
from kpi.store.copying import copy_in
from kpi.store.engine import writing
from kpi.store.schema import open_database
from kpi.store.secret import make_key
from tests.commands.running import held
from tests.faults.killing import Work, finalising, loading, publishing, undoing
from tests.office import Office
from tests.review.reviewed import FIRST, HARPER, LAST, Reviewed, set_clock
from tests.scored import ROLE, scored_office
from tests.servers import Server, own_server

pytestmark = pytest.mark.skipif(os.name != "posix", reason="starts Debian's PostgreSQL")

VISITS = "appointment_id,start_at,status,provider\n" + "".join(
    f"A{n},2026-01-{5 + n % 20:02d} 09:00,{'completed' if n % 4 else 'no_show'},Dr. {n % 3}\n"
    for n in range(60)
)
MANY_VISITS = "appointment_id,start_at,status\n" + "".join(
    f"A{n},2026-01-{1 + n % 31:02d} 09:00,completed\n" for n in range(400)
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with own_server() as found:
        yield found


@pytest.fixture
def own_engine(server: Server) -> Iterator[Engine]:
    """A database as ``kpi init`` makes it, on the server that is stopped."""
    found = open_database(server.database())
    with writing(found) as connection:
        make_key(connection)
    yield found
    found.dispose()


def lost_at(engine: Engine, server: Server, work: Callable[[], object], moment: str | int) -> str:
    """Does the work while the server is stopped: before the statement of that number, or when all
    is there but committed. Gives what was said, with the server started again."""
    number = 0

    def count(*_: object) -> None:
        nonlocal number
        number += 1
        if number == moment:
            server.stop()

    def committing(connection: object) -> None:
        if connection.get_execution_options().get("writing"):  # type: ignore[attr-defined]
            server.stop()

    listening = ("commit", committing) if moment == "commit" else ("before_cursor_execute", count)
    event.listen(engine, *listening)
    try:
        with pytest.raises(DatabaseError) as lost:
            work()
    finally:
        event.remove(engine, *listening)
        server.start()
    return str(lost.value)


def test_in_the_middle_of_each_step(
    server: Server, own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    engine, harbor = own_engine, Office(own_engine, "harbor")
    upload = harbor.load(VISITS)
    review = Reviewed(engine).acknowledged()
    review.act(HARPER, "confirm")
    role = ROLE.replace('"2026.1"', '"2026.2"').replace("effective: 2026-01", "effective: 2026-06")
    steps: dict[str, tuple[Work, str | int]] = {
        "upload": (loading(VISITS.replace("no_show", "cancelled"), "harbor"), 20),
        "upload, at its end": (loading(VISITS.replace("no_show", "completed"), "harbor"), "commit"),
        "undo": (undoing(upload, "harbor"), 12),
        "publication": (publishing(role, date(2026, 4, 20)), 12),
        "final review": (finalising(review.number), 30),
    }
    for name, (work, moment) in steps.items():
        before = held(engine)
        said = lost_at(engine, server, lambda work=work: work(engine), moment)  # type: ignore[misc]
        assert held(engine) == before, name
        if moment == "commit":
            assert "may have been or not: look whether it is there" in said
        else:
            assert "database server went away; nothing was changed" in said, name
        work(engine)
        assert held(engine) != before, name
    assert harbor.values("2026-01", ["no_shows", "cancellations"]) == {
        "no_shows": 0, "cancellations": 0,
    }  # fmt: skip
    assert review.state == "final"


def test_while_something_is_read(server: Server, own_engine: Engine) -> None:
    scored_office(own_engine)

    def score() -> ManagerScore:
        return score_manager(own_engine, operator(), "dana", FIRST, LAST)

    before = score()
    said = lost_at(own_engine, server, score, 5)
    assert "database server went away; nothing was changed" in said
    assert score() == before


def test_while_it_is_away_and_after_a_restart_that_nobody_noticed(
    server: Server, own_engine: Engine
) -> None:
    add_practice(own_engine, operator(), "lakeside", "Lakeside")
    server.stop("fast")
    try:
        with pytest.raises(DatabaseError, match="server cannot be reached; nothing was changed"):
            list_practices(own_engine, operator())
    finally:
        server.start()
    list_practices(own_engine, operator())
    server.stop("fast")
    server.start()  # its old connections are broken, and nobody has to meet one
    assert [each.id for each in list_practices(own_engine, operator())] == ["lakeside"]


@pytest.mark.parametrize("copied", [150, 400])
def test_while_rows_are_copied_in(
    server: Server, own_engine: Engine, monkeypatch: pytest.MonkeyPatch, copied: int
) -> None:
    """Many rows go in by COPY, which is no statement that the engine's events see."""
    office = Office(own_engine)
    before, stopped = held(own_engine), []

    def interrupted(
        connection: Connection, table: str, columns: Sequence[str], rows: Sequence[object]
    ) -> None:
        def arriving() -> Iterator[object]:
            yield from rows[:copied]
            if not stopped:
                stopped.append(table)
                server.stop()
            yield from rows[copied:]

        copy_in(connection, table, columns, arriving())  # type: ignore[arg-type]

    monkeypatch.setattr(upsert, "copy_in", interrupted)
    try:
        with pytest.raises(DatabaseError, match="server went away; nothing was changed"):
            office.load(MANY_VISITS)
    finally:
        server.start()
    assert held(own_engine) == before
    office.load(MANY_VISITS)
    assert office.value("2026-01", "visits") == 400
