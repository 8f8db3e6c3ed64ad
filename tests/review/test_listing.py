"""Reviews as pages and commands show them: which, to whom, and who sees which of their texts."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor
from kpi.access.managers import end_assignment
from kpi.access.practices import get_practice
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.months import Month
from kpi.review.cycle.listing import (
    in_the_way,
    list_reviews,
    review_numbered,
    see_review,
    waiting_for,
)
from kpi.review.cycle.opening import due_to_open, open_due, open_review
from kpi.review.cycle.reviews import final_months
from kpi.review.frozen.document import scorecard_document
from kpi.store.engine import reading
from tests.office import Office
from tests.review.reviewed import (
    DANA,
    DR_LEE,
    ERIN,
    FIRST,
    HARPER,
    LAST,
    PEOPLE,
    UNACKNOWLEDGED,
    WHOLE_TEXT,
    Clock,
    Reviewed,
)
from tests.scored import assigned

OPERATOR = PEOPLE["operator"]
ELSEWHERE = Actor("hr", "Hale", practices=frozenset({"hillcrest"}))


def texts(review: Reviewed, actor: Actor) -> dict[tuple[str, str], str]:
    return {(each.part, each.kpi): each.text for each in review.seen(actor).texts}


def shown(review: Reviewed, actor: Actor) -> dict[str, dict[str, str | None]]:
    found = scorecard_document(review.engine, actor, "dana", FIRST, LAST)["texts"]
    return {"": found["whole"], **found["kpis"]}


def test_what_the_manager_writes_is_hers_until_she_hands_it_in(review: Reviewed) -> None:
    review.write(DANA, WHOLE_TEXT)
    review.write(DANA, "Two phone lines were down.", "satisfaction_score")
    assert texts(review, DANA) == {
        ("manager", ""): WHOLE_TEXT,
        ("manager", "satisfaction_score"): "Two phone lines were down.",
    }
    for other in (DR_LEE, HARPER):
        assert texts(review, other) == {}
        assert shown(review, other)[""]["manager"] is None
    review.act(DANA, "hand_in")
    for other in (DR_LEE, HARPER):
        assert texts(review, other)["manager", ""] == WHOLE_TEXT
        assert shown(review, other)["satisfaction_score"]["manager"] == "Two phone lines were down."


def test_what_the_supervisor_writes_is_unseen_until_signed(review: Reviewed) -> None:
    review.handed_in()
    review.write(DR_LEE, "Well managed.")
    assert ("supervisor", "") not in texts(review, DANA)
    assert ("supervisor", "") not in texts(review, HARPER)
    assert shown(review, DANA)[""]["supervisor"] is None
    review.act(DR_LEE, "supervise", rating="below")
    assert texts(review, DANA)["supervisor", ""] == "Well managed."
    review.write(DANA, "Thank you.")
    assert texts(review, DANA)["answer", ""] == "Thank you."
    assert ("answer", "") not in texts(review, DR_LEE)
    review.act(DANA, "acknowledge")
    assert texts(review, DR_LEE)["answer", ""] == "Thank you."


def test_what_she_has_not_handed_in_stays_hers_where_the_self_part_is_waived(
    review: Reviewed,
) -> None:
    review.write(DANA, "Not finished.")
    review.act(HARPER, "waive_self", "She has been ill since March.")
    assert texts(review, DR_LEE) == {}
    review.write(DR_LEE, "Judged without her.")
    review.act(DR_LEE, "supervise", rating="below")
    review.act(DANA, "acknowledge")
    review.act(HARPER, "confirm")
    review.act(HARPER, "finalize", UNACKNOWLEDGED)
    document = review.seen(HARPER).document
    assert document["texts"]["whole"]["manager"] is None
    assert document["review"]["self_part_missing_reason"] == "She has been ill since March."
    waived = document["review"]["steps"][1]
    assert (waived["action"], waived["by"]) == ("waive_self", "Harper Ross (hr)")
    assert waived["at"].startswith("2026-04-20T09:00")


def test_saving_over_a_newer_text_is_refused(review: Reviewed) -> None:
    assert review.write(DANA, "First.", seen=0) == 1
    assert review.write(DANA, "First.", seen=0) == 1  # the same again
    assert review.write(DANA, "Second.", seen=1) == 2
    said = r"not the one you had before you any more: Dana Whitfield \(manager\) saved one at 2026"
    with pytest.raises(InputError, match=said):
        review.write(DANA, "From another window.", seen=1)
    with pytest.raises(InputError, match="there is none"):
        review.write(DANA, "On nothing.", "overhead_ratio", seen=3)
    assert texts(review, DANA) == {("manager", ""): "Second."}


def test_what_a_text_may_be(review: Reviewed) -> None:
    review.write(DANA, "  One\r\ntwo\x00\x1b[31m\ud800 \u2019 \n", seen=0)
    assert texts(review, DANA) == {("manager", ""): "One\ntwo[31m \u2019"}
    with pytest.raises(InputError, match=r"up to 10,000 characters; this one has 10,001"):
        review.write(DANA, "x" * 10_001)
    with pytest.raises(NotFound, match="no KPI 'phone_rate'"):
        review.write(DANA, "x", "phone_rate", seen=0)


def test_a_manager_sees_her_own_reviews_alone(review: Reviewed) -> None:
    engine, number = review.engine, review.number
    assert [each.review.number for each in list_reviews(engine, DANA)] == [number]
    assert list_reviews(engine, ERIN) == []
    assert list_reviews(engine, ELSEWHERE) == []
    assert waiting_for(engine, DANA) == 1
    assert waiting_for(engine, ERIN) == waiting_for(engine, DR_LEE) == 0
    assert review_numbered(engine, OPERATOR, number).assignment.practice.id == "lakeside"
    for nobody in (ERIN, ELSEWHERE):
        with pytest.raises(NotFound):
            review_numbered(engine, nobody, number)
    with pytest.raises(NotPermitted):
        see_review(engine, ERIN, "lakeside", number)
    with pytest.raises(NotPermitted):
        see_review(engine, ELSEWHERE, "lakeside", number)
    with pytest.raises(NotPermitted):
        in_the_way(engine, ERIN, "lakeside", number)
    with pytest.raises(NotFound, match="no review 99; see them with: kpi review list"):
        see_review(engine, HARPER, "lakeside", 99)


def test_days_left_and_what_is_in_the_way(review: Reviewed, clock: Clock) -> None:
    (listed,) = list_reviews(review.engine, HARPER)
    assert listed.days_left == 30  # from 20 April to 20 May
    assert listed.blockers is not None
    assert "has not acknowledged version 2026.1" in listed.blockers[0]
    assert in_the_way(review.engine, HARPER, "lakeside", review.number) == listed.blockers
    clock.moment = datetime(2026, 5, 22, 9, tzinfo=UTC)
    (listed,) = list_reviews(review.engine, HARPER)
    assert listed.days_left == -2
    review.final()
    (listed,) = list_reviews(review.engine, HARPER)
    assert (listed.days_left, listed.blockers) == (None, ())


def test_what_each_may_do_next_and_why_not(review: Reviewed) -> None:
    def acts(actor: Actor) -> dict[str, str | None]:
        return {each.act: each.why_not for each in review.seen(actor).acts}

    assert set(acts(DANA)) == {"write_self", "hand_in", "write_answer", "acknowledge", "contest"}
    assert acts(DANA)["write_self"] is None
    assert "write on the period as a whole first" in str(acts(DANA)["hand_in"])
    assert "to contest the review it has to be supervised" in str(acts(DANA)["contest"])
    assert acts(HARPER)["waive_self"] is None
    assert next(each for each in review.seen(HARPER).acts if each.act == "waive_self").asks == (
        "note",
    )
    assert "A command signs for nobody" in str(acts(OPERATOR)["hand_in"])
    assert review.seen(DR_LEE).ratings == (
        "outstanding", "exceeds", "meets", "developing", "below",
    )  # fmt: skip
    review.final()
    assert "The review is final, so it is too late to contest" in str(acts(DANA)["contest"])


# -- opening ------------------------------------------------------------------------------------


def test_only_complete_periods_and_each_once(office: Office, clock: Clock) -> None:
    engine = office.engine
    for first, last in ((1, 2), (2, 4), (4, 6), (1, 6)):
        with pytest.raises(InputError, match=r"no review period .* the last that are: 2026-01 to"):
            open_review(engine, HARPER, "lakeside", "dana", Month(2026, first), Month(2026, last))
    number = open_review(engine, HARPER, "lakeside", "dana", FIRST, LAST).number
    with pytest.raises(InputError, match=f"has review {number} for 2026-01 to 2026-03, which is"):
        open_review(engine, HARPER, "lakeside", "dana", FIRST, LAST)
    clock.moment = datetime(2026, 7, 1, 0, 0, 5, tzinfo=UTC)
    with pytest.raises(InputError, match="2026-04-01 is over"):
        open_review(
            engine, HARPER, "lakeside", "dana", Month(2026, 4), Month(2026, 6), date(2026, 4, 1)
        )
    # Not uploading keeps nobody from being reviewed: the second quarter has no data at all.
    open_review(engine, HARPER, "lakeside", "dana", Month(2026, 4), Month(2026, 6))


def test_everything_due_is_opened_at_once(office: Office, clock: Clock) -> None:
    engine = office.engine
    assigned(office, "erin", "2026-02")
    found = [(each.assignment.manager.id, str(each.first)) for each in due_to_open(engine, HARPER)]
    assert found == [("dana", "2026-01"), ("erin", "2026-01")]
    assert due_to_open(engine, ELSEWHERE) == []
    assert [each.assignment.manager.id for each in open_due(engine, HARPER)] == ["dana", "erin"]
    assert open_due(engine, HARPER) == []
    clock.moment = datetime(2026, 10, 2, tzinfo=UTC)
    end_assignment(engine, OPERATOR, "erin", Month(2026, 5), "lakeside")
    found = [(each.assignment.manager.id, str(each.first)) for each in due_to_open(engine, HARPER)]
    assert found == [("dana", "2026-04"), ("dana", "2026-07"), ("erin", "2026-04")]


def test_final_months_are_those_of_final_reviews(review: Reviewed) -> None:
    def months() -> list[str]:
        with reading(review.engine) as connection:
            practice = get_practice(connection, "lakeside")
            assert final_months(connection, practice, "another-role") == frozenset()
            return [str(each) for each in sorted(final_months(
                connection, practice, "medical-office-manager"
            ))]  # fmt: skip

    assert months() == []
    review.final()
    assert months() == ["2026-01", "2026-02", "2026-03"]
    review.act(HARPER, "reopen", "A file was wrong.")
    assert months() == []


def test_on_both_databases(engine: Engine, clock: Clock) -> None:
    """Saved, handed in, listed and seen."""
    review = Reviewed(engine).handed_in()
    assert texts(review, DR_LEE) == {("manager", ""): WHOLE_TEXT}
    assert [each.review.number for each in list_reviews(engine, DANA)] == [review.number]
