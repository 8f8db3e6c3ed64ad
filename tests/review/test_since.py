"""What changed since a day, worked by hand from the office of tests.scored: in each month of the
quarter 650 of 1,000 are spent, so that 1,950 of 3,000 is 65%."""

from datetime import date, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, update

from kpi.access.actor import Actor, operator
from kpi.errors import InputError, NotPermitted
from kpi.ingest.accounts import set_account
from kpi.ingest.declaring import attest, dismiss
from kpi.ingest.rebuilding import rebuild_practice
from kpi.months import Month
from kpi.report.changes import closing, happened, moment, opening, standing
from kpi.review.explained.since import Since, changed_since, since_document
from kpi.store.engine import writing
from kpi.store.tables import monthly_measures, practices
from tests.databases import made
from tests.office import Office
from tests.review.stamped import Stamp
from tests.review.test_custom_kpis import ROLE_WITH_OWN, visits
from tests.scored import assigned, complaints, ledger, published, scored_office

BEFORE_ALL = date(2026, 4, 1)
FIRST, LAST = Month(2026, 1), Month(2026, 3)
MANAGER = Actor("manager", "Dana", "dana", frozenset({"lakeside"}))


def since(office: Office, kpi: str, day: date = BEFORE_ALL, actor: Actor | None = None) -> Since:
    return changed_since(office.engine, actor or operator(), kpi, "dana", FIRST, LAST, day)


def chain(found: Since) -> list[object]:
    """Then, each event with its upload and what it left, now; each begins where the last ended."""
    steps: list[object] = [found.then.value]
    last = found.then
    for each in found.changes:
        assert (each.before.status, each.before.value) == (last.status, last.value)
        steps.append((each.event.cause.value, each.event.upload, each.after.value))
        last = each.after
    assert (last.status, last.value) == (found.now.status, found.now.value)
    return steps


@pytest.fixture
def corrected(engine: Engine) -> tuple[Office, int, int]:
    """The office, then on 10 April March at 950 (2,250 of 3,000), on the 12th February at 350
    (1,950), on the 14th the first of the two undone (1,650)."""
    office, stamp = scored_office(engine), Stamp(engine)
    stamp("2026-04-05T08:00:00Z")
    march = office.load(ledger("2026-03", spent=950))
    stamp("2026-04-10T09:30:00Z")
    february = office.load(ledger("2026-02", spent=350))
    stamp("2026-04-12T09:30:00Z")
    office.undo(march)
    stamp("2026-04-14T09:30:00Z")
    return office, march, february


def test_each_upload_and_undo_from_what_to_what(corrected: tuple[Office, int, int]) -> None:
    office, march, february = corrected
    found = since(office, "overhead_ratio", date(2026, 4, 10))
    assert chain(found) == [
        0.65,
        ("loaded", march, 0.75),
        ("loaded", february, 0.65),
        ("undone", march, 0.55),
    ]
    assert [each.before.numerator for each in found.changes] == [1950, 2250, 1950]
    assert found.changes[0].event.at == "2026-04-10T09:30:00Z"
    assert found.begins is None
    assert opening(found) == "At the start of 10 April 2026 it was 65%."
    assert closing(found) == "3 events have moved it since; now it is 55%."
    assert [happened(each) for each in found.changes] == [
        f"file.csv was loaded (upload {march})",
        f"file.csv was loaded (upload {february})",
        f"file.csv was undone (upload {march})",
    ]


@pytest.mark.parametrize(
    ("day", "then", "left"), [((2026, 4, 11), 0.75, 2), ((2026, 4, 13), 0.65, 1)]
)
def test_a_later_day_begins_later(
    corrected: tuple[Office, int, int], day: tuple[int, int, int], then: float, left: int
) -> None:
    found = since(corrected[0], "overhead_ratio", date(*day))
    assert (found.then.value, len(found.changes), found.now.value) == (then, left, 0.55)
    chain(found)


