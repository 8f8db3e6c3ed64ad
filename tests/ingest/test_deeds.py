"""What a manager does to incidents waits for a countersignature; the data stands as loaded."""

import pytest
from sqlalchemy import Engine, select

from kpi.access.actor import Actor, operator
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.ingest.countersigning import countersign, decline
from kpi.ingest.declaring import attest, dismiss
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.store.engine import reading
from kpi.store.oversight import declines
from tests.office import Office

DANA = Actor("manager", "Dana", "dana", frozenset({"lakeside"}), 1)
LEE = Actor("physician", "Lee", practices=frozenset({"lakeside"}), user=2)
HR = Actor("hr", "Hana", user=3)
HEAD = "incident_id,kind,discovered_on,confirmed,location\n"


def row(id: str = "I1", kind: str = "hipaa", day: str = "2026-01-14", said: str = "true") -> str:
    return f"{id},{kind},{day},{said},\n"


def about(office: Office, month: str, dataset: str = "incidents") -> set[str]:
    """What still waits of a month."""
    return set(office.state(dataset, month).unconfirmed)


def both(office: Office, before: str, after: str, actor: Actor = DANA) -> int:
    """The operator loads one file and somebody another one; gives the second upload."""
    office.load(HEAD + before)
    return office.load(HEAD + after, actor=actor)


# -- uploads -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "waits"),
    [
        (row(said="false"), {"hipaa"}),  # a violation is dismissed
        (row(said=""), {"hipaa"}),  # it is not decided any more
        (row(kind="osha"), {"hipaa"}),  # it is another rule's now
        (row(day="2026-02-02"), {"hipaa"}),  # it is another month's now
        (row(), set()),  # it is said again
        (row("I2", said="true"), set()),  # one more
        (row("I2", said=""), set()),
        (row("I2", said="false"), {"hipaa"}),  # reported and dismissed at once
        (row("I2", "ethics", said="false"), {"ethics"}),
    ],
)
def test_what_an_upload_does_to_a_violation(engine: Engine, after: str, waits: set[str]) -> None:
    office = Office(engine)
    both(office, row(), after)
    assert about(office, "2026-01") == waits


def test_a_replacement_that_takes_an_incident_away_waits(engine: Engine) -> None:
    """I1 is a violation and I2 not decided; the replacing file has only I2."""
    office = Office(engine)
    office.load(HEAD + row() + row("I2", "osha", said=""))
    office.load(HEAD + row("I2", "osha", said=""), covers="2026-01", replace=True, actor=DANA)
    assert office.of("incidents", "2026-01") == {"osha_pending": 1}
    assert about(office, "2026-01") == {"hipaa"}


def test_a_dismissal_waits_in_the_month_in_which_notice_was_due_too(engine: Engine) -> None:
    """Found on 14 January, the 60 days run out on 15 March."""
    office = Office(engine)
    both(office, row(), row(said="false"))
    assert about(office, "2026-01") == {"hipaa"}
    assert about(office, "2026-02") == set()
    assert about(office, "2026-03") == {"late_reports"}


def test_what_an_operator_loads_counts_at_once(engine: Engine) -> None:
    office = Office(engine)
    both(office, row(), row(said="false"), operator())
    assert about(office, "2026-01") == set()
    with pytest.raises(InputError, match="Nothing in upload"):
        countersign(engine, LEE, "lakeside", 2)


def test_the_first_file_of_all_is_judged_too(engine: Engine) -> None:
    office = Office(engine)
    upload = office.load(HEAD + row() + row("I2", said="false"), actor=DANA)
    assert about(office, "2026-01") == {"hipaa"}
    assert countersign(engine, HR, "lakeside", upload) == 2  # January, and March with the notice
    assert about(office, "2026-01") == set()


# -- undoing -----------------------------------------------------------------------------------


def test_undoing_what_held_a_violation_waits(engine: Engine) -> None:
    office = Office(engine)
    upload = office.load(HEAD + row())
    undo(engine, DANA, "lakeside", upload)
    assert office.of("incidents", "2026-01") == {}
    assert about(office, "2026-01") == {"hipaa"}
    assert countersign(engine, LEE, "lakeside", upload) == 2
    assert about(office, "2026-01") == set()


def test_undoing_what_held_none_waits_for_nobody(engine: Engine) -> None:
    office = Office(engine)
    undo(engine, DANA, "lakeside", office.load(HEAD + row(said="false")))
    assert about(office, "2026-01") == set()


def test_undoing_leaves_what_another_upload_says_too(engine: Engine) -> None:
    office = Office(engine)
    first = office.load(HEAD + row())
    office.load(HEAD + row() + row("I2", "osha"))
    undo(engine, DANA, "lakeside", first)
    assert about(office, "2026-01") == set()


