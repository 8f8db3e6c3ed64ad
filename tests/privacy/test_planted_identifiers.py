"""A person's identifiers, planted wherever a file has room for them, are left nowhere."""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from dashboards.views.receipt import receipt_view
from kpi.access.actor import operator
from kpi.access.practices import add_practice
from kpi.ingest.given_back import GivenBack
from kpi.ingest.ingestion import ingest
from kpi.ingest.log import upload_shown, uploads_list
from kpi.ingest.own_profiles import save_profile
from kpi.ingest.quarantine import in_quarantine
from kpi.ingest.undoing import undo
from kpi.store.clock import now
from kpi.store.engine import reading
from kpi.store.tables import records
from tests.commands.running import Shell
from tests.databases import made
from tests.office import Office
from tests.privacy.planted import NAME, NEEDLES, NUMBERS, OWN_PROFILE, PEOPLE, Planted, planted
from tests.privacy.traces import traces_in_files, traces_in_texts

FILES = planted()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds all that is written: home, database and temporary files."""
    folder = tmp_path / "data"
    temporary = folder / "temporary"
    temporary.mkdir(parents=True)
    monkeypatch.setenv("KPI_HOME", str(folder))
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return folder


@pytest.fixture
def engine(data: Path) -> Iterator[Engine]:
    found = made(f"sqlite:///{data / 'rolecard.db'}")
    yield found
    found.dispose()


@pytest.fixture
def office(engine: Engine) -> Office:
    found = Office(engine)
    add_practice(engine, operator(), "other", "Other Example Clinic")
    save_profile(engine, operator(), found.practice.id, "people", OWN_PROFILE)
    return found


def test_the_scan_finds_what_is_there(data: Path, office: Office) -> None:
    """In whatever file, case and encoding; a name alone in a free column is one that is kept."""
    office.load(f"appointment_id,start_at,status,provider\nA,2026-01-05 09:00,Seen,{NAME}\n")
    assert any("rolecard.db" in each for each in traces_in_files(data, ["QUILLFEATHER"]))
    (data / "notes").write_text("219-09-9999", encoding="utf-16-le")
    assert traces_in_files(data, ["219-09-9999", "absent"]) == ["'219-09-9999' in notes"]
    assert traces_in_texts({"out": "Mr. QUILLFEATHER"}, ["Quillfeather"])
    assert len(FILES) >= 60


def test_planted_identifiers_stand_nowhere(
    data: Path,
    tmp_path: Path,
    engine: Engine,
    office: Office,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Through the commands: a dry run, loading, the log, the month board and undoing."""
    files = tmp_path / "files"
    files.mkdir()
    shell = Shell(engine.url.render_as_string(), files, capsys, monkeypatch)
    said: dict[str, str] = {}
    for number, each in enumerate(FILES):
        where = files / str(number) / each.name
        where.parent.mkdir()
        where.write_bytes(each.content)
        for way in (("--dry-run",), (), ("--format", "json")):
            ran = shell("ingest", str(where), "--practice", "lakeside", *each.options, *way)
            assert ran.status in (0, 1), (each.where, ran.err)
            said[f"ingest {each.where} {way}"] = ran.out + ran.err
    for arguments in (("uploads", "list"), ("status",), ("accounts", "list")):
        for form in ("table", "json"):
            ran = shell.done(*arguments, "--practice", "lakeside", "--format", form)
            said[f"{arguments} {form}"] = ran.out + ran.err
    log = uploads_list(engine, operator(), "lakeside")
    loaded = [row for row in log if row["status"] in ("loaded", "duplicate")]
    assert {row["status"] for row in log} == {"loaded", "duplicate", "refused"}
    for row in log:
        ran = shell.done("uploads", "show", str(row["id"]), "--practice", "lakeside")
        said[f"uploads show {row['id']}"] = ran.out + ran.err
    said["quarantine"] = str(in_quarantine(engine, operator(), "lakeside"))
    assert traces_in_texts(said, NEEDLES) == []
    assert traces_in_files(data, NEEDLES) == []
    for row in loaded[::3]:
        said[f"undo {row['id']}"] = undo(engine, operator(), "lakeside", row["id"])
    assert traces_in_texts(said, NEEDLES) == []
    assert traces_in_files(data, NEEDLES) == []


