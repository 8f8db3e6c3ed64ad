"""A database that goes away and comes back, and a sign-in that ends while somebody types."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine, create_engine, make_url, text
from streamlit.testing.v1 import AppTest

from dashboards import clock, data, session
from kpi.access.actor import operator
from kpi.access.practices import add_practice
from kpi.review.cycle.listing import see_review
from kpi.store import engine as store_engine
from kpi.store.schema import open_database
from tests.dashboards.conftest import MAIN, Open, text_of
from tests.dashboards.people import signed_in
from tests.dashboards.reviewed import ROBIN, brought_to, set_clock
from tests.dashboards.small_practice import TODAY, fill
from tests.databases import made_postgres

TYPED = "Two Mondays were holidays; the rest of the quarter held."
AGAIN = "Try again"


def again(app: AppTest) -> str:
    """What stands there after the one button that a page out of reach has."""
    (button,) = [each for each in app.button if each.label == AGAIN]
    button.click()
    app.run()
    assert not app.exception
    return text_of(app)


def is_away(app: AppTest, says: str) -> None:
    """The page is a heading, a sentence and one way on; nothing of the practice, no fault."""
    app.run()
    assert not app.exception
    words = text_of(app)
    assert words.count("<h1>") == 1
    assert "Rolecard is not ready" in words
    assert says in words
    assert "Rolecard itself failed" not in words
    assert "No-show rate" not in words
    assert [each.label for each in app.button] == [AGAIN]


def test_a_file_that_is_moved_away_and_back(
    practice: Engine, open_page: Open, tmp_path: Path
) -> None:
    app = open_page("kpi", by="manager", kpi="hipaa_violations")
    practice.dispose()
    file, away = tmp_path / "rolecard.db", tmp_path / "away.db"
    file.rename(away)
    is_away(app, "not in its place any more")
    away.rename(file)
    assert "<h1>HIPAA violations</h1>" in again(app)  # the address is what it was


def test_another_file_in_its_place_is_read(
    practice: Engine, open_page: Open, tmp_path: Path
) -> None:
    app = open_page("people", by="hr")
    practice.dispose()
    file, backup = tmp_path / "rolecard.db", tmp_path / "backup.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"VACUUM INTO '{backup}'")
    restored = open_database(f"sqlite:///{backup}")
    add_practice(restored, operator(), "oak", "Oak Clinic")
    restored.dispose()
    for beside in (f"{file}-wal", f"{file}-shm"):
        Path(beside).unlink(missing_ok=True)
    backup.replace(file)
    app.run()
    assert "Oak Clinic" in {*app.selectbox(key="assign_practice").options}


def test_a_file_that_is_held_by_another_program(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(store_engine, "BUSY_SECONDS", 0)
    practice.dispose()
    app = open_page(by="manager")
    data.engine().dispose()
    other = create_engine(f"sqlite:///{tmp_path / 'rolecard.db'}")
    with other.connect() as holding:
        holding.exec_driver_sql("PRAGMA locking_mode=EXCLUSIVE")
        holding.exec_driver_sql("BEGIN EXCLUSIVE")
        is_away(app, "The database is busy")
        holding.exec_driver_sql("ROLLBACK")
    other.dispose()
    assert "January to March 2025" in again(app)


@pytest.fixture
def server(postgres_server: str) -> Iterator[Engine]:
    """The small practice in a PostgreSQL database of the test alone."""
    with made_postgres(postgres_server) as engine:
        fill(engine)
        yield engine


def test_a_server_that_goes_away_and_comes_back(
    server: Engine, postgres_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_DATABASE_URL", server.url.render_as_string(hide_password=False))
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    st.cache_resource.clear()
    secret = signed_in("manager")
    monkeypatch.setattr(session, "secret", lambda: secret)
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    app.run()
    assert "January to March 2025" in text_of(app)
    server.dispose()
    name = make_url(server.url).database
    admin = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        drop = text(
            "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = :name"
        )
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        connection.execute(drop, {"name": name})
        is_away(app, "database")
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
        assert "January to March 2025" in again(app)
        # Connections that were cut while nobody looked are not the next reader's trouble.
        connection.execute(drop, {"name": name})
    admin.dispose()
    app.run()
    assert not app.exception
    assert "January to March 2025" in text_of(app)
    st.cache_resource.clear()


def test_a_comment_whose_session_ended_can_be_copied(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    number = brought_to(practice, "open")
    app = open_page("review", by="manager", review=str(number))
    (field,) = [each for each in app.text_area if each.label.endswith("the period as a whole")]
    still = session.secret
    monkeypatch.setattr(session, "secret", lambda: "ended")
    field.set_value(TYPED).run()
    assert not app.exception
    shown = text_of(app)
    assert "You are signed out" in shown
    assert "What you typed last was not saved. Copy it" in shown
    assert [each.value for each in app.code] == [TYPED]
    assert f"next=%2F%3Fassignment%3D1%26review%3D{number}" in shown
    # The same tab, signed in again: it still stands there, and nothing was saved unseen.
    monkeypatch.setattr(session, "secret", still)
    app.run()
    assert "The session had ended. What you wrote was not saved" in text_of(app)
    assert [each.value for each in app.code] == [TYPED]
    assert not see_review(practice, ROBIN, "maple", number).texts
    next(each for each in app.button if each.label == "Put it away").click()
    app.run()
    assert not app.code


def test_what_was_typed_is_not_the_next_persons(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    number = brought_to(practice, "open")
    app = open_page("review", by="manager", review=str(number))
    field = app.text_area[0]
    monkeypatch.setattr(session, "secret", lambda: "ended")
    field.set_value(TYPED).run()
    another = signed_in("hr")
    monkeypatch.setattr(session, "secret", lambda: another)
    app.run()
    assert not app.exception
    assert not app.code
    assert "You are signed out" not in text_of(app)


def test_a_comment_whose_database_is_away_is_kept(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_clock(monkeypatch)
    number = brought_to(practice, "open")
    app = open_page("review", by="manager", review=str(number))
    practice.dispose()
    file = tmp_path / "rolecard.db"
    file.rename(tmp_path / "away.db")
    app.text_area[0].set_value(TYPED)
    is_away(app, "not in its place any more")
    assert [each.value for each in app.code] == [TYPED]
    (tmp_path / "away.db").rename(file)
    assert "What you wrote was not saved; copy what you need." in again(app)
    assert [each.value for each in app.code] == [TYPED]


def test_what_is_typed_into_a_form_as_the_database_goes_comes_back_with_it(
    practice: Engine, open_page: Open, tmp_path: Path
) -> None:
    app = open_page("plan", by="manager")
    practice.dispose()
    file = tmp_path / "rolecard.db"
    file.rename(tmp_path / "away.db")
    app.text_area(key="plan_action").set_value(TYPED)
    is_away(app, "not in its place any more")
    assert [each.value for each in app.code] == [TYPED]
    (tmp_path / "away.db").rename(file)
    assert "Development plan" in again(app)
    assert app.text_area(key="plan_action").value == TYPED
    assert not app.code
