"""What must add up once files are loaded, each side worked out by hand."""

from sqlalchemy import Engine

from tests.office import Office

AGING = "as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120,credits\n"
OPENING = "2025-12-31,6000,2000,1000,600,400,-500\n"  # 10,000 less 500 of credits: 9,500
CLOSING = "2026-01-31,7000,2000,1000,500,400,-550\n"  # 10,900 less 550: 10,350
CHARGES = (
    "charge_id,posted_date,amount\nC1,2026-01-05,3000.00\nC2,2026-01-20,2100.00\n"
    "C3,2026-01-21,-100.00\n"
)
PAYMENTS = (
    "payment_id,posted_date,amount,kind\nP1,2026-01-06,3000.00,payment\n"
    "P2,2026-01-07,1000.00,contractual\nP3,2026-01-08,200.00,bad_debt\n"
    "P4,2026-01-09,-100.00,refund\nP5,2026-01-31,50.00,other_adjustment\n"
)
"""Charged 5,000; taken off 3,000 + 1,000 + 200 - 100 + 50 = 4,150. So 9,500 become 10,350."""

ROLLS = "What is owed rolls forward in 2026-01."


def closed(office: Office, closing: str = CLOSING, charges: str = CHARGES) -> tuple[str, ...]:
    """The notes of January's snapshot, everything else being there."""
    office.load(AGING + OPENING)
    office.load(charges, covers="2026-01")
    office.load(PAYMENTS, covers="2026-01")
    return office.offered(AGING + closing).notes


def test_a_balance_that_rolls_forward_is_one_short_line(engine: Engine) -> None:
    assert closed(Office(engine))[-1] == ROLLS


def test_a_difference_is_said_to_the_dollar(engine: Engine) -> None:
    """The aging says 10,600: 250 more than 10,350."""
    notes = closed(Office(engine), "2026-01-31,7250,2000,1000,500,400,-550\n")
    assert notes[-1] == (
        "What is owed does not roll forward to 2026-01-31: $9,500 on 2025-12-31, $5,000 charged "
        "since and $4,150 paid or written off make $10,350; the aging says $10,600, $250 more."
    )


def test_up_to_a_hundredth_of_the_charges_nothing_is_said_against_it(engine: Engine) -> None:
    """A hundredth of 5,000 is 50: at 50.00 off it rolls forward, at 50.01 it does not."""
    assert closed(Office(engine), "2026-01-31,7050,2000,1000,500,400,-550\n")[-1] == ROLLS
    other = Office(engine, "hillcrest")
    said = closed(other, "2026-01-31,6949.99,2000,1000,500,400,-550\n")[-1]
    assert said.endswith("the aging says $10,299.99, $50.01 less.")


def test_what_is_posted_after_the_snapshot_belongs_to_the_next(engine: Engine) -> None:
    """The snapshot of the 30th lacks the 50 of the 31st: 10,400."""
    notes = closed(Office(engine), "2026-01-30,7050,2000,1000,500,400,-550\n")
    assert notes[-1] == ROLLS


def test_nothing_is_said_where_something_is_not_complete(engine: Engine) -> None:
    office = Office(engine)
    office.load(AGING + OPENING)
    office.load(CHARGES, covers="2026-01")
    office.load(PAYMENTS)  # no run of weekdays without a posting may be longer than five
    assert not any("roll" in note for note in office.offered(AGING + CLOSING).notes)
    alone = Office(engine, "hillcrest")
    assert not any("roll" in note for note in alone.offered(AGING + CLOSING).notes)


def test_the_last_file_that_completes_the_month_says_it(engine: Engine) -> None:
    office = Office(engine)
    office.load(AGING + OPENING + CLOSING)
    assert not any("roll" in note for note in office.offered(CHARGES, covers="2026-01").notes)
    assert office.offered(PAYMENTS, covers="2026-01").notes[-1] == ROLLS


def test_snapshots_of_several_days_in_a_month_are_not_compared(engine: Engine) -> None:
    office = Office(engine)
    office.load(AGING + OPENING)
    office.load(CHARGES, covers="2026-01")
    office.load(PAYMENTS, covers="2026-01")
    header = AGING.strip() + ",location\n"
    text = header + "2026-01-30,1,0,0,0,0,0,East\n2026-01-31,2,0,0,0,0,0,West\n"
    assert not any("roll" in note for note in office.offered(text).notes)


def test_bookings_are_those_kept_missed_cancelled_and_open(engine: Engine) -> None:
    """Seven: three kept, one missed, one cancelled and one moved, one open."""
    statuses = ("completed",) * 3 + ("no_show", "cancelled", "rescheduled", "scheduled")
    rows = "".join(f"A{n},2026-01-0{n + 1} 09:00,{status}\n" for n, status in enumerate(statuses))
    receipt = Office(engine).offered(f"appointment_id,start_at,status\n{rows}")
    assert receipt.notes[-1] == (
        "7 booked = 3 completed + 1 no-show + 2 cancelled or moved + 1 still scheduled."
    )


def test_identities_stop_nothing(engine: Engine) -> None:
    office = Office(engine)
    closed(office, "2026-01-31,9999,2000,1000,500,400,-550\n")
    assert office.value("2026-01", "ar_balance") == 9999 + 3900
