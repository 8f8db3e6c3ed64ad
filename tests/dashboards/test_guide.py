"""The guided first visit: what each kind of reader is led to, and that her account remembers."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboards.app import pages_for
from dashboards.views.guide import NONE, Standing, at_step, steps
from kpi.access.actor import Actor, operator
from kpi.access.kept import keep, kept_at
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.errors import NotPermitted
from kpi.months import Month
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.reviewed import brought_to, set_clock

ALL = frozenset(
    {"Overview", "KPI", "Month-end", "Reviews", "Development plan", "Role", "Scorecards", "Roles",
     "People", "Trail", "Catalogue", "Accounts", "Health", "Practices"}
)  # fmt: skip


def pages_of(kind: str, **rest: object) -> list[str]:
    return [each.page for each in steps(Standing(kind, ALL, **rest))]  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["physician", "manager", "hr", "administrator"])
def test_whoever_has_all_has_three_to_five_steps(kind: str) -> None:
    full = {"assigned": True, "role": True, "data": True, "scored": True}
    assert 3 <= len(pages_of(kind, **full)) <= 5
    assert 3 <= len(pages_of(kind, **full, waits=1, reviews=2, own=1, due=1)) <= 5


def test_nobody_is_led_to_what_is_not_there() -> None:
    scored = {"assigned": True, "role": True, "data": True, "scored": True}
    assert "Reviews" not in pages_of("physician", **scored)
    assert "Reviews" in pages_of("physician", **scored, reviews=1)
    assert "Reviews" not in pages_of("manager", **scored)
    assert "Scorecards" not in pages_of("hr", assigned=True)
    assert pages_of("hr")[0] == "People"
    few = Standing("administrator", frozenset({"Accounts", "Trail", "Catalogue"}))
    assert [each.page for each in steps(few)] == ["Accounts", "Accounts", "Trail"]
    assert "Practices" not in {
        each.page for each in steps(Standing("physician", ALL - {"Practices"}))
    }


def test_a_manager_with_nothing_yet_is_led_to_her_first_score() -> None:
    assert pages_of("manager", assigned=True) == ["Role", "Month-end", "Month-end", "Overview"]
    first = steps(Standing("manager", ALL, assigned=True))[0]
    assert "none is published yet" in first.text
    read = steps(Standing("manager", ALL, assigned=True, role=True))[0]
    assert "you are scored by" in read.text


@pytest.mark.parametrize(
    ("kept", "count", "step"), [("", 4, 1), ("3", 4, 3), ("9", 4, 4), ("0", 4, NONE), ("x", 4, 1),
                                ("", 0, NONE)],
)  # fmt: skip
def test_where_it_stands(kept: str, count: int, step: int) -> None:
    assert at_step(kept, count) == step


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {str(each.key) for each in app.button if str(each.key).startswith("guide_")}


def test_a_physician_walks_through_it_once(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    brought_to(practice, "self_assessed")
    app = open_page(by="physician", guided=True)
    shown = text_of(app)
    assert "Step 1 of 5</span> <b>Is the practice well run?" in shown
    assert "January to March 2025" in shown  # the page itself is there
    assert keys(app) == {"guide_next", "guide_away", "guide_again"}
    press(app, "guide_next")
    assert "Step 2 of 5" in text_of(app)
    press(app, "guide_next")
    assert "Step 3 of 5" in text_of(app)
    assert "What it means" in text_of(app)  # the page of a KPI
    again = open_page("role", by="physician", guided=True)  # another tab, another page
    assert "Step 3 of 5" in text_of(again)
    assert "guide_go" in keys(again)
    again = open_page("kpi", by="physician", guided=True)
    press(again, "guide_next")
    assert "1 review waits for you" in text_of(again)
    press(again, "guide_away")
    assert "Step " not in text_of(again)
    assert keys(open_page(by="physician", guided=True)) == {"guide_again"}
    press(again, "guide_again")
    assert "Step 1 of 5" in text_of(again)


def test_a_manager_without_a_role_is_told_so(empty: Engine, open_page: Open) -> None:
    add_practice(empty, operator(), "maple", "Maple")
    add_manager(empty, operator(), "robin", "Robin", "maple", Month(2025, 1))
    app = open_page(by="manager", guided=True)
    assert "none is published yet" in text_of(app)
    press(app, "guide_go")
    assert "Step 1 of 4" in text_of(app)


def test_what_is_kept_is_kept_for_its_owner_alone(practice: Engine, open_page: Open) -> None:
    open_page(by="physician")  # makes the account
    own, other = (Actor("physician", "Pat", user=number) for number in (1, 2))
    keep(practice, own, "here", "mine")
    assert kept_at(practice, own, "here") == "mine"
    assert kept_at(practice, other, "here") == ""
    keep(practice, own, "here", "")
    assert kept_at(practice, own, "here") == ""
    with pytest.raises(NotPermitted, match="has no account"):
        keep(practice, Actor("hr", "Nobody"), "here", "x")


def test_every_page_of_a_step_is_one_of_its_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step whose page got another title would silently drop out."""
    monkeypatch.setattr(
        "streamlit.Page", lambda _path, title, **_rest: SimpleNamespace(title=title)
    )
    for kind in ("physician", "manager", "hr", "administrator"):
        named = frozenset(each.title for each in pages_for(kind, several=True))
        full = {"assigned": True, "role": True, "data": True, "scored": True, "reviews": 1}
        led = {each.page for each in steps(Standing(kind, ALL, **full))}  # type: ignore[arg-type]
        assert led - named <= {"Health", "Practices"}
