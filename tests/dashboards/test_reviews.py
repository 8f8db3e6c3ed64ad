"""The pages of the review cycle, in each state and for each kind of person."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select, update
from streamlit.testing.v1 import AppTest

from dashboards.views.review import stops
from kpi.access.actor import operator
from kpi.access.managers import add_manager, list_assignments
from kpi.access.practices import add_practice
from kpi.ingest.declaring import attest
from kpi.ingest.log import uploads_list
from kpi.ingest.undoing import undo
from kpi.report.theme import LIGHT
from kpi.review.cycle.acting import act
from kpi.review.cycle.listing import see_review
from kpi.review.cycle.plan import change_action, plan_of
from kpi.review.cycle.writing import write_own
from kpi.review.roles.publication import publish
from kpi.store.engine import writing
from kpi.store.reviews import final_reviews
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.reviewed import (
    DR_KIM,
    HARPER,
    OWN,
    ROBIN,
    STATES,
    THEIRS,
    brought_to,
    set_clock,
)
from tests.dashboards.small_practice import FIRST, LAST, ROLE, TODAY, appointments, load

READERS = ("physician", "manager", "hr")


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch)


def labels(app: AppTest) -> set[str]:
    """What the buttons that can be pressed say, without the navigation's."""
    return {each.label for each in app.button if not each.disabled}


def press(app: AppTest, label: str) -> AppTest:
    next(each for each in app.button if each.label == label).click()
    app.run()
    assert not app.exception
    return app


def field(app: AppTest, key: str):
    """The text area whose key ends so."""
    return next(each for each in app.text_area if (each.key or "").endswith(key))