def test_nothing_moved_since(corrected: tuple[Office, int, int]) -> None:
    found = since(corrected[0], "overhead_ratio", date(2026, 4, 15))
    assert (found.then, found.changes) == (found.now, ())
    assert closing(found) == "Nothing has moved it since, so it is 55% now."


def test_another_kpi_was_not_moved(corrected: tuple[Office, int, int]) -> None:
    assert since(corrected[0], "satisfaction_score", date(2026, 4, 10)).changes == ()


def test_from_the_first_file_on(corrected: tuple[Office, int, int]) -> None:
    """Nothing, January alone, January and February, the quarter: of the first two not all months
    are there, so that they are no figures yet."""
    office = corrected[0]
    found = since(office, "overhead_ratio")
    assert standing(found.then, "percent") == "not known"
    assert chain(found)[:2] == [None, ("loaded", 7, 0.65)]


def test_the_day_begins_by_the_practices_own_clock(corrected: tuple[Office, int, int]) -> None:
    """9:30 in London is 2:30 of the same day in Los Angeles, and 21:30 in Auckland; a zone in
    which it is the day before would leave it out."""
    office = corrected[0]
    with writing(office.engine) as connection:
        connection.execute(update(practices).values(timezone="Pacific/Kiritimati"))  # 14 hours on
    on_time = since(office, "overhead_ratio", date(2026, 4, 10))
    assert on_time.then.value == 0.65
    with writing(office.engine) as connection:
        connection.execute(update(practices).values(timezone="Pacific/Pago_Pago"))  # 11 behind
    # It was 22:30 on the 9th there.
    assert since(office, "overhead_ratio", date(2026, 4, 10)).then.value == 0.75
    assert moment("2026-04-10T09:30:00Z", "Pacific/Pago_Pago") == "9 April 2026, 22:30"


def test_a_declaration_and_its_undoing(engine: Engine) -> None:
    office, stamp = scored_office(engine), Stamp(engine)
    stamp("2026-04-05T08:00:00Z")
    declared = 12  # the last of three declarations
    office.undo(declared)
    stamp("2026-04-10T09:30:00Z")
    again = attest(engine, operator(), "lakeside", "incidents", LAST)
    stamp("2026-04-11T09:30:00Z")
    found = since(office, "hipaa_violations", date(2026, 4, 6))
    assert chain(found) == [0, ("undone", declared, None), ("attested", again, 0)]
    assert [happened(each) for each in found.changes] == [
        "The declaration of nothing to report for incidents was undone (upload 12)",
        f"Nothing to report was declared for incidents (upload {again})",
    ]


def test_a_row_in_quarantine_and_its_dismissal(engine: Engine) -> None:
    """One refused complaint keeps its month from being complete, until it is dismissed."""
    office, stamp = scored_office(engine), Stamp(engine)
    stamp("2026-04-05T08:00:00Z")
    text = "complaint_id,received_on\nK2026-030,2026-03-05\nK9,2026-03-32\n"
    bad = office.load(text, "complaints", allow_bad=True)
    stamp("2026-04-10T09:30:00Z")
    entry = dismiss(engine, operator(), "lakeside", bad, 3, "a typing error")
    stamp("2026-04-11T09:30:00Z")
    found = since(office, "complaints_resolved_in_7_days", date(2026, 4, 6))
    assert chain(found) == [0.75, ("loaded", bad, None), ("dismissed", entry, 0.75)]


def test_a_category_of_an_account(engine: Engine) -> None:
    office, stamp = scored_office(engine), Stamp(engine)
    stamp("2026-04-05T08:00:00Z")
    extra = "month,account,kind,amount\n2026-03,Fees,revenue,1000.00\n2026-03,Odd,expense,350.00\n"
    upload = office.load(extra, replace=True)
    stamp("2026-04-10T09:30:00Z")
    set_account(engine, operator(), "lakeside", "Odd", "supplies")
    stamp("2026-04-11T09:30:00Z")
    found = since(office, "overhead_ratio", date(2026, 4, 6))
    # 650 + 650 + 350 of 3,000.
    assert chain(found) == [0.65, ("loaded", upload, None), ("categorised", None, 0.55)]


