"""What is wrong is said in a sentence, the status tells whose fault it is, nothing changes."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from kpi.access.actor import Actor
from kpi.access.practices import Practice
from kpi.store.engine import connect, writing
from kpi.store.tables import practices
from tests.commands.running import Shell, held
from tests.databases import made, made_postgres, own_postgres
from tests.scored import ROLE, ledger, scored_office

AT = ("--practice", "lakeside")
PERIOD = ("--from", "2026-01", "--to", "2026-03")
GOOD = "complaint_id,received_on\nK900,2026-01-05\n"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def made_once(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str | None]]:
    """A folder with the office's key and, on SQLite, its database; else that one's name."""
    folder = tmp_path_factory.mktemp("made_once")
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("KPI_HOME", str(folder / "home"))
            if request.param == "sqlite":
                engine = made(f"sqlite:///{folder / 'rolecard.db'}")
            else:
                server = request.getfixturevalue("postgres_server")
                engine = stack.enter_context(made_postgres(server))
            scored_office(engine)
            engine.dispose()
        yield folder, None if request.param == "sqlite" else engine.url.database


@pytest.fixture
def engine(
    made_once: tuple[Path, str | None], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Engine]:
    """A copy of the scored office, of the test's own."""
    folder, template = made_once
    shutil.copytree(folder / "home", tmp_path / "home")
    if template is None:
        shutil.copy2(folder / "rolecard.db", tmp_path / "rolecard.db")
        found = connect(f"sqlite:///{tmp_path / 'rolecard.db'}")
        yield found
        found.dispose()
        return
    with own_postgres(request.getfixturevalue("postgres_server"), template) as url:
        found = connect(url)
        yield found
        found.dispose()


def workbook() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


