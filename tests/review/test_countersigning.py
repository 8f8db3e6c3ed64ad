"""Gates while what a manager did waits, worked by hand, and the list of what waits.

The office's quarter comes to 67.5 (``tests.scored``): 0.1·100 of it are the privacy violations, of
which there are none; one violation takes these 10 points and holds the score to at most 60.
"""

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.errors import NotPermitted
from kpi.ingest.countersigning import countersign, decline
from kpi.ingest.declaring import attest, dismiss
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.oversight.countersigning import waiting
from kpi.review.scores.scoring import score_document, score_manager
from kpi.score.as_json import score_json
from tests.office import Office
from tests.scored import ROLE, assigned, complaints, fill, published, scored_office

DANA = Actor("manager", "Dana", "dana", frozenset({"lakeside"}), 1)
LEE = Actor("physician", "Lee", practices=frozenset({"lakeside"}), user=2)
HEAD = "incident_id,kind,occurred_on,confirmed\n"
VIOLATION = HEAD + "I1,hipaa,2026-02-10,true\n"
DISMISSED = HEAD + "I1,hipaa,2026-02-10,false\n"


def gate(office: Office, first: str = "2026-01", last: str = "2026-03") -> tuple[str, float]:
    """How the privacy gate stands, and the score."""
    found = score_manager(office.engine, operator(), "dana", Month.parse(first), Month.parse(last))
    document = score_document(found)
    (only,) = document["gates"]
    return only["state"], document["score"]


def hipaa_notes(office: Office) -> list[str]:
    found = score_manager(office.engine, operator(), "dana", Month(2026, 1), Month(2026, 3))
    assert score_json(found.score)["gates"]
    return [
        note
        for row in found.score.rows
        if row.kpi.id == "hipaa_violations"
        for note in row.result.notes
    ]


def test_a_dismissed_violation_is_pending_until_it_is_countersigned(engine: Engine) -> None:
    office = scored_office(engine)
    assert gate(office) == ("held", pytest.approx(67.5, rel=1e-12))
    office.load(VIOLATION)
    assert gate(office) == ("breached", pytest.approx(57.5, rel=1e-12))
    upload = office.load(DISMISSED, actor=DANA)
    assert gate(office) == ("pending", pytest.approx(67.5, rel=1e-12))
    assert hipaa_notes(office) == [
        "incidents for February 2026: what a manager changed, dismissed or took back still waits "
        "for a second signature."
    ]
    decline(engine, LEE, "lakeside", upload, "The privacy officer has not decided.")
    assert gate(office)[0] == "pending"
    countersign(engine, LEE, "lakeside", upload)
    assert gate(office) == ("held", pytest.approx(67.5, rel=1e-12))
    assert hipaa_notes(office) == []


def test_a_deed_undone_leaves_the_gate_breached(engine: Engine) -> None:
    office = scored_office(engine)
    office.load(VIOLATION)
    upload = office.load(DISMISSED, actor=DANA)
    undo(engine, DANA, "lakeside", upload)
    assert gate(office) == ("breached", pytest.approx(57.5, rel=1e-12))
    assert waiting(engine, LEE, "lakeside") == []


def test_a_violation_left_breaches_the_gate_whatever_waits(engine: Engine) -> None:
    office = scored_office(engine)
    office.load(VIOLATION + "I2,hipaa,2026-03-02,true\n")
    office.load(DISMISSED, actor=DANA)
    assert gate(office) == ("breached", pytest.approx(57.5, rel=1e-12))
    assert gate(office, "2026-01", "2026-02")[0] == "pending"


@pytest.mark.parametrize(
    ("file", "state"),
    [
        (HEAD + "I1,osha,2026-02-10,false\n", "held"),  # nothing to privacy
        (HEAD + "I1,hipaa,2026-04-10,false\n", "held"),  # the quarter after
        (HEAD + "I1,hipaa,2026-02-10,false\n", "pending"),
        (HEAD + "I1,hipaa,2026-02-10,true\n", "breached"),
    ],
)
def test_only_what_bears_on_the_gate_makes_it_wait(engine: Engine, file: str, state: str) -> None:
    office = scored_office(engine)
    office.load(file, actor=DANA)
    assert gate(office)[0] == state


