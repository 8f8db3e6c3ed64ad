"""The page Trail: who did what, and whether it is whole."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, update

from dashboards.views.trail import DEED, details_words
from kpi.access import trail
from kpi.access.actor import Actor
from kpi.access.trail import DEEDS
from kpi.store import people
from kpi.store.engine import writing
from tests.dashboards.conftest import Open, text_of


def rows(shown: str) -> list[str]:
    return shown.partition("<tbody>")[2].split("<tr>")[1:]


def test_the_newest_comes_first_and_each_deed_has_words(practice: Engine, open_page: Open) -> None:
    shown = text_of(open_page("trail", by="hr"))
    first, *_, last = rows(shown)
    assert "added hr" in first
    assert "Account" in first
    assert "added practice maple" in last
    assert "(operator)" in last
    assert set(DEED) == set(DEEDS)


def test_one_practice_and_one_deed(practice: Engine, open_page: Open) -> None:
    app = open_page("trail", by="administrator")
    app.selectbox(key="trail_deed").set_value("upload").run()
    found = rows(text_of(app))
    assert found
    assert all("Upload" in each for each in found)
    assert all("<td>maple</td>" in each for each in found)
    app.selectbox(key="trail_deed").set_value(None)
    app.selectbox(key="trail_practice").set_value("maple").run()
    assert all("<td>maple</td>" in each for each in rows(text_of(app)))
    app.selectbox(key="trail_deed").set_value("spot_check").run()
    assert "No entry" in text_of(app)


def test_an_untouched_trail_holds_and_a_changed_one_does_not(
    practice: Engine, open_page: Open
) -> None:
    app = open_page("trail", by="hr")
    assert "stand as they were written" not in text_of(app)
    app.button[0].click().run()
    assert "stand as they were written" in text_of(app)
    with writing(practice) as connection:
        connection.execute(update(people.trail).where(people.trail.c.id == 2).values(actor="x"))
    app.button[0].click().run()
    assert "Entry 2 of" in text_of(app)


def test_what_was_refused_and_what_is_no_markup(practice: Engine, open_page: Open) -> None:
    with writing(practice) as connection:
        hand = Actor("manager", "<b>Robin</b>", "robin", frozenset({"maple"}))
        trail.note(connection, hand, "upload", "<script>.csv", 1, "refused")
    first = rows(text_of(open_page("trail", by="hr")))[1]  # the newest is that hr was added
    assert "Upload, refused" in first
    assert "&lt;script&gt;.csv" in first
    assert "<b>" not in first


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({}, ""),
        ({"kind": "hr", "practices": None}, "kind: hr"),
        ({"uploads": {"3": ["ledger", "loaded"]}}, "uploads: 3 ledger, loaded"),
        ({"months": ["2026-01", "2026-03"]}, "months: 2026-01, 2026-03"),
        ({"sha256": "0123456789ab" + "c" * 52}, "sha256: 0123456789ab…"),
    ],
)
def test_details_in_words(details: dict[str, object], words: str) -> None:
    assert details_words(details) == words