def test_what_the_doctor_mended(engine: Engine) -> None:
    office, stamp = scored_office(engine), Stamp(engine)
    stamp("2026-04-05T08:00:00Z")
    with writing(engine) as connection:
        spoilt = update(monthly_measures).where(
            monthly_measures.c.measure == "operating_expenses", monthly_measures.c.month == 202603
        )
        assert connection.execute(spoilt.values(value=350)).rowcount == 1
    rebuild_practice(engine, operator(), "lakeside", mend=True)
    stamp("2026-04-10T09:30:00Z")
    found = since(office, "overhead_ratio", date(2026, 4, 6))
    assert chain(found) == [0.55, ("mended", None, 0.65)]


def test_a_median_is_followed_exactly(engine: Engine) -> None:
    """Waits of 10, 20 and 30 minutes have the median 20; with two more of 40, 30; the first
    corrected to 50, 40."""
    office, stamp = Office(engine), Stamp(engine)
    published(office)
    assigned(office)

    def waits(first: int, *minutes: int) -> str:
        rows = "".join(
            f"A{at},2026-01-05 09:00,2026-01-05 09:00,2026-01-05 09:{wait},completed\n"
            for at, wait in enumerate(minutes, first)
        )
        return "appointment_id,start_at,arrived_at,seen_at,status\n" + rows

    def median(day: date) -> Since:
        january = Month(2026, 1)
        return changed_since(engine, operator(), "median_wait_minutes", "dana", january, january,
                             day)  # fmt: skip

    first = office.load(waits(0, 10, 20, 30), covers="2026-01")
    stamp("2026-02-01T08:00:00Z")
    more = office.load(waits(3, 40, 40))
    stamp("2026-02-02T08:00:00Z")
    mended = office.load(waits(0, 50))
    stamp("2026-02-03T08:00:00Z")
    assert chain(median(date(2026, 1, 1))) == [
        None, ("loaded", first, 20), ("loaded", more, 30), ("loaded", mended, 40),
    ]  # fmt: skip
    found = median(date(2026, 2, 3))
    assert chain(found) == [30, ("loaded", mended, 40)]
    assert standing(found.then, "minutes") == "30 min (too few)"


def test_locations_are_followed_apart(engine: Engine) -> None:
    """The manager of the East: what the West brings moves nothing there."""
    office, stamp = Office(engine), Stamp(engine)
    published(office)
    assigned(office, locations=["East"])
    for month in ("2026-01", "2026-02", "2026-03"):
        office.load(ledger(month, location="East"))
    stamp("2026-04-01T08:00:00Z")
    office.load(ledger("2026-03", spent=950, location="West"))
    stamp("2026-04-02T08:00:00Z")
    east = office.load(ledger("2026-03", spent=950, location="East"))
    stamp("2026-04-03T08:00:00Z")
    found = since(office, "overhead_ratio", date(2026, 4, 2))
    assert chain(found) == [0.65, ("loaded", east, 0.75)]


def test_days_of_several_locations_together_are_not_guessed(engine: Engine) -> None:
    """One clinic day at each of two locations is one day or two: only the records tell."""
    office = Office(engine)
    published(office)
    assigned(office, locations=["East", "West"])
    rows = "".join(f"A{at},2026-01-05 09:00,completed,{place}\n"
                   for at, place in enumerate(("East", "West")))  # fmt: skip
    office.load("appointment_id,start_at,status,location\n" + rows, covers="2026-01")
    found = changed_since(engine, operator(), "patients_per_day", "dana", FIRST, FIRST, BEFORE_ALL)
    assert found.not_followed == ("clinic_days",)
    assert found.changes == ()
    assert "cannot be told for several locations together: clinic days" in opening(found)
    assert since_document(found)["then"] is None


