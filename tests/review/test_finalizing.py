"""What keeps a review from being final, two who finalise at once, a clock set back, and pay."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, select

from kpi.access.actor import Actor, operator
from kpi.errors import InputError, RolecardError
from kpi.ingest.undoing import undo
from kpi.review.basis.exclusions import exclude
from kpi.review.cycle.acting import act
from kpi.review.cycle.blockers import blockers
from kpi.review.cycle.listing import see_review
from kpi.review.cycle.opening import open_review
from kpi.review.frozen.canonical import hash_of
from kpi.review.frozen.verifying import verify_review
from kpi.review.oversight.spot_check import draw, tick
from kpi.review.roles.acknowledging import acknowledge, acknowledgements
from kpi.store.engine import connect, reading, writing
from kpi.store.reviews import final_reviews
from kpi.store.tables import attestations, uploads
from tests.office import Office
from tests.review.reviewed import (
    DANA,
    DR_LEE,
    FIRST,
    HARPER,
    LAST,
    UNACKNOWLEDGED,
    Clock,
    Reviewed,
    set_clock,
)
from tests.scored import ROLE, assigned, ledger, published, scored_office

PENDING = "incident_id,kind,occurred_on,confirmed\nI1,hipaa,2026-02-10,\n"


def rules(review: Reviewed) -> list[tuple[str, str | None]]:
    return [(each.rule, each.kpi) for each in review.seen().blockers]


def ready(review: Reviewed) -> Reviewed:
    """All signed and confirmed."""
    review.acknowledged()
    review.act(HARPER, "confirm")
    return review


def refused(review: Reviewed, despite: str = UNACKNOWLEDGED) -> str:
    with pytest.raises(InputError) as found:
        review.act(HARPER, "finalize", despite)
    assert review.state.value in ("acknowledged", "contested")
    return str(found.value)


def test_a_role_that_she_has_not_acknowledged_takes_a_reason_that_is_printed(
    review: Reviewed,
) -> None:
    ready(review)
    assert rules(review) == [("not_acknowledged", None)]
    assert "Dana has not acknowledged version 2026.1 of the role" in refused(review, despite="")
    review.act(HARPER, "finalize", UNACKNOWLEDGED)
    assert review.seen().document["review"]["final_all_the_same_reason"] == UNACKNOWLEDGED


def test_one_that_she_has_needs_none(review: Reviewed) -> None:
    (shown,) = acknowledgements(review.engine, DANA, "lakeside")
    acknowledge(review.engine, DANA, "lakeside", shown.role, shown.sha256, shown.newest)
    ready(review)
    assert rules(review) == []
    review.act(HARPER, "finalize")
    document = review.seen().document
    assert document["versions"][0]["acknowledged"]["by"] == "Dana"
    assert document["review"]["final_all_the_same_reason"] is None


def test_a_gate_that_waits_for_a_decision(review: Reviewed) -> None:
    review.office.load(PENDING)
    ready(review)
    assert ("gate", "hipaa_violations") in rules(review)
    assert "The gate of HIPAA violations waits for a decision" in refused(review)
    exclude(
        review.engine, HARPER, "dana", "lakeside", "hipaa_violations", FIRST, LAST,
        "Reported by the vendor, not decided yet.", "Mail of 3 April",
    )  # fmt: skip
    assert ("gate", "hipaa_violations") not in rules(review)


def declarations(engine: Engine) -> list[int]:
    with reading(engine) as connection:
        return sorted(connection.execute(select(attestations.c.upload)).scalars())


def test_a_missing_month_is_a_gate_not_known_and_no_data_all_said_at_once(
    review: Reviewed,
) -> None:
    ready(review)
    undo(review.engine, operator(), "lakeside", declarations(review.engine)[0])
    assert rules(review) == [
        ("gate", "hipaa_violations"), ("no_data", "hipaa_violations"), ("not_acknowledged", None),
    ]  # fmt: skip
    said = refused(review, despite="").splitlines()
    assert said[0] == f"Review {review.number} cannot be final yet."
    assert "is not known, because its data is missing" in said[1]
    assert "HIPAA violations has no result: " in said[2]
    assert "has not acknowledged" in said[3]


def test_too_little_coverage(review: Reviewed) -> None:
    ready(review)
    with reading(review.engine) as connection:
        ledgers = list(
            connection.execute(select(uploads.c.id).where(uploads.c.dataset == "ledger")).scalars()
        )
    undo(review.engine, operator(), "lakeside", ledgers[0])
    assert [rule for rule, _ in rules(review)] == [
        "no_data", "no_score", "rating", "not_acknowledged",
    ]  # fmt: skip
    assert "No score: 60% of the weight has a result, and the role asks for 80%" in refused(review)


def test_a_rating_decided_when_the_score_still_indicated_it(review: Reviewed) -> None:
    """January at 350 of 1,000: 1,650 of 3,000 is 55%, 14 points more, so 81.5 is developing."""
    ready(review)
    review.office.load(ledger("2026-01", spent=350))
    assert ("rating", None) in rules(review)
    said = refused(review)
    assert "The supervisor decided below when the score indicated it; now it indicates dev" in said
    review.act(HARPER, "send_back", "February was restated.")
    assert review.seen().review.rating is None
    review.act(DR_LEE, "supervise", rating="developing")
    review.act(DANA, "acknowledge")
    assert "HR has to confirm the rating first" in refused(review)
    review.act(HARPER, "confirm")
    review.act(HARPER, "finalize", UNACKNOWLEDGED)


def test_a_rating_other_than_indicated_needs_a_reason(review: Reviewed) -> None:
    review.handed_in()
    with pytest.raises(InputError, match="write on the period as a whole first"):
        review.act(DR_LEE, "supervise", rating="below")
    review.write(DR_LEE, "A hard quarter.")
    for rating, said in (
        ("meets", "say why the rating is not the one that the score indicates"),
        (None, "decide a rating"),
        ("great", "'great' is no rating of the role; choose from outstanding, exceeds, meets"),
    ):
        with pytest.raises(InputError, match=said):
            review.act(DR_LEE, "supervise", rating=rating)
    review.act(DR_LEE, "supervise", "The phones failed for a month.", "meets")
    review.act(DANA, "acknowledge")
    review.act(HARPER, "confirm")
    review.act(HARPER, "finalize", UNACKNOWLEDGED)
    said = review.seen().document["review"]
    assert (said["indicated_rating"], said["decided_rating"]) == ("below", "meets")
    assert said["rating_reason"] == "The phones failed for a month."
    assert said["confirmed_by"]["by"] == "Harper Ross (hr)"


def test_a_contest_holds_it_up_until_it_is_answered(review: Reviewed) -> None:
    review.contested()
    said = refused(review)
    assert "HR has to answer the contest in writing first" in said
    assert "HR has to confirm the rating first" in said
    with pytest.raises(InputError, match="say why, in writing"):
        review.act(HARPER, "answer_contest", "  ")
    review.act(HARPER, "answer_contest", "The rating stands.")
    review.act(HARPER, "confirm")
    review.act(HARPER, "finalize", UNACKNOWLEDGED)
    texts = review.seen().document["texts"]
    assert texts["contest"] == "The phones were not mine to mend."
    assert texts["contest_answer"] == "The rating stands."
    with pytest.raises(InputError, match="it is too late to contest the review; HR may reopen it"):
        review.act(DANA, "contest", "Still not.")


def test_records_that_differ_from_the_source_system(review: Reviewed) -> None:
    ready(review)

    def checked(outcome: str) -> None:
        found = draw(
            review.engine, DR_LEE, "complaints_resolved_in_7_days", "dana", FIRST, LAST, "lakeside"
        )
        for row in found.rows:
            note = "Settled on the 9th." if row.place == 1 and outcome == "differs" else ""
            said = outcome if row.place == 1 else "agrees"
            tick(review.engine, DR_LEE, "lakeside", found.number, row.place, said, note)

    checked("differs")
    assert ("spot_check", "complaints_resolved_in_7_days") in rules(review)
    assert "1 record differs from the source system" in refused(review, despite="")
    checked("agrees")
    assert [rule for rule, _ in rules(review)] == ["not_acknowledged"]


def test_a_role_that_does_not_pass_the_check(review: Reviewed) -> None:
    document: dict[str, Any] = dict(review.seen().document)
    (version,) = document["versions"]
    assert version["errors"] == []
    document["versions"] = [{**version, "errors": ["The weights add up to 90."], "acknowledged": 1}]
    (found,) = blockers(document)
    assert (found.rule, found.by_reason) == ("role", True)
    assert "does not pass the check of role files: The weights add up to 90." in found.sentence


def test_a_clock_set_back(review: Reviewed, clock: Clock) -> None:
    review.handed_in()
    clock.moment -= timedelta(hours=1)
    review.write(DR_LEE, "A hard quarter.")
    said = "This machine's clock says .*, before the review's last step, 2026-04-20T09:00"
    with pytest.raises(InputError, match=said):
        review.act(DR_LEE, "supervise", rating="below")
    clock.moment += timedelta(hours=2)
    review.act(DR_LEE, "supervise", rating="below")


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """What came of deeds done at the same moment: ``done``, or the sentence."""
    start = Barrier(len(deeds))

    def doing(deed: Callable[[], object]) -> str:
        start.wait()
        try:
            deed()
        except RolecardError as error:
            return str(error)
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(doing, deeds), key=lambda said: said != "done")


def test_of_two_at_once_one_wins_and_the_other_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two open the same period, two make it final, two reopen it."""
    set_clock(monkeypatch)
    office = scored_office(engine)
    other = Actor("hr", "Hale Ford", practices=frozenset({"lakeside"}))
    second = connect(engine.url.render_as_string(hide_password=False))
    both = ((engine, HARPER), (second, other))

    def opened(one: Engine, who: Actor) -> Callable[[], object]:
        return lambda: open_review(one, who, "lakeside", "dana", FIRST, LAST)

    won, lost = at_once(*(opened(*each) for each in both))
    assert won == "done"
    assert "Dana has review" in lost
    assert "periods may not overlap" in lost
    review = Reviewed.__new__(Reviewed)
    review.engine, review.office = engine, office
    with reading(engine) as connection:
        from kpi.review.cycle.reviews import reviews_seen

        (only,) = reviews_seen(connection, operator())
    review.number = only.number
    ready(review)

    def acted(one: Engine, who: Actor, what: Any) -> Callable[[], object]:
        return lambda: act(one, who, "lakeside", review.number, what, UNACKNOWLEDGED)

    won, lost = at_once(*(acted(*each, "finalize") for each in both))
    assert won == "done"
    assert "The review is final, so it is too late to make the review final" in lost
    with reading(engine) as connection:
        assert len(connection.execute(select(final_reviews)).all()) == 1
    won, lost = at_once(*(acted(*each, "reopen") for each in both))
    assert won == "done"
    assert "The review is open; to reopen the review it has to be final" in lost
    second.dispose()


