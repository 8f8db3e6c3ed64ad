"""What a person is shown of a proposed mapping: enough to confirm it, and nobody's identity."""

import re
from io import BytesIO

import pytest

from kpi.errors import FileRefused, InputError
from kpi.ingest.mapping.answers import with_answers
from kpi.ingest.mapping.offer import Offer, offer_of
from kpi.ingest.proposing import proposals_of, rehearse
from tests.ingest.opened import PRACTICE
from tests.ingest.vendors.mapped import CORRECTIONS, FILES, confirmed, proposed

SCHEDULE = """\
Appt Date,Appt Time,Patient Name,DOB,Home Phone,MRN,SSN,Remark,Room,Ref,Appt Status
01/20/2026,09:00 AM,"Planted, Polly",02/03/1961,212-555-0101,4470001,123-45-6789,tea,2,88001,Seen
01/21/2026,09:20 AM,"Planted, Peter",05/06/1975,212-555-0102,4470002,123-45-6780,son,3,88002,N/S
01/22/2026,09:40 AM,"Planted, Paula",07/08/1988,212-555-0103,4470003,123-45-6781,call,2,88003,Zag
"""


def offered(text: str) -> Offer:
    (proposal,) = proposals_of(BytesIO(text.encode()), "schedule.csv")
    return offer_of(proposal)


def test_cells_that_may_say_who_somebody_is_are_hidden() -> None:
    offer = offered(SCHEDULE)
    hidden = {column.heading for column in offer.columns if column.hidden}
    assert hidden == {"Patient Name", "DOB", "Home Phone", "MRN", "SSN", "Remark", "Ref"}
    shown = {column.heading: column.samples for column in offer.columns if column.samples}
    assert shown == {
        "Appt Date": ("01/20/2026", "01/21/2026", "01/22/2026"),
        "Appt Time": ("09:00 AM", "09:20 AM", "09:40 AM"),
        "Room": ("2", "3"),
        "Appt Status": ("Seen", "N/S", "Zag"),
    }
    assert "lanted" not in repr(offer)


def test_columns_are_described_where_they_are_not_shown() -> None:
    described = {each.heading: (each.holds, each.different) for each in offered(SCHEDULE).columns}
    assert described["Patient Name"] == ("texts", 3)
    assert described["DOB"] == ("dates", 3)
    assert described["MRN"] == ("numbers", 3)
    assert described["Appt Time"] == ("times of day", 3)


def test_a_birth_date_under_another_name_is_hidden_by_the_years_it_spans() -> None:
    offer = offered(SCHEDULE.replace("DOB", "Column X"))
    assert next(each for each in offer.columns if each.heading == "Column X").hidden


def test_words_are_shown_with_how_often_and_what_they_most_likely_mean() -> None:
    offer = offer_of(proposed("eclinicalworks_appointments.csv"))
    assert [(each.word, each.count, each.meaning, each.sure) for each in offer.words] == [
        ("LWBS", 1, None, False),
        ("CHK", 2, "completed", False),
        ("PEN", 1, "scheduled", False),
        ("CANC", 1, "cancelled", True),
        ("N/S", 1, "no_show", True),
        ("R/S", 1, "rescheduled", True),
    ]
    assert "no_show" in offer.words[0].choices
    assert not offer.complete


def test_remarks_in_the_place_of_words_are_not_shown_but_counted() -> None:
    remarks = [f"Ms Planted no {letter}" for letter in "abcdefghijklmnopqrst"]
    rows = "".join(
        f"01/20/2026,{9 + row // 4:02}:{row % 4 * 15:02},{row},{remark}\n"
        for row, remark in enumerate(remarks)
    )
    offer = offered(f"Appt Date,Appt Time,Appt ID,Appt Status\n{rows}")
    assert offer.more_words == {"status": 20}
    assert "Planted" not in repr(offer)


def test_a_column_put_together_says_of_what_and_is_not_sure() -> None:
    offer = offer_of(proposed("nextgen_appointments.csv"))
    by_column = {guess.column: guess for guess in offer.guesses}
    assert by_column["start_at"].source == "'Appt Date' and 'Begin Time' together"
    assert not by_column["start_at"].sure
    assert by_column["provider"].sure
    assert by_column["provider"].grounds == "by its name"
    assert offer.free == (
        "arrived_at", "roomed_at", "seen_at", "departed_at", "cancelled_at", "payer",
        "new_patient", "changed_by", "booking_error",
    )  # fmt: skip
    assert "Rows whose 'Event' is 'Lunch' are left out (blocked slot)." in offer.settings