def test_a_deed_undone_waits_no_more(engine: Engine) -> None:
    """Dismissed, moved to February, and both taken back: as it stood, and nothing waits."""
    office = Office(engine)
    second = both(office, row() + row("I2"), row(said="false") + row("I2", day="2026-02-03"))
    assert about(office, "2026-01") == {"hipaa"}
    decline(engine, LEE, "lakeside", second, "I2 happened in January.")
    undo(engine, DANA, "lakeside", second)
    assert office.value("2026-01", "hipaa_violations") == 2
    assert about(office, "2026-01") == set()
    with reading(engine) as connection:
        assert not connection.execute(select(declines)).all()


def test_two_undoings_do_not_make_a_violation_vanish(engine: Engine) -> None:
    """The first moves no figure, since the incident stands dismissed; it waits all the same."""
    office = Office(engine)
    first = office.load(HEAD + row())
    second = office.load(HEAD + row(said="false"), actor=DANA)
    undo(engine, DANA, "lakeside", first)
    undo(engine, DANA, "lakeside", second)
    assert office.of("incidents", "2026-01") == {}
    assert about(office, "2026-01") == {"hipaa"}


def test_undoing_what_had_rows_in_quarantine_waits(engine: Engine) -> None:
    office = Office(engine)
    upload = office.load(
        HEAD + row(said="false") + row("I2", "unheard-of", said="false"), allow_bad=True
    )
    assert office.state("incidents", "2026-01").quarantined == 1
    undo(engine, DANA, "lakeside", upload)
    assert about(office, "2026-01") == {""}


# -- dismissing a row in quarantine -------------------------------------------------------------


def test_a_dismissed_row_waits_whatever_the_dataset(engine: Engine) -> None:
    office = Office(engine)
    upload = office.load(HEAD + row() + row("I2", "unheard-of"), allow_bad=True)
    entry = dismiss(engine, DANA, "lakeside", upload, 3, "a test row")
    assert office.state("incidents", "2026-01").state == "complete"
    assert about(office, "2026-01") == {""}
    undo(engine, DANA, "lakeside", entry)
    assert about(office, "2026-01") == set()
    entry = dismiss(engine, DANA, "lakeside", upload, 3, "a test row")
    assert countersign(engine, HR, "lakeside", entry) == 1
    assert about(office, "2026-01") == set()


# -- who countersigns --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (LEE, True),
        (HR, True),
        (operator(), False),
        (DANA, False),
        (Actor("administrator", "Ari"), False),
        (Actor("visitor", "Vi"), False),
        (Actor("physician", "Lou", practices=frozenset({"hillcrest"})), False),
        (Actor("hr", "Dana, promoted", user=1), False),  # whoever did it, under another kind
    ],
)
def test_who_countersigns_and_declines(engine: Engine, actor: Actor, may: bool) -> None:
    office = Office(engine)
    upload = both(office, row(), row(said="false"))
    if may:
        decline(engine, actor, "lakeside", upload, "Ask the privacy officer first.")
        assert about(office, "2026-01") == {"hipaa"}
        countersign(engine, actor, "lakeside", upload)
        assert about(office, "2026-01") == set()
        return
    for tried in (
        lambda: countersign(engine, actor, "lakeside", upload),
        lambda: decline(engine, actor, "lakeside", upload, "No."),
    ):
        with pytest.raises(NotPermitted, match=r"countersign"):
            tried()
    assert about(office, "2026-01") == {"hipaa"}


def test_nobody_countersigns_her_own_declaration_under_another_kind(engine: Engine) -> None:
    Office(engine)
    entry = attest(engine, DANA, "lakeside", "incidents", Month(2026, 1))
    with pytest.raises(NotPermitted, match="somebody else, a physician or HR"):
        countersign(engine, Actor("hr", "Dana, promoted", user=1), "lakeside", entry)
    assert countersign(engine, HR, "lakeside", entry) == 1


def test_what_is_refused_says_why(engine: Engine) -> None:
    office = Office(engine)
    upload = both(office, row(), row(said="false"))
    with pytest.raises(InputError, match="Say why you do not countersign"):
        decline(engine, LEE, "lakeside", upload, " ")
    with pytest.raises(NotFound, match="no upload 99"):
        countersign(engine, LEE, "lakeside", 99)
    countersign(engine, LEE, "lakeside", upload)
    for again in (
        lambda: countersign(engine, LEE, "lakeside", upload),
        lambda: decline(engine, LEE, "lakeside", upload, "No."),
    ):
        with pytest.raises(InputError, match=f"Nothing in upload {upload} waits"):
            again()
