"""``kpi map`` and ``kpi profiles``: a file of a new kind is mapped once, and read from then on."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.commands.running import Shell, held

AT = ("--practice", "lakeside")
JSON = ("--format", "json")
VENDORS = Path(__file__).parent.parent / "ingest" / "vendors" / "files"
SCHEDULE = """\
Appt ID,Appt Date,Appt Time,Patient Name,MRN,Appt Status
1,01/20/2026,09:00 AM,"Planted, Polly",4470001,Seen
2,01/21/2026,09:20 AM,"Planted, Peter",4470002,N/S
3,01/22/2026,09:40 AM,"Planted, Paula",4470003,Zag
"""


@pytest.fixture
def office(shell: Shell) -> Shell:
    shell.done("practice", "add", "lakeside", "--name", "Lakeside")
    return shell


def plain(text: str) -> str:
    return " ".join(text.split())


def test_a_new_file_is_shown_asked_about_saved_and_read_from_then_on(office: Shell) -> None:
    file = office.file("schedule.csv", SCHEDULE)
    assert "kpi map" in office.refused("ingest", file, *AT)
    shown = office.done("map", file, *AT)
    assert "What does 'Zag' mean, in 1 row? One of: scheduled," in plain(shown.out)
    assert '--word status:"Zag"="VALUE"' in shown.out
    assert "start_at*: 'Appt Date' and 'Appt Time' together" in plain(shown.out)
    assert "status: 'N/S' in 1 row is no_show" in shown.out
    said = office.refused("map", file, *AT, "--save", "our schedule")
    assert said == (
        'kpi: nothing was saved, because it is not complete. Add: --word status:"Zag"="VALUE".'
    )
    answer = ("--word", "status:Zag=no_show")
    saved = office.done("map", file, *AT, *answer, "--save", "our schedule").out
    assert "Read so, 3 rows: 3 would be loaded; months: 2026-01." in saved
    assert "Saved as 'our schedule'" in saved
    (found,) = office.done("ingest", file, *AT, *JSON).document["uploads"]
    assert (found["profile"], found["dataset"], found["added"]) == (
        "our schedule", "appointments", 3,
    )  # fmt: skip
    later = office.file("february.csv", SCHEDULE.replace("01/2", "02/1").replace("\n1,", "\n9,"))
    (found,) = office.done("ingest", later, *AT, *JSON).document["uploads"]
    assert (found["status"], found["months"]) == ("loaded", ["2026-02"])


def test_what_was_said_of_a_layout_is_kept_when_it_changes(office: Shell) -> None:
    file = office.file("schedule.csv", SCHEDULE)
    office.done("map", file, *AT, "--word", "status:Zag=no_show", "--save", "mine")
    changed = office.file("new.csv", SCHEDULE.replace("MRN", "Chart"))
    said = office.refused("ingest", changed, *AT)
    assert "was mapped as 'mine', but no longer has MRN and now has Chart" in said
    assert "kpi map" in said
    out = plain(office.done("map", changed, *AT, "--save", "mine").out)
    assert "'Zag' in 1 row is no_show" in out
    assert "Saved as 'mine'" in out
    (found,) = office.done("ingest", changed, *AT, *JSON).document["uploads"]
    assert (found["profile"], found["added"]) == ("mine", 3)


def test_nobody_is_named_and_it_fits_the_console(office: Shell) -> None:
    file = office.file("schedule.csv", SCHEDULE)
    for arguments in ((), JSON, ("--as", "complaints"), ("--word", "status:Zag=no_show")):
        ran = office.done("map", file, *AT, *arguments)
        assert "lanted" not in ran.out + ran.err
        assert "447000" not in ran.out + ran.err
        if arguments != JSON:
            assert max(map(len, ran.out.splitlines())) <= 100


@pytest.mark.parametrize("path", sorted(VENDORS.iterdir()), ids=lambda path: path.stem)
def test_every_layout_known_by_hearsay_fits_the_console(office: Shell, path: Path) -> None:
    out = office.done("map", str(path), *AT).out
    assert max(map(len, out.splitlines())) <= 100
    assert ("Still to be said:" in out) is not ("save it with --save NAME" in out)


def test_the_document_has_what_is_asked_and_what_would_come_of_it(office: Shell) -> None:
    file = office.file("schedule.csv", SCHEDULE)
    (table,) = office.done("map", file, *AT, *JSON).document["tables"]
    assert (table["dataset"], table["complete"], table["rehearsal"]) == (
        "appointments", False, None,
    )  # fmt: skip
    assert [each["flag"] for each in table["asked"]] == ['--word status:"Zag"="VALUE"']
    answered = office.done("map", file, *AT, "--word", "status:Zag=no_show", *JSON, "--save", "x")
    (table,) = answered.document["tables"]
    assert (table["complete"], table["asked"], table["refusal"]) == (True, [], None)
    assert (table["rehearsal"]["read"], table["rehearsal"]["months"]) == (3, {"2026-01": 3})
    assert "Saved as 'x'" in answered.err


def test_columns_are_answered_joined_made_and_left_out(office: Shell) -> None:
    file = office.file(
        "visits.csv",
        "Ref,Day,At,Outcome,Who\n1,01/20/2026,9:00 AM,Seen,Lee\n2,01/21/2026,9:20 AM,N/S,Lee\n",
    )
    ran = office.done(
        "map", file, *AT, "--as", "appointments", "--column", "appointment_id=Ref",
        "--column", "start_at=Day", "--column", "start_at=At", "--column", "status=Outcome",
        "--column", "provider=Who", "--constant", "location=Main", "--save", "visits",
    )  # fmt: skip
    out = plain(ran.out)
    assert "start_at*: 'Day' and 'At' together (as you say)" in out
    assert "location: always Main (as you say)" in out
    (found,) = office.done("ingest", file, *AT, *JSON).document["uploads"]
    assert (found["profile"], found["added"], found["quarantined"]) == ("visits", 2, 0)
    out = office("map", file, *AT, "--column", "status=Outcome", "--without", "status")
    assert out.status == 2
    assert "status is said in two ways" in out.err


def test_dates_that_can_be_read_in_two_ways_are_asked_about(office: Shell) -> None:
    file = office.file(
        "s.csv", "Appt ID,Scheduled Time,Status\n1,03/04/2026 9:00,Seen\n2,05/06/2026 9:00,Seen\n"
    )
    shown = office.done("map", file, *AT).out
    assert '--written start_at="WAY"' in shown
    office.done("map", file, *AT, "--written", "start_at=day first", "--save", "dmy")
    (found,) = office.done("ingest", file, *AT, *JSON).document["uploads"]
    assert found["months"] == ["2026-04", "2026-06"]


WRONG = {
    "practice": (("--practice", "lakesid"), "Did you mean 'lakeside'?"),
    "dataset": ((*AT, "--as", "complaint"), "Did you mean 'complaints'?"),
    "column": ((*AT, "--column", "stat=MRN"), "has no column 'stat'"),
    "heading": ((*AT, "--column", "status=Appt Statu"), "Did you mean 'Appt Status'?"),
    "word": ((*AT, "--word", "status:Zig=no_show"), "has 'Zig' for status"),
    "value": ((*AT, "--word", "status:Zag=noshow"), "Did you mean 'no_show'?"),
    "way": ((*AT, "--written", "start_at=backwards"), "month first"),
    "table": ((*AT, "--table", "two"), "has no table 'two'"),
    "name": ((*AT, "--save", " "), "cannot be the name of a profile"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_an_answer_that_cannot_be_saves_nothing(office: Shell, engine: Engine, name: str) -> None:
    before = held(engine)
    arguments, sentence = WRONG[name]
    save = () if "--save" in arguments else ("--save", "mine")
    file = office.file("schedule.csv", SCHEDULE)
    assert sentence in office.refused("map", file, *arguments, *save)
    assert held(engine) == before


def test_a_file_that_cannot_be_mapped(office: Shell) -> None:
    for file in (
        str(office.folder / "none.csv"), str(office.folder), office.file("e.csv", ""),
        office.file("p.csv", b"%PDF-1.7\n..."), office.file("h.csv", "Appt ID,Appt Date\n"),
    ):  # fmt: skip
        office.refused("map", file, *AT)
    file = office.file("schedule.csv", SCHEDULE)
    for wrong in ("status", "status:Zag", "Zag=no_show"):
        ran = office("map", file, *AT, "--word", wrong)
        assert (ran.status, ran.out) == (2, "")
        assert "COLUMN:WORD=VALUE" in ran.err
    assert office("map", file, *AT, "--column", "status").status == 2


def test_profiles_are_listed_shown_and_removed(office: Shell) -> None:
    file = office.file("schedule.csv", SCHEDULE)
    shipped = office.done("profiles", "list", *AT, *JSON).document["profiles"]
    assert {each["own"] for each in shipped} == {False}
    office.done("map", file, *AT, "--word", "status:Zag=no_show", "--save", "mine")
    found = office.done("profiles", "list", *AT, *JSON).document["profiles"]
    assert [(each["name"], each["datasets"]) for each in found if each["own"]] == [
        ("mine", ["appointments"])
    ]
    assert found[1:] == shipped
    assert "Appt Status" in office.done("profiles", "show", "mine", *AT).out
    assert "Did you mean 'mine'?" in office.refused("profiles", "show", "mane", *AT)
    assert max(map(len, office.done("profiles", "list", *AT).out.splitlines())) <= 100
    office.done("ingest", file, *AT)
    office.done("profiles", "remove", "mine", *AT)
    assert "no profile of its own named 'mine'" in office.refused("profiles", "remove", "mine", *AT)
    assert "kpi map" in office.refused("ingest", file, *AT)
    (upload,) = [
        each for each in office.done("uploads", "list", *AT, *JSON).document["uploads"]
        if each["status"] == "loaded"
    ]  # fmt: skip
    assert upload["profile"] == "mine"


def test_a_file_that_is_read_already_is_said_to_be(office: Shell) -> None:
    file = office.file("schedule.csv", SCHEDULE)
    assert "read already" not in office.done("map", file, *AT).out
    answer = ("--word", "status:Zag=no_show")
    office.done("map", file, *AT, *answer, "--save", "mine")
    out = plain(office.done("map", file, *AT).out)
    assert "This file is read already, as 'mine', which this practice saved" in out
    said = office.refused("map", file, *AT, *answer, "--save", "other")
    assert "nothing was saved: files like this one are read as 'mine'" in said
    assert "mine" in office.done("profiles", "list", *AT).out
    office.done("map", file, *AT, *answer, "--save", "mine")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("openemr_flow_board.html", "known already: it is OpenEMR Patient Flow Board, which feeds"),
        ("openemr_patient_list.csv", "which is refused."),
    ],
)
def test_a_shipped_layout_is_named_before_it_is_mapped(office: Shell, name: str, said: str) -> None:
    out = plain(office("map", str(VENDORS.parents[1] / "layouts" / name), *AT).out)
    assert "This file is known already" in out
    assert said in out


def test_the_document_says_what_a_file_is_taken_for_already(office: Shell) -> None:
    file = office.file("k.csv", "complaint_id,received_on\nK-1,2026-01-12\n")
    (table,) = office.done("map", file, *AT, *JSON).document["tables"]
    assert table["already"].startswith("This file is read already: it has the columns of complaint")
    unknown = office.file("schedule.csv", SCHEDULE)
    (table,) = office.done("map", unknown, *AT, *JSON).document["tables"]
    assert table["already"] is None


def test_a_mapping_is_printed_changed_by_hand_and_saved_again(office: Shell) -> None:
    file = office.file("schedule.csv", SCHEDULE)
    office.done("map", file, *AT, "--word", "status:Zag=no_show", "--save", "mine")
    text = office.done("profiles", "show", "mine", *AT).out
    assert "Zag: no_show" in text
    changed = office.file("mine.yaml", text.replace("Zag: no_show", "Zag: cancelled"))
    assert "Saved as 'mine'" in office.done("profiles", "save", "mine", changed, *AT).out
    (found,) = office.done("ingest", file, *AT, *JSON).document["uploads"]
    assert (found["profile"], found["added"]) == ("mine", 3)
    shown = office.done("profiles", "show", "mine", *AT).out
    assert "Zag: cancelled" in shown
    wrong = office.file("wrong.yaml", text.replace("feeds:", "feed:"))
    said = office.refused("profiles", "save", "mine", wrong, *AT)
    assert re.search(r"kpi: profile mine, line \d+, column 1: 'feed' is not known here", said)
    assert "is no text in UTF-8" in office.refused(
        "profiles", "save", "mine", office.file("bad.yaml", b"\xff\xfe\x00"), *AT
    )


def test_a_survey_with_a_column_a_question_is_saved_and_read_again(office: Shell) -> None:
    header = "Response ID,Response Date,How would you rate your visit?,Remarks\n"
    file = office.file(
        "voices.csv", f"{header}R-1,2026-01-05,Excellent,kind\nR-2,2026-01-06,Fair,\n"
    )
    assert "Map it once" in office.refused("ingest", file, *AT)
    out = plain(office.done("map", file, *AT, "--save", "voices").out)
    assert "score: made (the answers of its ratings, each a row of its own" in out
    assert "'How would you rate your visit?' becomes a row of its own" in out
    (found,) = office.done("ingest", file, *AT, *JSON).document["uploads"]
    assert (found["profile"], found["dataset"], found["added"]) == ("voices", "surveys", 2)
    text = office.done("profiles", "show", "voices", *AT).out
    assert "columns: ratings" in text
    office.done("profiles", "save", "voices", office.file("voices.yaml", text), *AT)
    assert "read already, as 'voices'" in plain(office.done("map", file, *AT).out)
    (found,) = office.done("ingest", file, *AT, *JSON).document["uploads"]
    assert found["status"] == "duplicate"
