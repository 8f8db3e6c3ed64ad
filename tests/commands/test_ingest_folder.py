"""``kpi ingest FOLDER``: each file for itself, one summary, and once more without harm."""

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from kpi.ingest import ingestion
from tests.commands.running import Shell, held
from tests.scored import ledger

AT = ("--practice", "lakeside")
JSON = ("--format", "json")
FIRST = "complaint_id,received_on,resolved_on\nK1,2026-01-05,2026-01-09\nK2,2026-01-06,\n"
CORRECTED = FIRST.replace("2026-01-09", "2026-01-12")


@pytest.fixture
def exports(shell: Shell) -> Path:
    """A practice, and a folder with a file, its correction, a ledger and one that is no table."""
    shell.done("practice", "add", "lakeside", "--name", "Lakeside")
    folder = shell.folder / "exports"
    (folder / "2025").mkdir(parents=True)
    (folder / "complaints.csv").write_text(FIRST)
    (folder / "complaints corrected.csv").write_text(CORRECTED)
    (folder / "ledger.csv").write_text(ledger("2026-01"))
    (folder / "report.pdf").write_bytes(b"%PDF-1.7\n...")
    (folder / "~$ledger.xlsx").touch()
    return folder


def test_each_file_has_its_receipt_and_the_good_ones_are_loaded(
    shell: Shell, exports: Path
) -> None:
    ran = shell("ingest", str(exports), *AT, *JSON)
    assert ran.status == 1
    found = ran.document
    assert [(each["file"], each["status"]) for each in found["uploads"]] == [
        ("complaints.csv", "loaded"),
        ("complaints corrected.csv", "loaded"),
        ("ledger.csv", "loaded"),
        ("report.pdf", "refused"),
    ]
    assert [each["changed"] for each in found["uploads"]] == [0, 1, 0, 0]
    assert [each["file"] for each in found["not_read"]] == ["2025", "~$ledger.xlsx"]
    assert ran.err.startswith("kpi: report.pdf is a PDF document.")


def test_one_summary_says_what_there_is_now_and_what_to_do(shell: Shell, exports: Path) -> None:
    ran = shell("ingest", str(exports), *AT)
    summary = ran.out.rpartition("\n\n")[2].splitlines()
    assert summary == [
        "4 files: 3 loaded, 1 refused.",
        "6 rows read: 4 added, 1 changed, 1 unchanged.",
        "complaints: complete 2026-01.",
        "ledger: complete 2026-01.",
        "1 file refused: do what is said above, and run the command again.",
        "What is still missing, and which KPIs need it: kpi status --practice lakeside",
    ]
    assert "2025: not read, a folder in the folder; name it to load what is in it." in ran.out


def test_the_same_folder_again_is_skipped_and_brings_no_older_values_back(
    shell: Shell, engine: Engine, exports: Path
) -> None:
    shell("ingest", str(exports), *AT)
    before = held(engine)
    again = shell("ingest", str(exports), *AT, *JSON).document["uploads"]
    assert [(each["id"], each["status"], each["read"]) for each in again[:3]] == [
        (1, "duplicate", 0), (2, "duplicate", 0), (3, "duplicate", 0),
    ]  # fmt: skip
    assert held(engine) == before
    said = shell("ingest", str(exports), *AT).out
    assert "complaints.csv: skipped: the same file stands in the log already, as upload 1" in said
    assert "4 files: 0 loaded, 3 skipped, in the log already, 1 refused." in said
    assert "rows read" not in said


def test_an_interrupted_folder_goes_on_where_it_was(
    shell: Shell, engine: Engine, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (exports / "report.pdf").unlink()
    real, begun = ingestion.ingest, []

    def interrupted(*arguments: Any, **options: Any) -> Any:
        begun.append(arguments[4])
        if len(begun) == 3:
            raise KeyboardInterrupt
        return real(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(ingestion, "ingest", interrupted)
        ran = shell("ingest", str(exports), *AT)
    assert ran.status == 1
    assert "kpi: stopped; 2 of 3 files are done" in ran.err
    ran = shell.done("ingest", str(exports), *AT)
    assert "3 files: 1 loaded, 2 skipped, in the log already." in ran.out
    assert len(held(engine)["ledger"]) == 2


def test_a_copy_in_the_folder_is_loaded_once_and_an_undone_file_again(
    shell: Shell, exports: Path
) -> None:
    (exports / "report.pdf").unlink()
    (exports / "ledger copy.csv").write_text(ledger("2026-01"))
    found = shell.done("ingest", str(exports), *AT, *JSON).document["uploads"]
    assert [each["status"] for each in found] == ["loaded", "loaded", "loaded", "duplicate"]
    shell.done("uploads", "undo", "3", *AT)
    found = shell.done("ingest", str(exports), *AT, *JSON).document["uploads"]
    assert [(each["file"], each["status"]) for each in found[2:]] == [
        ("ledger.csv", "loaded"), ("ledger copy.csv", "duplicate"),
    ]  # fmt: skip


def test_a_file_that_cannot_be_opened_leaves_the_others(shell: Shell, exports: Path) -> None:
    (exports / "report.pdf").unlink()
    os.symlink(exports / "gone.csv", exports / "a.csv")
    ran = shell("ingest", str(exports), *AT, *JSON)
    assert ran.status == 1
    assert "a.csv cannot be read" in ran.err
    assert [each["status"] for each in ran.document["uploads"]] == [
        "refused", "loaded", "loaded", "loaded",
    ]  # fmt: skip


def test_a_dry_run_of_a_folder_changes_nothing(shell: Shell, engine: Engine, exports: Path) -> None:
    before = held(engine)
    ran = shell("ingest", str(exports), *AT, "--dry-run")
    assert held(engine) == before
    assert "4 files: 3 would be loaded, 1 refused." in ran.out
    assert "Nothing was changed." in ran.out
    assert shell.done("uploads", "list", *AT, *JSON).document == {"uploads": []}


def test_folders_and_names_that_are_nothing(shell: Shell, engine: Engine, exports: Path) -> None:
    empty = shell.folder / "empty"
    empty.mkdir()
    assert "empty holds no file to load; it is empty." in shell.refused("ingest", str(empty), *AT)
    before = held(engine)
    for wrong, said in (
        (("--practice", "lakesid"), "Did you mean 'lakeside'?"),
        ((*AT, "--profile", "synthea_encounter"), "Did you mean 'synthea_encounters'?"),
        ((*AT, "--as", "complaint"), "Did you mean 'complaints'?"),
    ):
        ran = shell("ingest", str(exports), *wrong)
        assert (ran.status, ran.out) == (1, "")
        assert said in ran.err
    assert held(engine) == before
    ran = shell("ingest", str(empty), str(exports / "ledger.csv"), *AT)
    assert ran.status == 1
    assert "ledger.csv: upload 1, loaded: ledger for 2026-01" in ran.out
