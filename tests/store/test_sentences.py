"""What a database says that cannot do what it is asked, in a sentence."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from kpi.access.actor import operator
from kpi.access.practices import add_practice, list_practices
from kpi.errors import DatabaseError
from kpi.store.engine import connect, reading, writing
from kpi.store.schema import open_database
from tests.databases import made, made_postgres

STATES = {
    "08006": "database server went away; nothing was changed",
    "25006": "takes no changes, as a standby does",
    "40001": "Somebody else changed the same at that moment",
    "40P01": "Somebody else changed the same at that moment",
    "42501": "database's user may not do this there",
    "53100": "disk is full; nothing was changed",
    "53200": "server's memory is full",
    "53300": "takes no more connections for now",
    "55P03": "busy with another upload",
    "57014": "broke this off, mostly because it took too long",
    "57P03": "just starting or stopping",
    "58030": "could not read or write its disk",
    "XX001": "damaged; ask whoever looks after the server",
}
"""By PostgreSQL's appendix A."""


def half_done(engine: Engine, state: str) -> None:
    """Changes something, and then the server says what stands for a state."""
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE half_done (n int)"))
        connection.execute(
            text(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$")
        )


def test_each_state_of_the_server(postgres_server: str) -> None:
    with made_postgres(postgres_server) as engine:
        for state, sentence in STATES.items():
            with pytest.raises(DatabaseError, match=sentence):
                half_done(engine, state)
        with reading(engine) as connection:
            assert connection.execute(text("SELECT to_regclass('half_done')")).scalar() is None


def test_a_connection_that_the_server_does_not_make(postgres_server: str) -> None:
    url = make_url(postgres_server)
    for wrong, sentence in (
        (url.set(database="none_of_that_name"), "no such database on the server"),
        (url.set(username="nobody_of_that_name"), "does not let this user in"),
        (url.set(port=1), "cannot be reached; nothing was changed"),
    ):
        with pytest.raises(DatabaseError, match=sentence):
            open_database(wrong.render_as_string(hide_password=False))


def test_a_connection_that_the_server_ends(postgres_server: str) -> None:
    """By its administrator, in the middle of a change; the next one is made without a word."""
    with made_postgres(postgres_server) as engine, made_postgres(postgres_server) as other:
        add_practice(engine, operator(), "lakeside", "Lakeside")
        with pytest.raises(DatabaseError, match="went away"):
            ended(engine, other)
        assert [each.name for each in list_practices(engine, operator())] == ["Lakeside"]


def ended(engine: Engine, other: Engine) -> None:
    """Changes something, and another connection ends this one."""
    with writing(engine) as connection:
        connection.execute(text("UPDATE practices SET name = 'Half done'"))
        ours = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with writing(other) as elsewhere:
            elsewhere.execute(text("SELECT pg_terminate_backend(:ours)"), {"ours": ours})
        connection.execute(text("UPDATE practices SET name = 'Half done'"))


def test_nobody_waits_for_ever(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another's change of the same practice is waited for as long as is said, and no longer."""
    add_practice(engine, operator(), "lakeside", "Lakeside")
    monkeypatch.setattr("kpi.store.engine.BUSY_SECONDS", 0.05)
    other = connect(engine.url.render_as_string(hide_password=False))
    with writing(engine, 1):
        for wait in (None, 0):
            with pytest.raises(DatabaseError, match="busy"), writing(other, 1, wait):
                raise AssertionError("two at once")
        assert list_practices(other, operator())
    with writing(other, 1):
        pass
    other.dispose()


def test_more_at_once_than_there_are_connections(tmp_path: Path) -> None:
    engine = made(f"sqlite:///{tmp_path / 'rolecard.db'}")
    engine.pool._timeout = 0  # type: ignore[attr-defined]
    held = [engine.connect() for _ in range(50)]
    with pytest.raises(DatabaseError, match="Too many people use the database"):
        list_practices(engine, operator())
    for each in held:
        each.close()
    engine.dispose()