def test_a_rehearsal_says_what_would_be_loaded_and_names_nobody() -> None:
    path = FILES / "athenahealth_appointments.csv"
    profile = proposed(path.name).profile("mine")
    found = rehearse(path, path.name, profile, PRACTICE)
    assert (found.read, found.loaded, found.whole) == (9, 7, True)
    assert found.left_out == {"no patient": 1, "test patient": 1}
    assert {str(month): count for month, count in found.months.items()} == {
        "2026-01": 6, "2026-02": 1,
    }  # fmt: skip
    assert found.examples[0]["start_at"] == "2026-01-05 09:00:00"
    assert found.examples[0]["provider"] == "hidden"
    assert {"patientid", "patient name"} <= set(found.dropped)
    assert "SAMPLE" not in repr(found)


def test_a_rehearsal_says_why_rows_would_be_refused() -> None:
    path = FILES / "eclinicalworks_appointments.csv"
    found = rehearse(path, path.name, proposed(path.name).profile("mine"), PRACTICE)
    assert found.read == found.loaded + sum(found.left_out.values()) + sum(found.refused.values())
    assert list(found.refused.values()) == [1]
    assert "status is not a value that is known" in next(iter(found.refused))


@pytest.mark.parametrize("name", sorted(CORRECTIONS))
def test_no_file_needs_more_than_one_correction(name: str) -> None:
    said = [words for each in CORRECTIONS[name].values() for words in each.values()]
    assert len(said) <= 1
    assert all(len(each) == 1 for each in said)
    assert proposed(name).complete is not bool(said)
    assert confirmed(name).complete


def test_dates_that_can_be_read_in_two_ways_are_asked_about() -> None:
    text = "Appt ID,Scheduled Time,Status\n1,03/04/2026 9:00,Seen\n2,05/06/2026 9:00,Seen\n"
    (proposal,) = proposals_of(BytesIO(text.encode()), "schedule.csv")
    assert "March 4 or April 3" in proposal.undecided["start_at"]
    answered = with_answers(proposal, how={"start_at": {"dates": "day first"}})
    assert answered.complete
    found = rehearse(BytesIO(text.encode()), "schedule.csv", answered.profile("mine"), PRACTICE)
    assert [str(month) for month in found.months] == ["2026-04", "2026-06"]


def test_the_order_of_one_column_of_dates_holds_for_those_that_do_not_tell() -> None:
    text = (
        "Appt ID,Scheduled Time,Created At,Status\n"
        "1,01/25/2026 9:00,01/02/2026 8:00,Seen\n2,01/26/2026 9:00,01/03/2026 8:00,Seen\n"
    )
    (proposal,) = proposals_of(BytesIO(text.encode()), "schedule.csv")
    assert proposal.complete
    assert "month first, as in 'Scheduled Time'" in proposal.guesses["booked_at"].grounds


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"columns": {"stat": "Status"}}, "no column 'stat'. Did you mean 'status'?"),
        ({"columns": {"status": "Statos"}}, "no column 'Statos'. Did you mean 'Status'?"),
        ({"words": {"status": {"": "seen"}}}, "no value 'seen'"),
        ({"words": {"status": {"Maybe": "no_show"}}}, "No row that was looked at has 'Maybe'"),
        ({"words": {"payer": {"A": "B"}}}, "Nothing is mapped to payer"),
        ({"how": {"start_at": {"dates": "year first"}}}, "month first, day first"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_what_is_known(
    answers: dict[str, dict[str, object]], said: str
) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        with_answers(proposed("drchrono_appointments.csv"), **answers)  # type: ignore[arg-type]


def test_a_file_with_nothing_to_learn_from_is_refused_in_a_sentence() -> None:
    with pytest.raises(FileRefused, match="no rows to learn from"):
        proposals_of(BytesIO(b"Appt ID,Appt Date,Appt Status\n"), "schedule.csv")


@pytest.mark.parametrize("headings", [["Ve" + "r" * 2_000 + "y long"], ["x" * 1_500] * 40])
def test_headings_that_no_mapping_could_name_are_refused(headings: list[str]) -> None:
    """One of more than 2,000 characters, or 60,000 together: a profile could not be read again."""
    header = ["Appt ID", "Appt Date", "Appt Status", *headings]
    row = ["A1", "2026-01-05", "Completed", *["1"] * len(headings)]
    content = f"{','.join(header)}\n{','.join(row)}\n".encode()
    with pytest.raises(FileRefused, match=r"heading of column 4 has [12],\d{3} characters"):
        proposals_of(BytesIO(content), "schedule.csv")
