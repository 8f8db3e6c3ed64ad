"""A file that changes figures of a month that was complete says so."""

from sqlalchemy import Engine

from tests.office import Office

COMPLAINTS = "complaint_id,received_on,resolved_on\n"
JANUARY = COMPLAINTS + "K1,2026-01-05,2026-01-08\nK2,2026-01-20,\n"
SAID = "Changes figures of 2026-01, which was complete."


def changes(notes: tuple[str, ...]) -> list[str]:
    return [note for note in notes if note.startswith("Changes figures")]


def test_a_month_that_was_complete_and_moves_is_named(engine: Engine) -> None:
    office = Office(engine)
    assert changes(office.offered(JANUARY).notes) == []
    receipt = office.offered(COMPLAINTS + "K2,2026-01-20,2026-01-22\n")
    assert changes(receipt.notes) == [SAID]


def test_a_late_record_changes_it_too(engine: Engine) -> None:
    office = Office(engine)
    office.load(JANUARY)
    receipt = office.offered(COMPLAINTS + "K3,2026-01-30,\nK4,2026-02-03,\n")
    assert changes(receipt.notes) == [SAID]  # February had nothing yet


def test_what_changes_no_figure_is_no_restatement(engine: Engine) -> None:
    """The same again, and a category that no measure reads."""
    office = Office(engine)
    office.load(JANUARY)
    assert changes(office.offered(JANUARY).notes) == []
    receipt = office.offered("complaint_id,category\nK1,waiting\n", "complaints")
    assert (receipt.changed, changes(receipt.notes)) == (1, [])


def test_a_month_that_was_not_complete_is_none(engine: Engine) -> None:
    """A daily dataset with two visits in a month is partial."""
    office = Office(engine)
    header = "appointment_id,start_at,status\n"
    office.load(header + "A1,2026-01-05 09:00,completed\n")
    receipt = office.offered(header + "A1,2026-01-05 09:00,no_show\n")
    assert (receipt.changed, changes(receipt.notes)) == (1, [])


def test_several_months_and_a_declared_one(engine: Engine) -> None:
    """March was declared to have none."""
    office = Office(engine)
    office.load(JANUARY + "K5,2026-02-10,\n", covers="2026-01..2026-03")
    receipt = office.offered(COMPLAINTS + "K2,2026-01-20,2026-01-21\nK9,2026-03-02,\n")
    assert changes(receipt.notes) == [
        "Changes figures of 2026-01 and 2026-03, which were complete."
    ]


def test_by_period_too(engine: Engine) -> None:
    office = Office(engine)
    header = "month,account,kind,amount\n"
    office.load(header + "2026-01,Visits,revenue,100\n2026-02,Visits,revenue,100\n")
    text = header + "2026-01,Visits,revenue,120\n2026-02,Visits,revenue,100\n"
    assert changes(office.offered(text).notes) == [SAID]
