"""What Month-end shows is kept by the practice's revision, so each deed that it rests on has to
make that grow: after every one of them what is kept is what is read anew."""

from sqlalchemy import Engine

from dashboards import data
from kpi.access.actor import Actor, operator
from kpi.access.managers import end_assignment
from kpi.ingest.countersigning import countersign, decline
from kpi.ingest.declaring import attest, dismiss
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.oversight.countersigning import waiting
from kpi.review.scores.board import board
from tests.office import Office
from tests.scored import assigned, ledger, published

DANA = Actor("manager", "Dana", "dana")
DR_LEE = Actor("physician", "Dr Lee")
BAD = "charge_id,posted_date,amount\nC1,2026-01-05,10\nC2,2026-01-21,\n"


def test_every_deed_is_seen_at_once(engine: Engine) -> None:
    office = Office(engine)
    practice = office.practice
    seen: list[object] = []

    def look(differs: bool = True) -> None:
        every = data.months_held(engine, operator(), practice)
        assert every == board(engine, operator(), practice.id)
        some = (Month(2026, 1), Month(2026, 2))
        held = data.months_held(engine, operator(), practice, some)
        assert held == board(engine, operator(), practice.id, some)
        signs = data.to_sign(engine, operator(), practice)
        assert signs == len(waiting(engine, operator(), practice.id))
        seen.append((every, signs))
        if differs:
            assert seen[-1] != seen[-2]

    look(differs=False)
    first = office.load(ledger("2026-01"))
    look()
    charges = office.load(BAD)
    look()
    dismiss(engine, DANA, practice.id, charges, 3, "Entered by mistake.")
    look()
    published(office)
    assigned(office)
    look()
    declared = attest(engine, DANA, practice.id, "incidents", Month(2026, 1))
    look()
    decline(engine, DR_LEE, practice.id, declared, "Ask Lee first.")
    look(differs=False)
    countersign(engine, DR_LEE, practice.id, declared)
    look()
    undo(engine, operator(), practice.id, first)
    look()
    end_assignment(engine, operator(), "dana", Month(2026, 3))
    look(differs=False)