# State, kind of reader: what may be done there, and that part of it which is written there.
STEPS: dict[tuple[str, str], tuple[set[str], str | None]] = {
    ("open", "manager"): (set(), "manager"),
    ("open", "physician"): ({"Go on without a self-assessment"}, None),
    ("open", "hr"): ({"Go on without a self-assessment"}, None),
    ("self_assessed", "manager"): (set(), None),
    ("self_assessed", "physician"): (set(), "supervisor"),
    ("self_assessed", "hr"): (set(), None),
    ("supervised", "manager"): ({"Acknowledge", "Contest"}, "answer"),
    ("supervised", "physician"): (set(), None),
    ("supervised", "hr"): ({"Go on without the manager", "Send back"}, None),
    ("contested", "manager"): (set(), None),
    ("contested", "physician"): (set(), None),
    ("contested", "hr"): ({"Sign the answer", "Send back"}, None),
    ("acknowledged", "manager"): (set(), None),
    ("acknowledged", "physician"): (set(), None),
    ("acknowledged", "hr"): ({"Confirm the rating", "Send back"}, None),
    ("final", "manager"): (set(), None),
    ("final", "physician"): (set(), None),
    ("final", "hr"): ({"Reopen"}, None),
    ("reopened", "manager"): ({"Sign and hand in"}, "manager"),  # what she wrote is still there
    ("reopened", "physician"): ({"Go on without a self-assessment"}, None),
    ("reopened", "hr"): ({"Go on without a self-assessment"}, None),
}
ACTS = {label for found, _ in STEPS.values() for label in found} | {
    "Sign and hand in", "Sign comments and rating", "Make it final",
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_each_kind_sees_its_own_steps_in_each_state(
    practice: Engine, open_page: Open, state: str
) -> None:
    number = brought_to(practice, state)
    for reader in READERS:
        app = open_page("review", by=reader, review=str(number))
        shown = text_of(app)
        assert "January to March 2025" in shown
        assert "106.6" in shown
        assert "SHA-256" in shown  # the foot: the page was drawn to its end
        acts, part = STEPS[state, reader]
        assert labels(app) & ACTS == acts, reader
        written = {each.key for each in app.text_area if (each.key or "").startswith("comment_")}
        assert len(written) == (3 if part else 0), reader  # two KPIs and the whole
        assert all(f"_{part}_" in key for key in written)
        if state == "open":
            assert OWN not in shown
        elif (state, reader) == ("reopened", "manager"):
            assert field(app, "_manager_").value == OWN
        else:
            assert OWN in shown
    if state == "supervised":
        assert "A steady quarter, and a &lt;b&gt;fair&lt;/b&gt; account of it." in shown
        assert THEIRS not in shown


def test_nobody_is_said_to_have_signed_who_did_not(practice: Engine) -> None:
    """The way to final says that a review was contested, and what was gone without."""
    contested = brought_to(practice, "contested")
    act(practice, HARPER, "maple", contested, "answer_contest", "They were; the rating stands.")
    act(practice, HARPER, "maple", contested, "confirm")
    act(practice, HARPER, "maple", contested, "finalize", "She has read her role since.")
    seen = see_review(practice, HARPER, "maple", contested)
    assert [each.words for each in stops(seen, LIGHT)] == [
        "Open", "Self-assessed", "Supervised", "Contested", "Final",
    ]  # fmt: skip
    act(practice, HARPER, "maple", contested, "reopen", "A month was loaded twice.")
    act(practice, HARPER, "maple", contested, "waive_self", "She is on leave.")
    seen = see_review(practice, HARPER, "maple", contested)
    assert [each.words for each in stops(seen, LIGHT)][:3] == [
        "Open", "Not self-assessed", "Supervised",
    ]  # fmt: skip


def test_what_is_not_handed_in_is_seen_by_its_own_side_alone(
    practice: Engine, open_page: Open
) -> None:
    number = brought_to(practice, "open")
    app = open_page("review", by="manager", review=str(number))
    field(app, "_manager_").set_value("Only mine.")
    app.run()
    for reader in ("physician", "hr"):
        assert "Only mine." not in text_of(open_page("review", by=reader, review=str(number)))
    again = open_page("review", by="manager", review=str(number))  # a reload loses nothing
    assert field(again, "_manager_").value == "Only mine."
    assert "Sign and hand in" in labels(again)


def test_a_text_over_a_newer_one_keeps_both_in_reach(practice: Engine, open_page: Open) -> None:
    number = brought_to(practice, "open")
    app = open_page("review", by="manager", review=str(number))
    write_own(practice, ROBIN, "maple", number, "From another window.", 0, "no_show_rate")
    field(app, "_manager_no_show_rate").set_value("From this window.")
    app.run()
    assert "saved another text" in text_of(app)
    assert "From another window." in text_of(app)
    assert field(app, "_manager_no_show_rate").value == "From this window."

    def stored() -> str:
        texts = see_review(practice, ROBIN, "maple", number).texts
        return next(each.text for each in texts if each.kpi == "no_show_rate")

    assert stored() == "From another window."
    app = press(app, "Put mine in its place")
    assert stored() == "From this window."
    assert "saved another text" not in text_of(app)
    write_own(practice, ROBIN, "maple", number, "Again another.", 2, "no_show_rate")
    app = press(app.run(), "Go on with the saved text")
    assert field(app, "_manager_no_show_rate").value == "Again another."
    assert stored() == "Again another."


def test_what_comes_too_late_to_be_saved_is_not_lost(practice: Engine, open_page: Open) -> None:
    number = brought_to(practice, "open")
    app = open_page("review", by="manager", review=str(number))
    write_own(practice, ROBIN, "maple", number, OWN, 0)
    act(practice, ROBIN, "maple", number, "hand_in")
    field(app, "_manager_no_show_rate").set_value("One thing more.")
    app.run()
    assert "to write the self-assessment it has to be open" in text_of(app)
    assert [each.value for each in app.code] == ["One thing more."]
    assert not press(app, "Put it away").code


def test_a_rating_other_than_indicated_needs_its_reason(practice: Engine, open_page: Open) -> None:
    number = brought_to(practice, "self_assessed")
    app = open_page("review", by="physician", review=str(number))
    assert "Signing gives your comments and the rating" in text_of(app)
    field(app, "_supervisor_").set_value("Good, with one reserve.")
    app.run()
    app.radio(key=f"rating_supervise_{number}_1").set_value("meets").run()
    app = press(app, "Sign comments and rating")
    assert "say why the rating is not the one that the score indicates" in text_of(app)
    app.text_area(key=f"note_supervise_{number}_1").set_value("The gate was close.")
    app = press(app, "Sign comments and rating")
    found = see_review(practice, HARPER, "maple", number).review
    assert (found.state.value, found.rating) == ("supervised", "meets")
    assert found.rating_reason == "The gate was close."


def test_everything_in_the_way_of_final_is_said_at_once(practice: Engine, open_page: Open) -> None:
    number = brought_to(practice, "acknowledged")
    declared = next(
        each["id"] for each in uploads_list(practice, operator(), "maple")
        if each["kind"] == "attestation" and each["months"] == [str(LAST)]
    )  # fmt: skip
    undo(practice, operator(), "maple", declared)
    app = press(open_page("review", by="hr", review=str(number)), "Confirm the rating")
    shown = text_of(app)
    assert "The gate of HIPAA violations is not known" in shown
    assert "HIPAA violations has no result" in shown
    assert "has not acknowledged version 2025.1" in shown
    assert "Make it final" not in labels(app)
    attest(practice, operator(), "maple", "incidents", LAST)
    app.run()
    app.text_area(key=f"note_finalize_{number}_1").set_value("She has read it since.")
    app = press(app, "Make it final")
    assert "The review is final." in text_of(app)
    assert see_review(practice, HARPER, "maple", number).review.state.value == "final"


# -- the list -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        ("physician", "waits for you once the manager has handed in the self-assessment"),
        ("manager", "the page Overview shows where you stand"),
    ],
)
def test_without_a_review_the_page_says_what_comes(
    practice: Engine, open_page: Open, reader: str, words: str
) -> None:
    assert words in text_of(open_page("reviews", by=reader))
    shown = text_of(open_page("review", by=reader))
    assert "Choose one on the page" in shown
    assert 'href="reviews?' in shown