BAD_FILES: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "is empty (0 bytes)"),
    "blank lines": ("\n\n \n", "holds only blank lines"),
    "header only": ("complaint_id,received_on\n", "has a header and no rows"),
    "unknown header": ("name,shoe size\nA,44\n", ""),
    "workbook": (workbook(), "is a damaged Excel workbook"),
    "web page": ("<html><table><tr><td>1</td></tr></table></html>", "is a web page (HTML)"),
    "PDF": (b"%PDF-1.7\n...", "is a PDF document"),
    "mostly bad rows": (
        "complaint_id,received_on\n" + "".join(f"K{at},soon\n" for at in range(9)),
        "9 of 9 rows of complaints cannot be read, so nothing was loaded",
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_loaded_changes_nothing(
    shell: Shell, engine: Engine, name: str
) -> None:
    content, sentence = BAD_FILES[name]
    before = held(engine)
    said = shell.refused("ingest", shell.file("export.csv", content), *AT)
    assert "export.csv" in said
    assert sentence in said
    assert len(said) < 600
    assert held(engine) == before
    listed = shell.done("uploads", "list", *AT, "--format", "json").document["uploads"]
    assert (listed[-1]["file"], listed[-1]["status"]) == ("export.csv", "refused")
    assert listed[-1]["message"] in said
    dry = shell("ingest", shell.file("export.csv", content), *AT, "--dry-run", "--format", "json")
    assert dry.status == 1
    assert dry.document["uploads"][0]["status"] == "refused"
    assert len(shell.done("uploads", "list", *AT, "--format", "json").document["uploads"]) == len(
        listed
    )


def test_a_file_that_is_not_there(shell: Shell, engine: Engine) -> None:
    before = held(engine)
    assert "cannot be read" in shell.refused("ingest", str(shell.folder / "none.csv"), *AT)
    assert held(engine) == before


def test_of_several_files_the_good_ones_are_loaded(shell: Shell, engine: Engine) -> None:
    files = [
        shell.file("one.csv", GOOD),
        shell.file("two.csv", ""),
        shell.file("three.csv", "<html></html>"),
        shell.file("four.csv", GOOD.replace("K900", "K901")),
    ]
    ran = shell("ingest", *files, *AT)
    assert ran.status == 1
    assert [line.split(":")[0] for line in ran.out.splitlines() if "loaded:" in line] == [
        "one.csv",
        "four.csv",
    ]
    assert len(ran.err.splitlines()) == 2
    assert "two.csv" in ran.err
    assert "three.csv" in ran.err


BAD_COMMANDS = {
    "practice": (("status", "--practice", "lakesid"), "Did you mean 'lakeside'?"),
    "manager": (("score", "--manager", "dan", *PERIOD), "Did you mean 'dana'?"),
    "KPI": (("explain", "overhead_rato", "--manager", "dana", *PERIOD),
            "Did you mean 'overhead_ratio'?"),
    "no months": (("score", "--manager", "dana", "--from", "2020-01", "--to", "2020-03"),
                  "no assignment from 2020-01 to 2020-03"),
    "dataset": (("template", "appointment"), "Did you mean 'appointments'?"),
    "role not there": (("role", "publish", "none.yaml", *AT), "none.yaml cannot be read"),
    "rows into no folder": (
        ("explain", "overhead_ratio", "--manager", "dana", *PERIOD, "--rows", "none/rows.csv"),
        "none/rows.csv cannot be read or written"),
    "scorecard into no folder": (
        ("scorecard", "--manager", "dana", *PERIOD, "-o", "none/card.html"),
        "none/card.html cannot be read or written"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_COMMANDS)
def test_a_name_that_is_not_there(shell: Shell, engine: Engine, name: str) -> None:
    before = held(engine)
    arguments, sentence = BAD_COMMANDS[name]
    assert sentence in shell.refused(*arguments)
    assert held(engine) == before


def test_a_wrong_practice_changes_nothing(shell: Shell, engine: Engine) -> None:
    before = held(engine)
    file = shell.file("good.csv", GOOD)
    role = shell.file("role.yaml", ROLE)
    for arguments in (
        ("ingest", file), ("attest", "complaints", "--month", "2026-05"), ("uploads", "list"),
        ("uploads", "undo", "1"), ("accounts", "list"), ("accounts", "set", "Rent", "rent"),
        ("role", "publish", role), ("status",),
    ):  # fmt: skip
        said = shell.refused(*arguments, "--practice", "lakeside2")
        assert "There is no practice 'lakeside2'. Did you mean 'lakeside'?" in said
    assert held(engine) == before


BAD_ROLES = {
    "not YAML": ("role: [1,\n", "role.yaml"),
    "empty": ("", "role.yaml"),
    "weights": (ROLE.replace("weight: 40", "weight: 41"), "101"),
    "unknown KPI": (ROLE.replace("kpi: overhead_ratio", "kpi: overhead_ration"), "overhead_ratio"),
    "unknown key": (ROLE.replace("stretch:", "strech:"), "stretch"),
    "wrong unit": (ROLE.replace("target: 60%", "target: 60 days"), "target"),
    "missing section": (ROLE.replace("benefits:\n  pto: 20 days a year\n", ""), "benefits"),
}


@pytest.mark.parametrize("name", BAD_ROLES)
def test_a_broken_role_publishes_nothing(shell: Shell, engine: Engine, name: str) -> None:
    before = held(engine)
    text, word = BAD_ROLES[name]
    role = shell.file("role.yaml", text.replace('"2026.1"', '"2026.9"'))
    for arguments in (("check", role), ("publish", role, *AT, "--retroactive", "a test")):
        ran = shell("role", *arguments)
        assert ran.status == 1
        said = ran.out + ran.err
        assert "role.yaml" in said
        assert word in said
        assert "Traceback" not in said
    assert held(engine) == before


# -- status 2: wrong usage ----------------------------------------------------------------------

WRONG_USAGE = [
    ("score", "--manager", "dana", "--from", "2026-13", "--to", "2026-03"),
    ("score", "--manager", "dana", "--from", "January", "--to", "2026-03"),
    ("score", "--manager", "dana", "--from", "2026-1", "--to", "2026-03"),
    ("score", "--manager", "dana", "--to", "2026-03"),
    ("score", *PERIOD),
    ("explain", "overhead_ratio", "--manager", "dana", "--from", "2026-00", "--to", "2026-03"),
    ("attest", "complaints", *AT, "--month", "2026-02-01"),
    ("attest", "complaints", *AT),
    ("ingest", "good.csv", *AT, "--covers", "2026-01-2026-03"),
    ("ingest", "good.csv", *AT, "--covers", "2026-03..2026-01"),
    ("ingest", *AT),
    ("ingest", "good.csv"),
    ("uploads", "undo", "one", *AT),
    ("manager", "end", "dana", "--to", "soon"),
    ("status", *AT, "--format", "xml"),
    ("serve", "--port", "99999999"),
    ("sing",),
    ("practice", "sing"),
    ("status", *AT, "--loud"),
]


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_wrong_usage(shell: Shell, engine: Engine, arguments: tuple[str, ...]) -> None:
    before = held(engine)
    ran = shell(*arguments)
    assert ran.status == 2
    assert "Usage: kpi" in ran.err
    assert "Error: " in ran.err
    assert ran.out == ""
    assert held(engine) == before


def test_a_month_that_is_none_is_explained(shell: Shell) -> None:
    ran = shell("score", "--manager", "dana", "--from", "2026-13", "--to", "2026-03")
    assert "'2026-13' is not a month; write it as YYYY-MM, for example 2026-01" in ran.err


# -- which database -----------------------------------------------------------------------------


def test_the_database_before_and_after_the_command_or_from_the_environment(
    shell: Shell, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("practice", "list", "--format", "json")
    before = shell.bare("--db", shell.url, *asked)
    after = shell.bare(*asked, "--db", shell.url)
    assert before.status == after.status == 0
    assert before.out == after.out
    assert "lakeside" in before.out
    monkeypatch.setenv("KPI_DATABASE_URL", shell.url)
    assert shell.bare(*asked).out == before.out
    monkeypatch.setenv("KPI_DATABASE_URL", "sqlite:///none.db")
    assert shell.bare(*asked, "--db", shell.url).out == before.out  # what is said goes first
    said = shell.bare(*asked)
    assert said.status == 1
    assert said.err.startswith("kpi: There is no database at none.db yet")
    assert not Path("none.db").exists()


def test_without_any_the_database_is_a_file_in_the_home(shell: Shell) -> None:
    home = Path(os.environ["KPI_HOME"])
    said = shell.bare("practice", "list")
    assert said.status == 1
    assert (
        f"There is no database at {home / 'rolecard.db'} yet; make one with: kpi init" in said.err
    )
    assert shell.bare("init").status == 0
    assert (home / "rolecard.db").is_file()
    assert shell.bare("practice", "list").status == 0


def test_init_where_no_folder_can_be_made(shell: Shell) -> None:
    shell.file("file", "a file")
    ran = shell.bare("init", "--db", f"sqlite:///{shell.folder / 'file' / 'rolecard.db'}")
    assert ran.status == 1
    assert "cannot be read or written" in ran.err


# -- status 70: our own fault -------------------------------------------------------------------


def test_a_fault_gives_a_number_and_the_log_holds_no_values(
    shell: Shell, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = ("Jane Doe, born 1970", "Jane Doe, 123-45-6789")

    def failing(broken: Engine, _actor: Actor) -> list[Practice]:
        try:
            int(typed[0])
        except ValueError:
            row = {"id": "jane", "name": typed[1], "timezone": None, "fiscal_start": 1}
            with writing(broken) as connection:
                connection.execute(insert(practices).values(**row, revision=0))
        return []

    monkeypatch.setattr("kpi.access.practices.list_practices", failing)
    ran = shell("practice", "list")
    assert ran.status == 70
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert "Jane" not in ran.err
    reference = ran.err.split("Reference ")[1][:8]
    log = (Path(os.environ["KPI_HOME"]) / "kpi.log").read_text(encoding="utf-8")
    (line,) = log.splitlines()
    event = json.loads(line)
    assert (event["event"], event["reference"]) == ("fault", reference)
    first, *_, last = event["errors"]
    assert first["kind"] == "builtins.ValueError"
    assert first["places"][-1].endswith(" in failing")
    assert last["kind"] == "sqlalchemy.exc.IntegrityError"
    assert last["statement"].startswith("INSERT INTO practices")
    for value in ("Jane", "123-45-6789", "1970"):
        assert value not in log


# -- as a process of its own --------------------------------------------------------------------


def test_as_a_process(tmp_path: Path) -> None:
    def kpi(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kpi", *arguments], capture_output=True, text=True,
            cwd=tmp_path, encoding="utf-8", check=False,
        )  # fmt: skip

    (tmp_path / "ledger.csv").write_text(ledger("2026-01"), encoding="utf-8")
    assert kpi("init").returncode == 0
    assert kpi("practice", "add", "lakeside", "--name", "Lakeside").returncode == 0
    assert kpi("ingest", "ledger.csv", *AT).returncode == 0
    ran = kpi("ingest", "none.csv", *AT)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("kpi: none.csv cannot be read")
    assert kpi("sing").returncode == 2