def downgraded(office: Office) -> None:
    """Takes the database back to a version that kept no log of figures, and forward again."""
    with writing(office.engine) as connection:
        config = Config()
        config.set_main_option("script_location", "kpi/store/migrations")
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
    made(office.engine.url.render_as_string(hide_password=False)).dispose()


def test_what_was_before_the_log_is_not_guessed(engine: Engine) -> None:
    office = scored_office(engine)
    office.load(ledger("2026-03", spent=950))
    downgraded(office)
    stamp = Stamp(engine)
    stamp("2026-05-01T08:00:00Z")
    office.load(ledger("2026-03", spent=350))
    stamp("2026-05-02T08:00:00Z")
    found = since(office, "overhead_ratio", date(2026, 4, 1))
    assert [each.after.value for each in found.changes] == [0.55]
    assert (found.then.value, found.now.value) == (0.75, 0.55)
    assert opening(found) == (
        "What happened before 1 May 2026, 08:00 was not recorded. It was 75% then."
    )
    assert since_document(found)["recorded_from"] == "2026-05-01T08:00:00Z"
    # Of a day that is recorded as a whole there is nothing to say.
    assert since(office, "overhead_ratio", date(2026, 5, 2)).begins is None


def test_a_kpi_of_the_roles_own_is_followed_from_its_publication(engine: Engine) -> None:
    """Of 28 visits a month 14 were flu shots, before anybody counted them; 7 more came since."""
    office, stamp = Office(engine), Stamp(engine)
    for month in ("2026-01", "2026-02", "2026-03"):
        office.load(visits(month, "fc" * 14))
    stamp("2026-04-01T08:00:00Z")
    published(office, ROLE_WITH_OWN)
    assigned(office)
    stamp("2026-04-02T08:00:00Z")
    more = office.load(visits("2026-03", "f" * 7, start=50))
    stamp("2026-04-03T08:00:00Z")
    found = since(office, "flu_shot_rate", date(2026, 3, 1))
    assert chain(found) == [0.5, ("loaded", more, 49 / 91)]
    assert "before 2 April 2026, 08:00 was not recorded" in opening(found)


def test_a_day_to_come_is_refused(corrected: tuple[Office, int, int]) -> None:
    tomorrow = date.today() + timedelta(days=2)
    with pytest.raises(InputError, match="is still to come; give a day up to today"):
        since(corrected[0], "overhead_ratio", tomorrow)


def test_a_manager_follows_only_her_own(corrected: tuple[Office, int, int]) -> None:
    office = corrected[0]
    assert since(office, "overhead_ratio", actor=MANAGER).changes
    kim = Actor("manager", "Kim", "kim", frozenset({"lakeside"}))
    with pytest.raises(NotPermitted):
        since(office, "overhead_ratio", actor=kim)


def test_the_document(corrected: tuple[Office, int, int]) -> None:
    office, march, _february = corrected
    document = since_document(since(office, "overhead_ratio", date(2026, 4, 14)))
    assert document["then"] == {
        "status": "scored", "value": 0.65, "numerator": 1950, "denominator": 3000, "n": 3,
    }  # fmt: skip
    (change,) = document["changes"]
    assert change["before"] == document["then"]
    assert change["after"] == document["now"]
    assert (change["cause"], change["upload"], change["file"]) == ("undone", march, "file.csv")
    assert (change["at"], change["dataset"]) == ("2026-04-14T09:30:00Z", "ledger")
    assert change["actor"] == operator().label


def test_complaints_by_hand_again(engine: Engine) -> None:
    """What a second file says of the same months is one event a file, whatever it holds."""
    office, stamp = scored_office(engine), Stamp(engine)
    stamp("2026-04-05T08:00:00Z")
    settled = complaints("2026-03").replace("2026-03-28", "2026-03-09")
    upload = office.load(settled)
    stamp("2026-04-06T08:00:00Z")
    found = since(office, "complaints_resolved_in_7_days", date(2026, 4, 6))
    # 9 of 12, then 10 of 12.
    assert chain(found) == [0.75, ("loaded", upload, 10 / 12)]