def test_hr_sees_what_is_due_and_opens_it(practice: Engine, open_page: Open) -> None:
    app = open_page("reviews", by="hr")
    shown = text_of(app)
    assert "To be opened" in shown
    assert "Robin &lt;i&gt;Vale&lt;/i&gt;" in shown
    assert "January to March 2025" in shown
    app = press(app, "Open all 1")
    shown = text_of(app)
    assert "1 review opened." in shown
    assert "30 days left" in shown
    assert "To be opened" not in shown
    assert "has not acknowledged version 2025.1" in shown
    assert "review?assignment=1&amp;review=1" in shown
    assert "Your turn" in text_of(open_page("reviews", by="manager"))
    assert "Your turn" not in text_of(open_page("reviews", by="physician"))


def test_one_of_those_due_is_opened_by_itself(practice: Engine, open_page: Open) -> None:
    app = open_page("reviews", by="hr")
    app.selectbox(key="open_which").set_value(0).run()
    assert "Review 1 is open; it is due on 2025-05-15." in text_of(press(app, "Open this review"))


def test_a_final_review_says_what_was_restated_since(practice: Engine, open_page: Open) -> None:
    brought_to(practice, "final")
    assert "As it was frozen" in text_of(open_page("reviews", by="hr"))
    load(practice, "march again.csv", appointments(LAST, LAST, no_shows_on_monday=3))
    # 79.5 by tests/browser/test_month_end_files.py.
    said = "Restated since by 1 event: the score would be 79.5 now."
    assert said in text_of(open_page("reviews", by="hr"))
    assert "106.6" in text_of(open_page("review", by="hr", review="1"))


def test_a_manager_sees_her_own_reviews_alone(practice: Engine, open_page: Open) -> None:
    brought_to(practice, "supervised")
    add_practice(practice, operator(), "oak", "Oak Clinic")
    add_manager(practice, operator(), "sam", "Sam Reed", "oak", FIRST)
    assert "No review of yours yet" in text_of(open_page("reviews", by="sam"))
    shown = text_of(open_page("review", by="sam", review="1"))
    assert "There is no review 1" in shown
    assert "106.6" not in shown
    assert DR_KIM.name not in shown


# -- what a review rests on, and what follows from it --------------------------------------------


def test_hr_leaves_a_kpi_out_and_both_scores_stand_there(practice: Engine, open_page: Open) -> None:
    number = brought_to(practice, "open")
    app = open_page("review", by="hr", review=str(number))
    app.selectbox(key="exclude_kpi").set_value("no_show_rate").run()
    app = press(app, "Leave it out")
    assert "An exclusion needs a reason" in text_of(app)
    app.text_input(key="exclude_reason").set_value("The schedule was moved to another system.")
    app.text_input(key="exclude_evidence").set_value("Ticket 4711")
    app = press(app, "Leave it out")
    shown = text_of(app)
    assert "No-show rate is left out for January to March 2025." in shown
    assert "The schedule was moved to another system." in shown
    # 60 of 100 is left out, more than 40%, so there is no score; with it there would be 106.6.
    assert "without that it would be 106.6" in shown
    assert not any(
        each.label == "Leave it out"
        for each in open_page("review", by="physician", review=str(number)).button
    )
    app = open_page("people", by="hr")
    assert "Ticket 4711" in text_of(app)
    app.text_input(key="withdraw_reason").set_value("The old system could be read after all.")
    app = press(app, "Put it back")
    assert "It scores again" in text_of(app)
    assert "106.6" in text_of(open_page("review", by="hr", review=str(number)))