@pytest.mark.parametrize("each", FILES[:5] + FILES[-3:], ids=lambda each: each.where)
def test_nothing_stands_anywhere_while_a_file_is_read(
    data: Path, engine: Engine, office: Office, each: Planted
) -> None:
    """Looked for in the middle of the transaction, and of a dry run that gives rows back."""
    seen: list[str] = []

    def look(*_: object) -> None:
        seen.extend(traces_in_files(data, NEEDLES))
        looked.append(now())

    looked: list[str] = []
    for dry_run in (True, False):
        receipts = ingest(
            engine, operator(), "lakeside", io.BytesIO(each.content), each.name, allow_bad=True,
            dry_run=dry_run, given_back=GivenBack(), progress=look, look=look,
        )  # fmt: skip
        assert receipts[0].status != "refused", receipts[0].message
        shown = str([receipt_view(receipt, dry_run) for receipt in receipts]) + str(receipts)
        assert traces_in_texts({"page": shown}, NEEDLES) == []
    assert looked
    assert seen == []


def test_a_fault_in_the_middle_of_loading_tells_nobody_s_name(
    data: Path,
    engine: Engine,
    office: Office,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What breaks with the cell in its message is logged without it."""

    def fail(*_: object) -> None:
        raise ValueError(f"cannot read {PEOPLE}")

    monkeypatch.setattr("kpi.ingest.loading.refresh", fail)
    files = tmp_path / "files"
    files.mkdir()
    (files / "people.csv").write_bytes(FILES[0].content)
    shell = Shell(engine.url.render_as_string(), files, capsys, monkeypatch)
    ran = shell("ingest", str(files / "people.csv"), "--practice", "lakeside", "--allow-bad")
    assert ran.status == 70
    assert (data / "kpi.log").is_file()
    assert traces_in_texts({"said": ran.out + ran.err}, NEEDLES) == []
    assert traces_in_files(data, NEEDLES) == []


def test_what_is_undone_lingers_in_no_page_of_the_database(
    data: Path, engine: Engine, office: Office
) -> None:
    """A name in a free column is kept, because no rule tells it from a clinician's; undoing its
    upload takes it out of the file on the disk too, free pages and write-ahead log with it."""
    rows = "".join(f"A{n},2026-01-05 09:00,Seen,{NAME} {n}\n" for n in range(3_000))
    upload = office.load(f"appointment_id,start_at,status,provider\n{rows}")
    assert traces_in_files(data, [NAME])
    office.undo(upload)
    assert traces_in_files(data, [NAME]) == []


def test_a_location_that_is_undone_is_no_name_in_the_log_of_figures(
    data: Path, engine: Engine, office: Office
) -> None:
    """What moved is kept, so that figures can be followed; where, only while something names it."""
    day, header = "2026-01-05 09:00,Seen", "appointment_id,start_at,status,location\n"
    office.load(f"{header}A1,{day},North\n")
    upload = office.load(f"{header}A2,{day},{NAME}\n")
    assert traces_in_files(data, [NAME])
    office.undo(upload)
    assert traces_in_files(data, [NAME]) == []
    assert traces_in_files(data, ["North"])


def test_who_is_refused_leaves_no_file_behind(data: Path, engine: Engine, office: Office) -> None:
    before = {path for path in data.rglob("*") if path.is_file()}
    for each in FILES[-20:]:
        ingest(engine, operator(), "lakeside", io.BytesIO(each.content), each.name)
    assert {path for path in data.rglob("*") if path.is_file()} == before
    assert not os.listdir(data / "temporary")


def test_a_payer_who_is_the_row_s_own_patient_is_left_blank(office: Office) -> None:
    """The row is kept; another patient's row keeps its payer, and a number in both names nobody."""
    profile = (
        "title: claims\nheader: [Claim, Sent, Patient Name, Carrier]\nfeeds:\n  claims: "
        "{claim_id: Claim, submitted_date: Sent, payer: Carrier}\n"
    )
    save_profile(office.engine, operator(), "lakeside", "claims", profile)
    content = (
        f"Claim,Sent,Patient Name,Carrier\nC1,2026-01-05,{NAME},{NAME}\n"
        f"C2,2026-01-05,{NAME},Example Mutual\nC3,2026-01-05,17,17\n"
    )
    (receipt,) = ingest(
        office.engine, operator(), "lakeside", io.BytesIO(content.encode()), "claims.csv"
    )
    assert (receipt.added, receipt.blanked) == (3, 1)
    assert receipt.reasons == {"payer: patient_name": 1}
    table = records["claims"]
    with reading(office.engine) as connection:
        payers = set(connection.execute(select(table.c.payer)).scalars())
    assert payers == {None, "Example Mutual", "17"}


@pytest.mark.parametrize("kind", NUMBERS)
def test_each_kind_of_identifier_costs_its_row(office: Office, kind: str) -> None:
    receipt = office.offered(
        "appointment_id,start_at,status,provider\n"
        f'A1,2026-01-05 09:00,Seen,"{NUMBERS[kind]}"\nA2,2026-01-05 09:00,Seen,Dr. Example\n'
    )
    assert (receipt.added, receipt.reasons) == (1, {"looks_like_identifier": 1})
    assert upload_shown(office.engine, operator(), "lakeside", receipt.id or 0)["quarantine"] == [
        {"line": 2, "column": "provider", "reason": "looks_like_identifier", "found": None}
    ]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("provider", "Dr. Smith"), ("provider", "Provider 003"), ("provider", "Smith, John MD"),
        ("provider", "SMITHJ - Smith, John"), ("provider", "1234567893"),  # an NPI
        ("payer", "Blue Cross 65"), ("payer", "Self-pay"),
        ("payer", "Aetna PPO 60054"), ("payer", "Plan F 2026"), ("procedure_code", "99213"),
        ("procedure_code", "99213-25-59"), ("procedure_code", "430193006"),
        ("procedure_code", "00093-7214-10"), ("appointment_type", "New patient 30 min"),
        ("appointment_type", "30 MIN ST"), ("appointment_type", "2 View Chest CT"),
        ("appointment_type", "Flu shot 2026-27"), ("location", "120 Main Street"),
        ("location", "Suite 4, 7 Oak Ave"),
    ],
)  # fmt: skip
def test_what_names_no_patient_is_kept(office: Office, column: str, text: str) -> None:
    dataset = (
        "charge_id,posted_date,amount"
        if column == "procedure_code"
        else ("appointment_id,start_at,status")
    )
    cells = "C1,2026-01-05,10.00" if column == "procedure_code" else "A1,2026-01-05 09:00,Seen"
    receipt = office.offered(f'{dataset},{column}\n{cells},"{text}"\n')
    assert (receipt.added, receipt.reasons) == (1, {})


