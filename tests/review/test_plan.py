"""A development plan from review to review, and who is to deliver what."""

from datetime import date

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.managers import list_assignments
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.basis.deliveries import deliveries_of, set_deliverer
from kpi.review.cycle.plan import add_action, change_action, plan_at, plan_of
from kpi.review.scores.scoring import score_document, score_manager
from kpi.store.engine import reading
from tests.office import Office
from tests.scored import assigned, fill, published, scored_office

DANA = Actor("manager", "Dana", "dana", frozenset({"lakeside"}))
PHIL = Actor("physician", "Phil", practices=frozenset({"lakeside"}))
PLAN = "dana", "lakeside"
MAY, JUNE = date(2026, 5, 29), date(2026, 6, 30)


def test_actions_are_kept_and_changed_by_those_who_talk_about_them(engine: Engine) -> None:
    scored_office(engine)
    made = add_action(engine, PHIL, *PLAN, "Call no-shows the same day.", "Dana", JUNE)
    assert (made.number, made.version, made.state, made.by) == (1, 1, "open", "Phil (physician)")
    first = add_action(engine, DANA, *PLAN, "Compare two vendors.", "Phil", MAY, "overhead_ratio")
    assert [each.number for each in plan_of(engine, DANA, *PLAN)] == [2, 1]  # by the day due
    done = change_action(engine, DANA, *PLAN, 2, first.version, state="done")
    assert (done.version, done.kpi, done.action) == (2, "overhead_ratio", "Compare two vendors.")
    assert [each.number for each in plan_of(engine, operator(), *PLAN)] == [1, 2]  # open first
    moved = change_action(engine, PHIL, *PLAN, 1, 1, action="Call them at once.", due=MAY)
    assert (moved.action, moved.due, moved.owner) == ("Call them at once.", MAY, "Dana")


def test_nobody_saves_over_what_is_newer(engine: Engine) -> None:
    scored_office(engine)
    add_action(engine, PHIL, *PLAN, "Call no-shows.", "Dana", JUNE)
    change_action(engine, DANA, *PLAN, 1, 1, owner="Erin")
    with pytest.raises(InputError, match=r"changed by Dana \(manager\) on .*look at it again"):
        change_action(engine, PHIL, *PLAN, 1, 1, owner="Fay")
    assert plan_of(engine, PHIL, *PLAN)[0].owner == "Erin"


def test_what_a_plan_refuses(engine: Engine) -> None:
    scored_office(engine)
    for action, owner in (("  ", "Dana"), ("Call.", " "), ("x" * 1001, "Dana")):
        with pytest.raises(InputError):
            add_action(engine, PHIL, *PLAN, action, owner, JUNE)
    with pytest.raises(NotFound, match="Did you mean 'overhead_ratio'"):
        add_action(engine, PHIL, *PLAN, "Call.", "Dana", JUNE, "overhead_rato")
    with pytest.raises(NotFound, match="has no action 7"):
        change_action(engine, PHIL, *PLAN, 7, 1)
    add_action(engine, PHIL, *PLAN, "Call.", "Dana", JUNE)
    with pytest.raises(InputError, match="open, done, dropped, not 'late'"):
        change_action(engine, PHIL, *PLAN, 1, 1, state="late")
    erin = Actor("manager", "Erin", "erin", frozenset({"lakeside"}))
    for act in (
        lambda: add_action(engine, erin, *PLAN, "Call.", "Dana", JUNE),
        lambda: change_action(engine, erin, *PLAN, 1, 1, state="done"),
        lambda: plan_of(engine, erin, *PLAN),
        lambda: plan_of(engine, Actor("administrator", "Ada"), *PLAN),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_review_takes_up_what_is_open_and_what_was_closed_since(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored_office(engine)
    for at, day in enumerate(("2026-01-10", "2026-02-10", "2026-05-10"), start=1):
        monkeypatch.setattr("kpi.review.cycle.plan.now", lambda day=day: f"{day}T09:00:00Z")
        add_action(engine, PHIL, *PLAN, f"Action {at}.", "Dana", JUNE)
        if at != 2:
            change_action(engine, PHIL, *PLAN, at, 1, state="done")
    (assignment,) = list_assignments(engine, PHIL)
    with reading(engine) as connection:
        of = {day: [each.number for each in plan_at(connection, assignment, day)]
              for day in (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1))}  # fmt: skip
    assert of == {date(2026, 1, 1): [2, 1, 3], date(2026, 4, 1): [2, 3], date(2026, 7, 1): [2]}


def test_a_missing_month_says_who_was_to_deliver_it(engine: Engine) -> None:
    office = Office(engine)
    loaded = fill(office)
    published(office)
    assigned(office)
    set_deliverer(engine, DANA, "lakeside", "surveys", " Survey company ")
    undo(engine, operator(), office.practice.id, loaded[7])

    def reasons() -> dict[str, str | None]:
        found = score_manager(engine, PHIL, "dana", Month(2026, 1), Month(2026, 3))
        return {row["id"]: row["reason"] for row in score_document(found)["kpis"]}

    assert reasons()["satisfaction_score"] == (
        "Not complete: surveys for March 2026 (no file yet; Survey company was to deliver it)."
    )
    assert reasons()["overhead_ratio"] is None  # complete: nobody is named
    (kept,) = deliveries_of(engine, PHIL, "lakeside")
    assert (kept.dataset, kept.who, kept.by) == ("surveys", "Survey company", "Dana (manager)")
    set_deliverer(engine, DANA, "lakeside", "surveys", None)
    assert reasons()["satisfaction_score"] == "Not complete: surveys for March 2026 (no file yet)."
    with pytest.raises(InputError, match="up to 200 characters"):
        set_deliverer(engine, DANA, "lakeside", "surveys", "x" * 201)
    with pytest.raises(InputError):
        set_deliverer(engine, DANA, "lakeside", "survey", "Erin")
    with pytest.raises(NotPermitted):
        set_deliverer(engine, PHIL, "lakeside", "surveys", "Erin")