def test_leave_deliveries_and_assignments_are_hrs(practice: Engine, open_page: Open) -> None:
    app = open_page("people", by="hr")
    app.selectbox(key="leave_first").set_value(LAST).run()
    app.selectbox(key="leave_last").set_value(LAST)
    app = press(app, "Set the leave")
    assert "Leave in March 2025 is set" in text_of(app)
    app = press(app, "Take it back")
    assert "March 2025 scores again." in text_of(app)
    app.selectbox(key="deliver_dataset").set_value("appointments").run()
    app.text_input(key="deliver_who_appointments").set_value("Front desk")
    app = press(app, "Save")
    assert "<td>Front desk</td>" in text_of(app)
    app.text_input(key="assign_id").set_value("kit")
    app.text_input(key="assign_name").set_value("Kit Moss")
    app = press(app, "Assign")
    assert "robin is assigned" not in text_of(app)
    assert "Kit Moss is assigned from April 2025 on." in text_of(app)
    app.checkbox(key="end_sure").check().run()
    press(app, "End it")
    assert len(list_assignments(practice, operator())) == 2


def test_a_plan_is_kept_changed_and_closed(practice: Engine, open_page: Open) -> None:
    assert "No action yet" in text_of(open_page("plan", by="manager"))
    app = open_page("plan", by="physician")
    app.text_area(key="plan_action").set_value("Send reminders two days ahead.")
    app.text_input(key="plan_owner").set_value("Robin")
    app.date_input(key="plan_due").set_value(date(2025, 4, 10))
    app = press(app, "Add the action")
    shown = text_of(app)
    assert "Send reminders two days ahead." in shown
    assert "1 action open, 1 late." in shown
    number = brought_to(practice, "open")
    assert "Send reminders two days ahead." in text_of(
        open_page("review", by="manager", review=str(number))
    )
    # Somebody else saves while it stands on the page.
    app = open_page("plan", by="manager")
    app.text_area(key="plan_text_1").set_value("Send reminders by text.").run()
    change_action(practice, HARPER, "robin", "maple", 1, 1, owner="Front desk")
    app = press(app, "Save the action")
    assert "look at it again before changing it" in text_of(app)
    app = app.run()
    assert "It was not overwritten" in text_of(app)
    assert app.text_area(key="plan_text_1").value == "Send reminders by text."
    app = press(press(app, "Let me save mine over it"), "Save the action")
    (stored,) = plan_of(practice, HARPER, "robin", "maple")
    assert (stored.action, stored.owner, stored.version) == ("Send reminders by text.", "Robin", 3)
    app.segmented_control(key="plan_state_1").set_value("done").run()
    assert "the action is done" in text_of(press(app, "Save the action"))


def test_a_final_scorecard_is_checked_and_taken_away(practice: Engine, open_page: Open) -> None:
    number = brought_to(practice, "final")
    load(practice, "march again.csv", appointments(LAST, LAST, no_shows_on_monday=3))
    app = press(
        open_page("review", by="physician", review=str(number)), "Check this final scorecard"
    )
    shown = text_of(app)
    assert "It is, byte for byte, what was frozen" in shown
    assert "march again.csv was loaded" in shown
    assert "106.6 → 79.5" in shown
    assert "What is shown here is what was frozen." in shown
    files = {each.label for each in app.get("download_button")}
    assert {"PDF", "XLSX", "HTML", "CSV", "JSON"} <= files
    app = open_page("review", by="manager", review=str(number))
    assert not any(each.label.startswith("Check") for each in app.button)
    with writing(practice) as connection:
        found = connection.execute(select(final_reviews.c.document)).scalar_one()
        changed = found.replace('"number":1', '"number":1 ')
        connection.execute(update(final_reviews).values(document=changed))
    shown = text_of(open_page("review", by="hr", review=str(number)))
    assert "no longer what it was" in shown


def test_pay_is_for_those_who_may_see_it(practice: Engine, open_page: Open) -> None:
    number = brought_to(practice, "open")
    assert "Bonus" not in text_of(open_page("review", by="hr", review=str(number)))
    with_bonus = ROLE.replace(b'"2025.1"', b'"2025.2"').replace(
        b"  per: year\n",
        b"  per: year\n  bonus: {target: 10%, schedule: [{score: 100, share: 100%}]}\n",
    )
    publish(practice, operator(), "maple", with_bonus, "role.yaml", "It pays a bonus.", TODAY)
    for reader in READERS:
        assert "Bonus" in text_of(open_page("review", by=reader, review=str(number)))


def test_my_file_is_on_my_reviews(practice: Engine, open_page: Open) -> None:
    app = open_page("reviews", by="manager")
    assert "Download my file" in {each.label for each in app.get("download_button")}