# -- pay ----------------------------------------------------------------------------------------

BONUS = """\
compensation:
  flsa: exempt
  bonus:
    target: 10%
    schedule: [{score: 60, share: 50%}, {score: 90, share: 100%}]
"""


def test_pay_is_frozen_beside_it_and_bound_by_its_hash(office: Office) -> None:
    """67.5 earns half of a bonus of 10%: 5% of base pay."""
    engine = office.engine
    text = ROLE.replace("compensation:\n  flsa: exempt\n", BONUS)
    published(office, text.replace('"2026.1"', '"2026.2"'))
    review = Reviewed(engine, office)
    before = review.seen().pay
    assert before is not None
    assert before["of_base_pay"] == pytest.approx(0.05)
    review.final()
    found = review.seen()
    assert found.pay is not None
    assert found.pay["of_base_pay"] == pytest.approx(0.05)
    assert (found.pay["decided_rating"], len(found.pay["random"])) == ("below", 64)
    assert found.document["pay_sha256"] == hash_of(found.pay)
    assert "base_pay" not in str(found.document)
    assert verify_review(engine, HARPER, "lakeside", review.number).ok
    with writing(engine) as connection:
        row = connection.execute(select(final_reviews)).one()
        forged = row.pay.replace('"of_base_pay":0.05', '"of_base_pay":0.10')
        connection.execute(final_reviews.update().values(pay=forged))
    assert forged != row.pay
    (fault,) = verify_review(engine, HARPER, "lakeside", review.number).faults
    assert fault.startswith("The SHA-256 of pay kept beside")
    assert see_pay(review, Actor("administrator", "Ada Stone")) is None


def see_pay(review: Reviewed, actor: Actor) -> Any:
    """The pay that somebody sees; None also for whoever may not see the review."""
    try:
        return review.seen(actor).pay
    except RolecardError:
        return None


def test_months_of_the_review_are_those_of_the_assignment(office: Office) -> None:
    """Begun in February: the quarter's review judges two months."""
    assigned(office, "erin", "2026-02")
    made = open_review(office.engine, HARPER, None, "erin", FIRST, LAST)
    document = see_review(office.engine, HARPER, "lakeside", made.number).document
    assert (document["from"], document["to"]) == ("2026-02", "2026-03")
    assert (document["review"]["from"], document["review"]["to"]) == ("2026-01", "2026-03")