def test_an_undone_upload_is_pending_where_the_month_rests_on_a_declaration(
    engine: Engine,
) -> None:
    office = scored_office(engine)
    upload = office.load(VIOLATION)
    undo(engine, DANA, "lakeside", upload)
    assert gate(office)[0] == "pending"
    countersign(engine, LEE, "lakeside", upload)
    assert gate(office)[0] == "held"


def test_a_refused_row_dismissed(engine: Engine) -> None:
    """In quarantine it leaves the month incomplete, and the gate is not known."""
    office = scored_office(engine)
    upload = office.load(HEAD + "I1,osha,2026-02-10,true\nI2,unheard-of,2026-02-11,\n", "incidents",
                         allow_bad=True)  # fmt: skip
    assert gate(office)[0] == "unknown"
    entry = dismiss(engine, DANA, "lakeside", upload, 3, "Reported twice.")
    assert gate(office)[0] == "pending"
    countersign(engine, LEE, "lakeside", entry)
    assert gate(office)[0] == "held"


def test_a_declaration(engine: Engine) -> None:
    office = Office(engine)
    loaded = fill(office)
    published(office)
    assigned(office)
    undo(engine, operator(), "lakeside", loaded[-1])
    assert gate(office)[0] == "unknown"
    entry = attest(engine, DANA, "lakeside", "incidents", Month(2026, 3))
    assert gate(office)[0] == "pending"
    countersign(engine, LEE, "lakeside", entry)
    assert gate(office)[0] == "held"


# -- the list ----------------------------------------------------------------------------------


def test_the_list_says_what_each_is_about_and_which_gates_wait(engine: Engine) -> None:
    office = scored_office(engine)
    first = office.load(VIOLATION + "I2,osha,2026-01-05,true\n")
    changed = office.load(DISMISSED, actor=DANA)
    undo(engine, DANA, "lakeside", first)
    decline(engine, LEE, "lakeside", changed, "Not decided.")
    one, two = waiting(engine, LEE, "lakeside")
    assert (one.upload, one.what, one.by, one.kinds) == (
        first, "undone", "Dana (manager)", ("hipaa", "osha"),
    )  # fmt: skip
    assert (two.upload, two.what, two.by, two.kinds) == (
        changed, "changed", "Dana (manager)", ("hipaa",),
    )  # fmt: skip
    assert two.months == (Month(2026, 2),)
    assert [kpi.id for kpi in two.gates] == ["hipaa_violations"]
    assert two.declined is not None
    assert (two.declined.by, two.declined.reason) == ("Lee (physician)", "Not decided.")
    assert one.declined is None


def test_a_dismissal_waits_only_where_a_gate_reads_its_dataset(engine: Engine) -> None:
    office = scored_office(engine)
    text = complaints("2026-02") + "K9,soon,2026-02-08,\n"
    upload = office.load(text, allow_bad=True)
    dismiss(engine, DANA, "lakeside", upload, 6, "No day is known.")
    assert waiting(engine, LEE, "lakeside") == []
    assert gate(office)[0] == "held"


def test_of_what_no_role_scores_nothing_waits(engine: Engine) -> None:
    office = Office(engine)
    attest(engine, DANA, "lakeside", "training", Month(2026, 1))
    assert [each.what for each in waiting(engine, LEE, "lakeside")] == ["attested"]
    published(office)
    assigned(office)
    assert waiting(engine, LEE, "lakeside") == []


def test_a_role_without_the_gate_waits_for_the_deed_and_no_gate(engine: Engine) -> None:
    office = Office(engine)
    published(office, ROLE.replace("      gate: 60\n", ""))
    assigned(office)
    office.load(DISMISSED, actor=DANA)
    (only,) = waiting(engine, LEE, "lakeside")
    assert only.gates == ()


def test_the_list_is_the_practices(engine: Engine) -> None:
    Office(engine)
    with pytest.raises(NotPermitted):
        waiting(engine, Actor("administrator", "Ari"), "lakeside")
    with pytest.raises(NotPermitted):
        waiting(engine, Actor("physician", "Lou", practices=frozenset({"h"})), "lakeside")
