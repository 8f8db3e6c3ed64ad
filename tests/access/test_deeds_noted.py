"""Every deed leaves one entry in the trail, in its own transaction, and no value of a patient."""

import io
import json
from datetime import date
from importlib.resources import files

import pytest
from sqlalchemy import Engine, update

from kpi.access.actor import Actor, operator
from kpi.access.audit import Entry, entries, seals
from kpi.access.exports import note_export, note_scorecard
from kpi.access.managers import add_manager, end_assignment
from kpi.errors import InputError, NotPermitted
from kpi.ingest.accounts import set_account
from kpi.ingest.declaring import attest
from kpi.ingest.ingestion import ingest
from kpi.ingest.own_profiles import remove_profile, save_profile
from kpi.ingest.rebuilding import rebuild_practice
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.roles.publication import publish
from kpi.store.engine import writing
from kpi.store.tables import monthly_measures
from tests.office import Office
from tests.scored import ROLE, complaints, ledger

JANUARY = Month(2026, 1)
SHIPPED = files("kpi.ingest") / "profiles" / "hhs_breach_portal.yaml"


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine)


def newest(office: Office) -> Entry:
    return entries(office.engine, operator(), last=1)[0]


def said(office: Office) -> tuple[str, str, str, str | None]:
    found = newest(office)
    return found.action, found.outcome, found.subject, found.practice


def count(office: Office) -> int:
    return len(entries(office.engine, operator()))


def test_a_practice_and_its_managers(office: Office) -> None:
    assert said(office) == ("people", "done", "added practice lakeside", "lakeside")
    add_manager(office.engine, operator(), "dana", "Dana", "lakeside", JANUARY)
    assert said(office) == ("people", "done", "assigned dana from 2026-01", "lakeside")
    end_assignment(office.engine, operator(), "dana", Month(2026, 3))
    assert said(office)[2] == "ended the assignment of dana with 2026-03"


def test_a_file_that_is_loaded_comes_again_and_is_undone(office: Office) -> None:
    before = count(office)
    upload = office.load(ledger("2026-01"))
    assert said(office) == ("upload", "done", "file.csv", "lakeside")
    assert newest(office).details == {"uploads": {str(upload): ["ledger", "loaded"]}}
    again = office.load(ledger("2026-01"))
    assert newest(office).details == {"uploads": {str(again): ["ledger", "duplicate"]}}
    office.undo(upload)
    assert said(office) == ("undo", "done", f"upload {upload}, file.csv", "lakeside")
    assert count(office) == before + 3


def test_a_file_that_is_refused(office: Office) -> None:
    receipt = office.offered("what,is,this\n1,2,3\n")
    assert receipt.status == "refused"
    assert said(office) == ("upload", "refused", "file.csv", "lakeside")
    assert newest(office).details == {"uploads": {str(receipt.id): [None, "refused"]}}


def test_a_dry_run_and_a_deed_that_fails_leave_nothing(office: Office) -> None:
    before = count(office)
    ingest(
        office.engine, operator(), "lakeside", io.BytesIO(ledger("2026-01").encode()), "a.csv",
        dry_run=True,
    )  # fmt: skip
    with pytest.raises(InputError):
        undo(office.engine, operator(), "lakeside", 99)
    with pytest.raises(InputError):
        attest(office.engine, operator(), "lakeside", "ledger", JANUARY)
    assert count(office) == before


def test_no_value_of_a_patient_comes_into_it(office: Office) -> None:
    row = complaints("2026-01").splitlines()
    (receipt,) = ingest(
        office.engine, operator(), "lakeside", io.BytesIO("\n".join(row).encode()),
        "complaints of 555-12-9876.csv",
    )  # fmt: skip
    assert receipt.status == "loaded"
    found = newest(office)
    assert "9876" not in found.subject
    kept = json.dumps([found.subject, dict(found.details)])
    assert not any(cell in kept for line in row[1:] for cell in line.split(",") if len(cell) > 3)


def test_a_declaration(office: Office) -> None:
    upload = attest(office.engine, operator(), "lakeside", "incidents", JANUARY, by="Dana")
    assert said(office) == ("attest", "done", "incidents for 2026-01", "lakeside")
    assert newest(office).details == {"upload": upload}


def test_the_chart_of_accounts_and_layouts(office: Office) -> None:
    office.load(ledger("2026-01").replace(",rent,", ",,"))
    set_account(office.engine, operator(), "lakeside", "Rent", "rent")
    assert said(office) == ("mapping", "done", "account Rent is rent", "lakeside")
    save_profile(office.engine, operator(), "lakeside", "ours", SHIPPED.read_text("utf-8"))
    assert said(office) == ("mapping", "done", "saved layout ours", "lakeside")
    remove_profile(office.engine, operator(), "lakeside", "ours")
    assert said(office) == ("mapping", "done", "removed layout ours", "lakeside")


def test_a_role_that_is_published_once(office: Office) -> None:
    for _ in range(2):
        publish(
            office.engine, operator(), "lakeside", ROLE.encode(), "role.yaml", "a test",
            date(2026, 5, 1),
        )  # fmt: skip
    found = [each for each in entries(office.engine, operator()) if each.action == "publish_role"]
    assert [each.subject for each in found] == ["medical-office-manager 2026.1"]
    assert found[0].details["retroactive"] == "a test"
    assert found[0].details["effective"] == "2026-01"


def test_figures_that_are_mended(office: Office) -> None:
    office.load(ledger("2026-01"))
    rebuild_practice(office.engine, operator(), "lakeside", mend=True)
    assert newest(office).action == "upload"  # nothing differed
    with writing(office.engine) as connection:
        connection.execute(
            update(monthly_measures).where(monthly_measures.c.measure == "expenses").values(value=1)
        )
    rebuild_practice(office.engine, operator(), "lakeside", mend=False)
    assert newest(office).action == "upload"
    rebuild_practice(office.engine, operator(), "lakeside", mend=True)
    assert said(office) == ("mend", "done", "1 of its figures", "lakeside")


def test_what_leaves_as_a_file(office: Office) -> None:
    assignment = add_manager(office.engine, operator(), "dana", "Dana", "lakeside", JANUARY)
    hana = Actor("hr", "Hana Example", practices=frozenset({"lakeside"}), user=3)
    note_scorecard(office.engine, hana, assignment, JANUARY, Month(2026, 3), ["html"])
    assert said(office) == ("export", "done", "scorecard of dana", "lakeside")
    assert newest(office).details == {"months": ["2026-01", "2026-03"], "formats": ["html"]}
    assert newest(office).actor == "Hana Example (hr)"
    with pytest.raises(NotPermitted):
        note_export(office.engine, hana, "hillcrest", "rows of no_show_rate")


def test_the_seals_hold_over_all_of_it(office: Office) -> None:
    office.load(ledger("2026-01"))
    office.offered("what,is,this\n1,2,3\n")
    assert seals(office.engine, operator()).broken_at is None