@pytest.mark.parametrize(
    "account", ["6010 Rent", "Loan 123456789", "Rent - 120 Main Street", "4000.10.20.1 Visits",
                "Equipment bought 2019-05-01"],
)  # fmt: skip
def test_accounts_keep_their_numbers(office: Office, account: str) -> None:
    receipt = office.offered(f"month,account,kind,amount\n2026-01,{account},expense,10.00\n")
    assert (receipt.added, receipt.reasons) == (1, {})


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("export 219-09-9999.csv", "export ***.csv"),
        ("Chart_No_7788124_visits.csv", "***visits.csv"),
        ("visits_2026-01-31.csv", "visits_2026-01-31.csv"),
        ("appointments 20260131123045.csv", "appointments 20260131123045.csv"),
        ("export_1769817600.csv", "export_1769817600.csv"),
        ("svc_financial_report_2026-01-01--2026-01-31.csv",
         "svc_financial_report_2026-01-01--2026-01-31.csv"),
    ],
)  # fmt: skip
def test_a_file_s_name_is_kept_without_somebody_s_number(
    office: Office, name: str, kept: str
) -> None:
    content = b"complaint_id,received_on\nK-1,2026-01-12\n"
    (receipt,) = ingest(office.engine, operator(), "lakeside", io.BytesIO(content), name)
    assert receipt.file == kept
