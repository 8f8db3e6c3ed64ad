"""Holds: while one stands nothing that it touches is undone, and only HR sees why."""

import io

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.audit import entries, seals
from kpi.access.holds import hold_manager, hold_practice, list_holds, release_hold
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.ingest.declaring import attest
from kpi.ingest.ingestion import ingest
from kpi.ingest.log import uploads_list
from kpi.ingest.undoing import undo
from kpi.months import Month
from tests.office import Office

JANUARY = Month(2026, 1)
VISITS = "appointment_id,start_at,status\nA1,2026-01-05 09:00,completed\n"
HARPER = Actor("hr", "Harper Ross", practices=frozenset({"lakeside"}))


@pytest.fixture
def office(engine: Engine) -> Office:
    """Lakeside, which dana runs and erin ran until last year; Harbor, which dana runs too."""
    office = Office(engine)
    add_practice(engine, operator(), "harbor", "Harbor")
    add_manager(engine, operator(), "dana", "Dana", "lakeside", JANUARY)
    add_manager(engine, operator(), "dana", "Dana", "harbor", JANUARY)
    add_manager(
        engine, operator(), "erin", "Erin", "lakeside", Month(2025, 1), Month(2025, 12)
    )  # fmt: skip
    return office


def refused(office: Office, upload: int, practice: str = "lakeside") -> str:
    with pytest.raises(InputError) as found:
        undo(office.engine, operator(), practice, upload)
    return str(found.value)


def test_a_practice_under_a_hold_loads_and_undoes_nothing(office: Office) -> None:
    first = office.load(VISITS)
    declared = attest(office.engine, operator(), "lakeside", "incidents", JANUARY)
    held = hold_practice(office.engine, HARPER, "lakeside", " A claim of May ")
    assert (held.of, held.id, held.reason, held.by) == (
        "practice", "lakeside", "A claim of May", "Harper Ross (hr)",
    )  # fmt: skip
    for upload in (first, declared):
        said = refused(office, upload)
        assert said.startswith("lakeside is under a hold: nothing of it is deleted or undone")
        assert "claim" not in said
    assert office.value("2026-01", "visits") == 1
    office.load(VISITS.replace("completed", "no_show"))
    assert office.values("2026-01", ["visits", "no_shows"]) == {"visits": 0, "no_shows": 1}
    assert [each["status"] for each in uploads_list(office.engine, operator(), "lakeside")] == [
        "loaded", "loaded", "loaded",
    ]  # fmt: skip


def test_another_practice_goes_on(office: Office) -> None:
    hold_practice(office.engine, operator(), "lakeside", "A claim")
    (receipt,) = ingest(
        office.engine, operator(), "harbor", io.BytesIO(VISITS.encode()), "file.csv"
    )
    assert receipt.id is not None
    assert "is undone" in undo(office.engine, operator(), "harbor", receipt.id)


@pytest.mark.parametrize("manager", ["dana", "erin"])
def test_a_managers_hold_touches_each_practice_that_was_ever_hers(
    office: Office, manager: str
) -> None:
    (receipt,) = ingest(
        office.engine, operator(), "harbor", io.BytesIO(VISITS.encode()), "file.csv"
    )
    assert receipt.id is not None
    hold_manager(office.engine, operator(), manager, "A complaint about her")
    assert manager not in refused(office, office.load(VISITS))
    if manager == "dana":
        assert "harbor is under a hold" in refused(office, receipt.id, "harbor")
    else:
        assert "is undone" in undo(office.engine, operator(), "harbor", receipt.id)


def test_each_is_released_by_itself_and_stays_on_record(office: Office) -> None:
    upload = office.load(VISITS)
    first = hold_practice(office.engine, HARPER, "lakeside", "A claim")
    second = hold_manager(office.engine, operator(), "erin", "Another")
    release_hold(office.engine, HARPER, first.number, "Settled")
    assert "under a hold" in refused(office, upload)
    released = release_hold(office.engine, operator(), second.number, "Withdrawn")
    assert (released.released_by, released.released_reason) == (operator().label, "Withdrawn")
    assert "is undone" in undo(office.engine, operator(), "lakeside", upload)
    with pytest.raises(InputError, match=r"Hold 1 was released by Harper Ross \(hr\) already"):
        release_hold(office.engine, operator(), first.number, "Again")
    with pytest.raises(NotFound, match="no hold 9; see them with: kpi hold list"):
        release_hold(office.engine, operator(), 9, "Settled")
    assert [(each.id, each.released_reason) for each in list_holds(office.engine, operator())] == [
        ("lakeside", "Settled"), ("erin", "Withdrawn"),
    ]  # fmt: skip


def test_the_trail_says_who_and_not_why(office: Office) -> None:
    hold_practice(office.engine, HARPER, "lakeside", "Secret one")
    number = hold_manager(office.engine, operator(), "dana", "Secret two").number
    release_hold(office.engine, operator(), number, "Secret three")
    found = entries(office.engine, operator(), deed="hold")
    assert [(each.subject, each.practice) for each in reversed(found)] == [
        ("hold 1 on practice lakeside", "lakeside"),
        ("hold 2 on manager dana", None),
        ("released hold 2 on manager dana", None),
    ]
    assert "Secret" not in repr(found)
    assert seals(office.engine, operator()).broken_at is None


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_each_has_a_reason(office: Office, reason: str) -> None:
    number = hold_practice(office.engine, operator(), "lakeside", "A claim").number
    for act in (
        lambda: hold_practice(office.engine, operator(), "lakeside", reason),
        lambda: hold_manager(office.engine, operator(), "dana", reason),
        lambda: release_hold(office.engine, operator(), number, reason),
    ):
        with pytest.raises(InputError, match="Say why"):
            act()
    assert len(list_holds(office.engine, operator())) == 1


def test_hr_of_one_practice_reaches_what_is_in_it(office: Office) -> None:
    """Dana runs Harbor too, which is not Harper's; erin only ran Lakeside."""
    hold_manager(office.engine, HARPER, "erin", "A claim")
    for act in (
        lambda: hold_manager(office.engine, HARPER, "dana", "A claim"),
        lambda: hold_practice(office.engine, HARPER, "harbor", "A claim"),
    ):
        with pytest.raises(NotPermitted, match="HR has to"):
            act()
    at_harbor = hold_practice(office.engine, operator(), "harbor", "Another").number
    of_dana = hold_manager(office.engine, operator(), "dana", "A third").number
    assert [each.id for each in list_holds(office.engine, HARPER)] == ["erin", "dana"]
    for number in (at_harbor, of_dana):
        with pytest.raises(NotPermitted):
            release_hold(office.engine, HARPER, number, "Settled")
