"""Letting old records go: what goes, what is held, and what is said of it afterwards."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from kpi.access.actor import operator
from kpi.access.audit import entries, seals
from kpi.access.holds import hold_practice
from kpi.access.managers import add_manager
from kpi.catalogue import kpis
from kpi.errors import InputError
from kpi.ingest.declaring import attest
from kpi.ingest.rebuilding import rebuild_practice
from kpi.measures.breakdown import CannotSplit, breakdown
from kpi.months import Month, span
from kpi.review.explained.explanation import explain, explain_rows
from kpi.review.frozen.verifying import verify_review
from kpi.review.oversight.retention import LOOK_BACK, apply_retention, keep_records, retention_of
from kpi.review.oversight.spot_check import draw
from kpi.review.roles.publication import publish
from kpi.review.scores.board import board
from kpi.review.scores.scoring import score_manager
from kpi.score.lacking import dataset_needs
from kpi.store.engine import database_file, reading, writing
from kpi.store.retention import forgotten_keys
from kpi.store.tables import claims, records
from tests.databases import made
from tests.office import Office
from tests.review.reviewed import DANA, DR_LEE, HARPER, Clock, Reviewed
from tests.scored import ROLE

JULY = Month(2023, 7)
HEAD = "appointment_id,start_at,status,provider,location\n"
VISITS = HEAD + (
    "A1,2023-05-10 09:00,completed,Dr. Vanish,East\n"
    "A2,2023-05-10 10:00,completed,Dr. Vanish,West\n"
    "A3,2023-06-29 09:00,completed,Dr. Stay,East\n"
    "A4,2023-07-05 09:00,completed,Dr. Stay,East\n"
)
CLAIMS = (
    "claim_id,submitted_date,outcome,outcome_date\n"
    "C1,2023-05-02,paid,2023-05-30\nC2,2023-05-02,denied,2023-08-01\n"
)


@pytest.fixture
def aged(engine: Engine) -> Office:
    """Visits and claims of 2023; those of before July that nothing later needs are gone: A1 and A2,
    C1. A3 may overlap a visit of July, C2 was answered in August."""
    office = Office(engine)
    add_manager(engine, operator(), "dana", "Dana", "lakeside", Month(2023, 1))
    office.load(VISITS, covers="2023-05..2023-07")
    office.load(CLAIMS)
    office.load(HEAD + "A4,2023-07-05 09:00,completed,Dr. Stay,East\n")
    keep_records(engine, operator(), "lakeside", 24)
    assert apply_retention(engine, operator(), "lakeside", JULY) == {
        **dict.fromkeys(("audits", "charges", "complaints", "incidents", "payments", "surveys",
                         "training"), 0),
        "appointments": 2, "claims": 1,
    }  # fmt: skip
    return office


def said(act: object) -> str:
    with pytest.raises(InputError) as refusal:
        act()  # type: ignore[operator]
    return str(refusal.value)


def test_figures_stay_and_records_that_only_they_rest_on_go(aged: Office) -> None:
    assert aged.values("2023-05", ["visits", "claims_submitted", "clinic_days"]) == {
        "visits": 2, "claims_submitted": 2, "clinic_days": 1,
    }  # fmt: skip
    assert aged.value("2023-08", "claims_denied") == 1
    with reading(aged.engine) as connection:
        for name, left in (("appointments", 2), ("claims", 1)):
            assert len(connection.execute(select(records[name].c.key)).all()) == left
        assert len(connection.execute(select(forgotten_keys)).all()) == 3
        assert len(connection.execute(select(claims)).all()) == 1
    assert rebuild_practice(aged.engine, operator(), "lakeside", False).differences == []
    if file := database_file(aged.engine):
        left = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
        assert b"Dr. Stay" in left
        assert b"Dr. Vanish" not in left

    _what_comes_later_leaves_sealed_months_alone(aged)
    _what_sealed_months_rest_on_is_not_undone(aged)
    _that_records_are_gone_is_said_wherever_they_are_asked_for(aged)


def _what_comes_later_leaves_sealed_months_alone(aged: Office) -> None:
    """A1 comes again, rescheduled into July, and would count twice; A9 is new and old; A3 is still
    there, and what it says is taken: it overlaps nothing then."""
    receipt = aged.offered(
        HEAD + "A1,2023-07-06 09:00,completed,Dr. Vanish,East\n"
        "A9,2023-05-11 09:00,completed,Dr. Vanish,East\n"
        "A3,2023-06-29 09:00,no_show,Dr. Stay,East\nA5,2023-07-07 09:00,completed,,East\n"
    )
    assert (receipt.read, receipt.added, receipt.changed) == (4, 1, 1)
    assert receipt.reasons == {
        "of a month whose records are no longer kept": 1, "of_a_deleted_record": 1,
    }  # fmt: skip
    assert [(each.line, each.month) for each in receipt.quarantine] == [(2, 202307)]
    assert aged.state("appointments", "2023-07").quarantined == 1
    assert any("Months before 2023-07 are sealed" in note for note in receipt.notes)
    assert aged.values("2023-07", ["visits"]) == {"visits": 2}
    assert aged.values("2023-06", ["visits", "no_shows"]) == {"visits": 1, "no_shows": 0}
    assert receipt.id is not None
    aged.undo(receipt.id)  # it came after the sealing
    assert aged.values("2023-07", ["visits"]) == {"visits": 1}
    for covers, replace in (("2023-06..2023-07", False), ("2023-05", True)):
        refusal = aged.offered(VISITS, covers=covers, replace=replace)
        assert refusal.status == "refused"
        assert "months before 2023-07 are sealed" in refusal.message


def _what_sealed_months_rest_on_is_not_undone(aged: Office) -> None:
    for upload in (1, 2):
        assert "cannot be undone" in said(lambda upload=upload: aged.undo(upload))
    aged.undo(3)  # of July alone
    refusal = said(
        lambda: attest(aged.engine, operator(), "lakeside", "complaints", Month(2023, 6))
    )
    assert "2023-06 is sealed" in refusal


def _that_records_are_gone_is_said_wherever_they_are_asked_for(aged: Office) -> None:
    engine, may = aged.engine, Month(2023, 5)
    found = explain(engine, operator(), "no_show_rate", "dana", may, JULY)
    assert found["records_not_kept"] == ["2023-05", "2023-06"]
    assert (found["records"], found["value"]) == (1, 0)
    rows = list(explain_rows(engine, operator(), "no_show_rate", "dana", may, JULY))
    assert {row["month"] for row in rows} == {"2023-07"}
    gone = "records of months before 2023-07 are no longer kept"
    assert gone in said(
        lambda: list(explain_rows(engine, operator(), "no_show_rate", "dana", may, may))
    )
    assert gone in said(lambda: draw(engine, DR_LEE, "no_show_rate", "dana", may, JULY))
    with reading(engine) as connection, pytest.raises(CannotSplit, match=gone):
        breakdown(connection, aged.practice.number, {"visits": {202305}}, "provider")
    sealed = {
        (each["dataset"], each["month"])
        for each in board(engine, operator(), "lakeside")
        if each["sealed"]
    }
    assert ("appointments", "2023-06") in sealed
    assert sealed.isdisjoint({("appointments", "2023-07"), ("ledger", "2023-06")})


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """What no database treats in its own way."""
    found = made(f"sqlite:///{tmp_path / 'rolecard.db'}")
    yield found
    found.dispose()


def test_what_was_not_counted_in_time_is_unknown_and_not_zero(sqlite: Engine) -> None:
    """Two flu shots of May are gone when a role first counts them; days at both locations together
    were counted from the records."""
    office, engine = Office(sqlite), sqlite
    add_manager(engine, operator(), "dana", "Dana", "lakeside", Month(2023, 1))
    add_manager(
        engine, operator(), "erin", "Erin", "lakeside", Month(2023, 1), locations=("East", "West")
    )
    head = "appointment_id,start_at,status,appointment_type,location\n"
    office.load(head + "A1,2023-05-10 09:00,completed,Flu shot,East\n"
                "A2,2023-05-10 10:00,completed,Flu shot,West\n"
                "A3,2023-08-10 09:00,completed,Flu shot,West\n",
                covers="2023-05..2023-08")  # fmt: skip
    keep_records(engine, operator(), "lakeside", 24)
    apply_retention(engine, operator(), "lakeside", JULY)
    own = ROLE.replace(
        "  kpis:\n    - kpi: overhead",
        "  custom_kpis:\n    - id: shots\n      name: Shots\n      unit: count\n"
        "      better: higher\n"
        "      formula: \"count(appointments, appointment_type == 'flu shot')\"\n"
        "  kpis:\n    - kpi: shots\n      weight: 20\n      floor: 0\n      target: 2\n"
        "    - kpi: overhead",
    ).replace("weight: 30", "weight: 10")
    publish(engine, operator(), "lakeside", own.encode(), "role.yaml", None, date(2026, 1, 15))
    later, sealed = (
        explain(engine, operator(), "shots", "dana", month, month)
        for month in (Month(2023, 8), Month(2023, 5))
    )
    assert (later["status"], later["value"]) == ("scored", 1)
    assert (sealed["status"], sealed["value"]) == ("no_data", None)
    assert "no longer kept, and nobody counted it while they were" in sealed["reason"]
    of_days = next(each.id for each in kpis().values() if "clinic_days" in each.formula.measures)
    for manager, reason in (("dana", None), ("erin", "not kept for these locations together")):
        found = explain(engine, operator(), of_days, manager, Month(2023, 5), Month(2023, 5))
        assert (reason or "") in (found["reason"] or "")
        assert (found["value"] is None) is (reason is not None)


def test_a_mark_goes_no_further_than_it_may(sqlite: Engine) -> None:
    office, engine = Office(sqlite), sqlite
    add_manager(engine, operator(), "dana", "Dana", "lakeside", Month(2023, 1))
    office.load(VISITS)

    def apply(before: Month = JULY) -> str:
        return said(lambda: apply_retention(engine, HARPER, "lakeside", before))

    assert "kept for good" in apply()
    assert "24 months at least" in said(lambda: keep_records(engine, HARPER, "lakeside", 23))
    keep_records(engine, HARPER, "lakeside", 24)
    assert "they are kept for 24 months" in apply(Month(2099, 1))
    attest(engine, DANA, "lakeside", "complaints", Month(2023, 6))
    assert "a declaration about 2023-06 waits for a countersignature" in apply()
    found = retention_of(engine, HARPER, "lakeside")
    assert (found.limit, found.records["appointments"]) == (Month(2023, 6), 0)
    with writing(engine) as connection:
        connection.execute(text("UPDATE monthly_measures SET value = 9 WHERE measure = 'visits'"))
    assert "figures of appointments are not what the records give" in apply(Month(2023, 6))
    hold_practice(engine, operator(), "lakeside", "A claim")
    assert "under a hold" in apply(Month(2023, 6))
    assert retention_of(engine, HARPER, "lakeside").limit is None
    with reading(engine) as connection:
        assert len(connection.execute(select(records["appointments"].c.key)).all()) == 4


def test_reviews_hold_what_they_and_their_comparisons_rest_on(
    review: Reviewed, clock: Clock
) -> None:
    """The first quarter of 2026: the year before opens with a balance of December 2024."""
    keep_records(review.engine, HARPER, "lakeside", 24)
    clock.moment = datetime(2029, 1, 10, tzinfo=UTC)

    def nearest() -> tuple[Month, str]:
        found = retention_of(review.engine, HARPER, "lakeside").held[0]
        return found.before, found.why

    assert nearest() == (
        Month(2024, 12), "review 1 of dana, 2026-01 to 2026-03, is not final (open)",
    )  # fmt: skip
    review.final()
    assert nearest()[1].endswith("became final on 2029-01-10")
    clock.moment = datetime(2031, 1, 31, tzinfo=UTC)
    assert nearest()[0] == Month(2024, 12)
    clock.moment = datetime(2031, 2, 1, tzinfo=UTC)
    assert nearest() == (Month(2029, 2), "they are kept for 24 months")
    before = score_manager(review.engine, operator(), "dana", Month(2026, 1), Month(2026, 3))
    counts = apply_retention(review.engine, HARPER, "lakeside", Month(2027, 1))
    assert min(counts["surveys"], counts["complaints"]) > 0
    assert verify_review(review.engine, operator(), "lakeside", review.number).ok
    review.act(HARPER, "reopen", "A late finding")
    after = score_manager(review.engine, operator(), "dana", Month(2026, 1), Month(2026, 3))
    assert (after.score.score, after.score.rows) == (before.score.score, before.score.rows)
    assert review.final().state == "final"
    found = entries(review.engine, operator(), deed="retention")
    assert [each.subject for each in found] == [
        "records of months before 2027-01 deleted", "records are kept for 24 months",
    ]  # fmt: skip
    assert seals(review.engine, operator()).broken_at is None


def test_no_kpi_looks_back_further_than_reviews_hold() -> None:
    first = Month(2026, 1)
    needed = [need.month for each in kpis().values()
              for need in dataset_needs(each, span(first, first + 11))]  # fmt: skip
    assert min(needed) >= first - LOOK_BACK
