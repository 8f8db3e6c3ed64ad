"""``kpi ingest --quarantine-out``: refused rows are given back, mended and loaded."""

import csv
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import Shell

AT = ("--practice", "lakeside")
JSON = ("--format", "json")
FEW_BAD = (
    "complaint_id,received_on,resolved_on\nK1,2026-01-05,\nK2,soon,2026-01-20\nK3,2026-01-07,\n"
)
MOSTLY_BAD = "complaint_id,received_on\nK1,2026-01-05\n" + "".join(
    f"B{at},2026-01-{at + 40}\n" for at in range(9)
)


@pytest.fixture
def office(shell: Shell) -> Shell:
    shell.done("practice", "add", "lakeside", "--name", "Lakeside")
    return shell


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def january(shell: Shell, dataset: str = "complaints") -> dict[str, Any]:
    found = shell.done("status", *AT, *JSON).document["months"]
    (entry,) = [each for each in found if (each["dataset"], each["month"]) == (dataset, "2026-01")]
    return dict(entry)


def test_mended_rows_settle_the_quarantine(office: Shell) -> None:
    target = office.folder / "bad.csv"
    ran = office.done("ingest", office.file("k.csv", FEW_BAD), *AT, "--quarantine-out", str(target))
    assert f"Refused rows of complaints: {target}." in " ".join(ran.err.split())
    assert january(office)["quarantined"] == 1
    assert rows(target) == [
        {"refused_line": "3",
         "refused_because": "received_on: is not a date; write it as YYYY-MM-DD.",
         "complaint_id": "K2", "received_on": "soon", "resolved_on": "2026-01-20"}
    ]  # fmt: skip
    target.write_text(target.read_text(encoding="utf-8-sig").replace("soon", "2026-01-18"))
    found = office.done("ingest", str(target), *AT, *JSON).document["uploads"][0]
    assert (found["read"], found["added"], found["quarantined"]) == (1, 1, 0)
    assert (january(office)["rows"], january(office)["quarantined"]) == (3, 0)


def test_a_refused_file_gives_its_bad_rows_back_too(office: Shell) -> None:
    target, file = office.folder / "bad.csv", office.file("k.csv", MOSTLY_BAD)
    ran = office("ingest", file, *AT, "--quarantine-out", str(target), *JSON)
    assert ran.status == 1
    assert ran.document["uploads"][0]["status"] == "refused"
    assert [row["complaint_id"] for row in rows(target)] == [f"B{at}" for at in range(9)]
    mended = target.read_text(encoding="utf-8-sig").replace("2026-01-4", "2026-01-1")
    target.write_text(mended)
    office.done("ingest", file, *AT, "--allow-bad")
    assert january(office)["quarantined"] == 9
    office.done("ingest", str(target), *AT)
    assert (january(office)["rows"], january(office)["quarantined"]) == (10, 0)


def test_nothing_is_overwritten_and_it_is_said_before_anything_is_loaded(office: Shell) -> None:
    file, there = office.file("k.csv", FEW_BAD), office.file("there.csv", "mine")
    said = office.refused("ingest", file, *AT, "--quarantine-out", there)
    assert "there.csv is there already and is not overwritten" in said
    assert Path(there).read_text() == "mine"
    said = office.refused("ingest", file, *AT, "--quarantine-out", str(office.folder / "x" / "y"))
    assert "is no folder" in said
    ran = office("ingest", file, *AT, "--quarantine-out", str(office.folder))
    assert ran.status == 2
    assert "is a directory" in ran.err
    assert office.done("uploads", "list", *AT, *JSON).document == {"uploads": []}


def test_without_refused_rows_there_is_no_file(office: Shell) -> None:
    target = office.folder / "bad.csv"
    good = office.file("k.csv", "complaint_id,received_on\nK1,2026-01-05\n")
    office.done("ingest", good, *AT, "--quarantine-out", str(target))
    assert not target.exists()


def test_several_files_write_one_each_named_for_file_and_dataset(office: Shell) -> None:
    one, two = office.file("one.csv", FEW_BAD), office.file("two.csv", FEW_BAD.replace("K", "L"))
    office.file("bad-two-complaints.csv", "mine")
    office.done("ingest", one, two, *AT, "--quarantine-out", str(office.folder / "bad.csv"))
    assert rows(office.folder / "bad-one-complaints.csv")[0]["complaint_id"] == "K2"
    assert (office.folder / "bad-two-complaints.csv").read_text() == "mine"
    assert rows(office.folder / "bad-two-complaints-2.csv")[0]["complaint_id"] == "L2"


def test_a_dataset_of_whole_periods_is_mended_in_the_export(office: Shell) -> None:
    text = "month,account,kind,amount\n2026-01,Fees,revenue,1000\n2026-01,Rent,expense,much\n"
    target = office.folder / "bad.csv"
    ran = office.done("ingest", office.file("l.csv", text), *AT, "--quarantine-out", str(target))
    assert "ledger is replaced by whole periods" in " ".join(ran.err.split())
    assert "kpi ingest" not in ran.err
    (row,) = rows(target)
    assert row["amount"] == "much"
    assert "Mend it in the export and load that whole" in row["refused_because"]
    target.write_text(target.read_text(encoding="utf-8-sig").replace("much", "400"))
    said = office.refused("ingest", str(target), *AT, "--replace")
    assert "holds only the rows that were refused" in said
    assert "would take away all other rows of its month" in said
    assert january(office, "ledger")["rows"] == 1
    whole = office.file("whole.csv", text.replace("much", "400"))
    found = office.done("ingest", whole, *AT, *JSON).document["uploads"][0]
    assert (found["added"], found["unchanged"], found["removed"]) == (1, 1, 0)
    assert january(office, "ledger")["quarantined"] == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_its_owner_reads_the_file(office: Shell) -> None:
    target = office.folder / "bad.csv"
    office.done("ingest", office.file("k.csv", FEW_BAD), *AT, "--quarantine-out", str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
