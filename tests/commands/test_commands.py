"""Every command: what it does, what it prints, and the field names of its JSON."""

import csv
import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.catalogue import kpis
from kpi.cli import COMMANDS
from kpi.datasets import all_datasets
from tests.commands.running import Shell
from tests.office import Office
from tests.review.test_explanation import FIELDS as EXPLAIN_FIELDS
from tests.review.test_scoring import KPI_FIELDS, SCORE_FIELDS
from tests.scored import ROLE, complaints, ledger, scored_office, surveys

PERIOD = ("--from", "2026-01", "--to", "2026-03")
AT = ("--practice", "lakeside")
JSON = ("--format", "json")

RECEIPT_FIELDS = {
    "id", "file", "sha256", "dataset", "profile", "practice", "months", "read", "added", "changed",
    "unchanged", "left_out", "quarantined", "removed", "blanked", "reasons", "status", "message",
}  # fmt: skip


def start(shell: Shell) -> None:
    """A practice with nothing in it and its manager."""
    shell.done("practice", "add", "lakeside", "--name", "Lakeside")
    shell.done("manager", "add", "dana", "--name", "Dana", *AT, "--from", "2025-01")


# -- the whole way ------------------------------------------------------------------------------


def test_from_an_empty_database_to_a_score(shell: Shell) -> None:
    start(shell)
    files = []
    for month in ("2026-01", "2026-02", "2026-03"):
        files.append(shell.file(f"ledger-{month}.csv", ledger(month)))
        files.append(shell.file(f"surveys-{month}.csv", surveys(month)))
        files.append(shell.file(f"complaints-{month}.csv", complaints(month)))
    loaded = shell.done("ingest", *files, *AT)
    assert loaded.out.count(", loaded: ") == 9
    for month in ("2026-01", "2026-02", "2026-03"):
        shell.done("attest", "incidents", *AT, "--month", month, "--by", "Dana")
    role = shell.file("role.yaml", ROLE)
    shell.done("role", "publish", role, *AT, "--retroactive", "a test")
    found = shell.done("score", "--manager", "dana", *PERIOD, *JSON).document
    assert list(found) == SCORE_FIELDS
    assert all(list(row) == KPI_FIELDS for row in found["kpis"])
    assert found["score"] == pytest.approx(67.5, rel=1e-12)
    table = shell.done("score", "--manager", "dana", *PERIOD).out
    assert "67.5" in table
    assert "Overhead" in table
    assert "65" in table


# -- one by one ---------------------------------------------------------------------------------


def test_each_command_explains_itself(shell: Shell) -> None:
    overview = shell.bare("--help")
    assert overview.status == 0
    for name in COMMANDS:
        assert name in overview.out
        own = shell.bare(name, "--help")
        assert own.status == 0
        assert "Usage: kpi" in own.out
    assert shell.bare("--version").out.startswith("kpi, version ")


def test_init_makes_the_database_and_the_key_once(shell: Shell, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'own.db'}"
    first = shell.bare("init", "--db", url)
    assert first.status == 0
    assert str(tmp_path / "new" / "own.db") in first.out
    assert "protected health information" in first.out
    assert shell.bare("--db", url, "init").status == 0
    assert shell.bare("practice", "list", "--db", url).status == 0


def test_practices(shell: Shell) -> None:
    assert shell.done("practice", "list", *JSON).document == {"practices": []}
    shell.done("practice", "add", "lakeside", "--name", "Lakeside", "--timezone",
               "America/New_York", "--fiscal-start", "7")  # fmt: skip
    assert shell.done("practice", "list", *JSON).document == {
        "practices": [
            {"id": "lakeside", "name": "Lakeside", "timezone": "America/New_York",
             "fiscal_start": 7}
        ]
    }  # fmt: skip
    assert "Lakeside" in shell.done("practice", "list").out
    assert "already" in shell.refused("practice", "add", "lakeside", "--name", "Lakeside")
    said = shell.refused("practice", "add", "b", "--name", "B", "--timezone", "America/NewYork")
    assert "Did you mean 'America/New_York'?" in said
    assert "small letters" in shell.refused("practice", "add", "My Office", "--name", "B")
    for start in ("0", "13", "x"):
        assert shell("practice", "add", "b", "--name", "B", "--fiscal-start", start).status == 2


def test_managers(shell: Shell) -> None:
    start(shell)
    shell.done("manager", "add", "eve", "--name", "Eve", *AT, "--from", "2025-01", "--to",
               "2025-12", "--role", "front-desk-lead", "--location", "West", "--location",
               "East")  # fmt: skip
    found = shell.done("manager", "list", *JSON).document["assignments"]
    assert found == [
        {"manager": "dana", "name": "Dana", "practice": "lakeside",
         "role": "medical-office-manager", "from": "2025-01", "to": None, "locations": [],
         "leave": []},
        {"manager": "eve", "name": "Eve", "practice": "lakeside", "role": "front-desk-lead",
         "from": "2025-01", "to": "2025-12", "locations": ["East", "West"],
         "leave": []},
    ]  # fmt: skip
    away = ("manager", "leave", "dana", *AT, "--from", "2026-02", "--to", "2026-03")
    assert "these months do not score" in shell.done(*away).out
    found = shell.done("manager", "list", *JSON).document["assignments"]
    assert found[0]["leave"] == [{"from": "2026-02", "to": "2026-03"}]
    assert "2026-02 to 2026-03" in shell.done("manager", "list").out
    assert "already" in shell.refused(*away)
    assert "not on leave" in shell.done(*away, "--withdraw").out
    shell.done("manager", "end", "dana", "--to", "2026-06")
    found = shell.done("manager", "list", *JSON).document["assignments"]
    assert found[0]["to"] == "2026-06"
    assert "no open assignment" in shell.refused("manager", "end", "dana", "--to", "2026-07")
    assert "Did you mean 'dana'?" in shell.refused("manager", "end", "dan", "--to", "2026-07")
    said = shell.refused("manager", "add", "x", "--name", "X", "--practice", "lakesid", "--from",
                         "2026-01")  # fmt: skip
    assert "Did you mean 'lakeside'?" in said


def test_the_template_of_every_dataset_is_its_own_header(shell: Shell) -> None:
    for dataset in all_datasets():
        printed = shell.bare("template", dataset.name)
        assert printed.out == ",".join(dataset.names) + "\n"
        described = shell.bare("template", dataset.name, "--describe")
        assert all(name in described.out for name in dataset.names)
    described = shell.bare("template", "incidents", "--describe", *JSON).document
    assert described["dataset"] == "incidents"
    kind = described["columns"][1]
    assert kind["name"] == "kind"
    assert kind["required"] is True
    assert kind["choices"] == ["hipaa", "osha", "billing", "ethics"]
    assert "Did you mean 'incidents'?" in shell.refused("template", "incident")


def test_a_receipt_in_full(shell: Shell) -> None:
    start(shell)
    file = shell.file(
        "k.csv",
        "complaint_id,received_on,resolved_on\nK1,2026-01-05,\nK2,soon,\nK3,2026-02-05,never\n",
    )
    dry = shell.done("ingest", file, *AT, "--dry-run", *JSON).document["uploads"]
    assert shell.done("uploads", "list", *AT, *JSON).document == {"uploads": []}
    found = shell.done("ingest", file, *AT, *JSON).document["uploads"]
    assert len(found) == 1
    assert set(found[0]) >= RECEIPT_FIELDS
    assert {**found[0], "id": None} == dry[0]
    counts = {name: found[0][name] for name in
              ("read", "added", "changed", "unchanged", "left_out", "quarantined", "removed",
               "blanked")}  # fmt: skip
    assert counts == {"read": 3, "added": 2, "changed": 0, "unchanged": 0, "left_out": 0,
                      "quarantined": 1, "removed": 0, "blanked": 1}  # fmt: skip
    assert found[0]["months"] == ["2026-01", "2026-02"]
    assert sum(found[0]["reasons"].values()) == 2
    assert len(found[0]["sha256"]) == 64
    again = shell.done("ingest", file, *AT, *JSON).document["uploads"][0]
    assert (again["status"], again["unchanged"]) == ("duplicate", 2)


def test_the_same_file_twice_is_a_duplicate(shell: Shell) -> None:
    start(shell)
    file = shell.file("l.csv", ledger("2026-01"))
    first = shell.done("ingest", file, *AT, *JSON).document["uploads"][0]
    second = shell.done("ingest", file, *AT, *JSON).document["uploads"][0]
    assert (first["status"], second["status"]) == ("loaded", "duplicate")
    assert second["unchanged"] == 2
    assert second["sha256"] == first["sha256"]


def test_uploads_listed_shown_and_undone(shell: Shell, engine: Engine) -> None:
    start(shell)
    file = shell.file("k.csv", "complaint_id,received_on\nK1,2026-01-05\nK2,soon\n")
    shell.done("ingest", file, *AT)
    shell.done("attest", "incidents", *AT, "--month", "2026-01")
    shell("ingest", shell.file("empty.csv", ""), *AT)
    found = shell.done("uploads", "list", *AT, *JSON).document["uploads"]
    assert [(each["id"], each["file"], each["dataset"], each["status"]) for each in found] == [
        (1, "k.csv", "complaints", "loaded"),
        (2, None, "incidents", "loaded"),
        (3, "empty.csv", None, "refused"),
    ]
    shown = shell.done("uploads", "show", "1", *AT, *JSON).document
    assert [(row["line"], row["column"]) for row in shown["quarantine"]] == [(3, "received_on")]
    assert "K2" not in json.dumps(shown)
    assert "received_on" in shell.done("uploads", "show", "1", *AT).out
    shell.done("uploads", "show", "2", *AT)
    for upload in ("1", "2"):
        assert "is undone" in shell.done("uploads", "undo", upload, *AT).out
        assert "was undone already" in shell.refused("uploads", "undo", upload, *AT)
    assert "was refused already" in shell.refused("uploads", "undo", "3", *AT)
    assert "has no upload 9" in shell.refused("uploads", "undo", "9", *AT)
    assert "has no upload 9" in shell.refused("uploads", "show", "9", *AT)
    found = shell.done("uploads", "list", *AT, *JSON).document["uploads"]
    assert [each["status"] for each in found] == ["undone", "undone", "refused"]
    shell.done("practice", "add", "hillcrest", "--name", "Hillcrest")
    assert "hillcrest has no upload 1" in shell.refused(
        "uploads", "show", "1", "--practice", "hillcrest"
    )
    assert Office(engine, "other").state("incidents", "2026-01").state == "missing"


def test_accounts(shell: Shell) -> None:
    start(shell)
    text = "month,account,kind,amount\n2026-01,Fees,revenue,9\n2026-01,Wages,expense,5.50\n"
    shell.done("ingest", shell.file("l.csv", text), *AT)
    found = shell.done("accounts", "list", *AT, *JSON).document["accounts"]
    assert [(each["account"], each["category"], each["proposed"], each["amount"])
            for each in found] == [("Wages", None, "payroll", 5.5)]  # fmt: skip
    shell.done("accounts", "set", "Wages", "payroll", *AT)
    found = shell.done("accounts", "list", *AT, *JSON).document["accounts"]
    assert found[0]["category"] == "payroll"
    assert "Wages" in shell.done("accounts", "list", *AT).out
    said = shell.refused("accounts", "set", "Wages", "payrol", *AT)
    assert "Did you mean 'payroll'?" in said
    assert "Did you mean 'Wages'?" in shell.refused("accounts", "set", "Wage", "payroll", *AT)


def test_status(shell: Shell, engine: Engine) -> None:
    start(shell)
    assert "has no data yet" in shell.done("status", *AT).out
    assert shell.done("status", *AT, *JSON).document == {"months": []}
    shell.done("ingest", shell.file("l.csv", ledger("2026-01")), *AT)
    found = shell.done("status", *AT, *JSON).document["months"]
    entry = next(each for each in found if each["dataset"] == "ledger")
    fields = ("dataset", "month", "state", "rows", "quarantined", "last_day", "needed_by")
    assert [entry[name] for name in fields] == ["ledger", "2026-01", "complete", 2, 0, None, []]
    assert "complete" in shell.done("status", *AT).out


def test_attest(shell: Shell) -> None:
    start(shell)
    said = shell.done("attest", "complaints", *AT, "--month", "2026-01", "--by", "Dr. Example")
    assert "entry 1 of the log" in said.out
    assert "declared empty already" in shell.refused(
        "attest", "complaints", *AT, "--month", "2026-01"
    )
    assert "Only audits, complaints, incidents, training" in shell.refused(
        "attest", "ledger", *AT, "--month", "2026-01"
    )
    assert "Did you mean 'incidents'?" in shell.refused(
        "attest", "incident", *AT, "--month", "2026-01"
    )
    found = shell.done("uploads", "list", *AT, *JSON).document["uploads"][0]
    assert (found["kind"], found["months"]) == ("attestation", ["2026-01"])
    assert "Dr. Example declares" in found["message"]


def test_role_check(shell: Shell) -> None:
    good = shell.file("role.yaml", ROLE)
    assert shell.bare("role", "check", good).status == 0
    broken = shell.file("broken.yaml", ROLE.replace("weight: 40", "weight: 50").replace(
        "target: 60%", "target: 60 days"))  # fmt: skip
    ran = shell.bare("role", "check", broken, *JSON)
    assert ran.status == 1
    findings = ran.document["findings"]
    assert all(
        list(each) == ["level", "rule", "path", "line", "column", "message", "remedy"]
        for each in findings
    )
    assert {"unit", "weights"} <= {each["rule"] for each in findings}
    table = shell.bare("role", "check", broken)
    assert table.status == 1
    assert "broken.yaml" in table.out


def test_role_check_of_a_practice_its_answers_and_its_coverage(
    shell: Shell, engine: Engine
) -> None:
    scored_office(engine)
    text = ROLE.replace('"2026.1"', '"2026.2"') + (
        "accepted:\n  - {rule: heavy-kpi, reason: The first year has one aim.}\n"
    )
    role = shell.file("role.yaml", text.replace("satisfaction_score", "no_show_rate").replace(
        "floor: 60\n      target: 80", "floor: 12%\n      target: 5%"))  # fmt: skip
    found = shell.bare("role", "check", role, *JSON).document["findings"]
    without = {each["rule"] for each in found}
    ran = shell.done("role", "check", role, *AT, *JSON)
    lines = {each["rule"]: each["line"] for each in ran.document["findings"]}
    assert lines.keys() - without == {"kpi-without-data"}
    assert lines["kpi-without-data"] == 28
    assert list(ran.document) == ["findings", "answered", "coverage"]
    (answered, _) = ran.document["answered"]
    assert (answered["rule"], answered["reason"]) == ("heavy-kpi", "The first year has one aim.")
    assert ran.document["coverage"]["unexplained"] == [
        "no_show_rate", "complaints_resolved_in_7_days", "hipaa_violations",
    ]  # fmt: skip
    said = shell.bare("role", "check", role, "--coverage").out
    assert "role.yaml:24:15: answered: " in said
    assert "Keeps spending within the plan." in said
    assert "  2  no_show_rate  (no duty names it)" in said
    changed = shell.file("changed.yaml", ROLE.replace("within the plan", "low"))
    ran = shell("role", "check", changed, *AT, *JSON)
    assert ran.status == 1
    assert [each["rule"] for each in ran.document["findings"] if each["level"] == "error"] == [
        "published-version-changed"
    ]


def test_role_publish(shell: Shell) -> None:
    start(shell)
    role = shell.file("role.yaml", ROLE.replace("effective: 2026-01", "effective: 2999-01"))
    if shell("role", "check", role).status:  # no month is that far away
        role = shell.file("role.yaml", ROLE.replace("effective: 2026-01", "effective: 2098-01"))
    said = shell.done("role", "publish", role, *AT).out
    assert "SHA-256" in said
    shell.done("role", "publish", role, *AT)
    other = shell.file("other.yaml", Path(role).read_text() + "# changed\n")
    assert "give this file a new version" in shell.refused("role", "publish", other, *AT)
    past = shell.file("past.yaml", ROLE.replace('"2026.1"', '"2020.1"').replace(
        "effective: 2026-01", "effective: 2020-01"))  # fmt: skip
    assert "--retroactive REASON" in shell.refused("role", "publish", past, *AT)
    shell.done("role", "publish", past, *AT, "--retroactive", "it was agreed")


def test_score_and_explain(shell: Shell, engine: Engine) -> None:
    scored_office(engine)
    found = shell.done("explain", "overhead_ratio", "--manager", "dana", *PERIOD, *JSON).document
    assert list(found) == EXPLAIN_FIELDS
    rows = shell.folder / "rows.csv"
    ran = shell.done("explain", "overhead_ratio", "--manager", "dana", *PERIOD, *JSON, "--rows",
                     str(rows))  # fmt: skip
    assert ran.document == found
    with rows.open(newline="", encoding="utf-8") as file:
        written = list(csv.DictReader(file))
    assert len(written) == 6
    assert [row["account"] for row in written].count("Rent") == 3
    assert "operating_expenses / revenue" in shell.done(
        "explain", "overhead_ratio", "--manager", "dana", *PERIOD
    ).out  # fmt: skip
    said = shell.refused("explain", "overhead_ratoi", "--manager", "dana", *PERIOD)
    assert "Did you mean 'overhead_ratio'?" in said
    assert "Did you mean 'dana'?" in shell.refused("score", "--manager", "dan", *PERIOD)
    backwards = ("--from", "2026-03", "--to", "2026-01")
    assert "before it starts" in shell.refused("score", "--manager", "dana", *backwards)
    assert "before it starts" in shell.refused(
        "explain", "overhead_ratio", "--manager", "dana", *backwards
    )


def test_scorecards_of_one_and_of_all(shell: Shell, engine: Engine) -> None:
    scored_office(engine)
    shell.done("manager", "add", "eve", "--name", "Eve", *AT, "--from", "2027-01")
    for form in ("pdf", "xlsx", "html", "csv", "json"):
        target = shell.folder / f"card.{form}"
        shell.done("scorecard", "--manager", "dana", *PERIOD, "-o", str(target))
        assert target.stat().st_size > 100
    document = json.loads((shell.folder / "card.json").read_text(encoding="utf-8"))
    assert document["score"] == pytest.approx(67.5, rel=1e-12)
    folder = shell.folder / "all" / "of them"
    shell.done("scorecard", "--all-managers", *PERIOD, "-o", str(folder))
    assert len(list(folder.iterdir())) == 5  # eve comes later
    two = shell.folder / "two"
    shell.done("scorecard", "--all-managers", *PERIOD, "-o", str(two), "--format", "pdf,xlsx")
    assert sorted(each.suffix for each in two.iterdir()) == [".pdf", ".xlsx"]
    a4 = shell.folder / "a4.pdf"
    shell.done("scorecard", "--manager", "dana", *PERIOD, "-o", str(a4), "--paper", "a4")
    assert a4.read_bytes() != (shell.folder / "card.pdf").read_bytes()
    said = shell.refused("scorecard", "--manager", "dana", *PERIOD, "-o",
                         str(shell.folder / "card.docx"))  # fmt: skip
    assert "pdf, xlsx, html, csv, json" in said
    formats = ("--format", "pdf,docx")
    assert shell("scorecard", "--all-managers", *PERIOD, "-o", "x", *formats).status == 2
    assert shell("scorecard", *PERIOD, "-o", "x.html").status == 2
    both = ("--manager", "dana", "--all-managers")
    assert shell("scorecard", *both, *PERIOD, "-o", "x.html").status == 2


def test_of_all_managers_those_that_can_be_scored_are_written(shell: Shell, engine: Engine) -> None:
    scored_office(engine)
    shell.done("practice", "add", "hillcrest", "--name", "Hillcrest")
    shell.done("manager", "add", "eve", "--name", "Eve", "--practice", "hillcrest", "--from",
               "2026-01")  # fmt: skip
    folder = shell.folder / "all"
    ran = shell("scorecard", "--all-managers", *PERIOD, "-o", str(folder), "--format", "json")
    assert ran.status == 1
    assert "kpi: eve: hillcrest has no published role" in ran.err
    assert [each.name for each in folder.iterdir()] == [
        "scorecard_dana_lakeside_2026-01_2026-03.json"
    ]


def test_the_catalogue_fits_eighty_columns(shell: Shell) -> None:
    for arguments in ((), *((id,) for id in kpis())):
        out = shell.bare("catalogue", *arguments).out
        assert max(map(len, out.splitlines())) <= 80, arguments
    one = shell.bare("catalogue", "denial_rate").out
    for words in ("30 claims decided", "Source: HFMA", "second-hand", "Payers differ"):
        assert words in one


def test_the_catalogue(shell: Shell) -> None:
    found = shell.bare("catalogue", *JSON).document["kpis"]
    assert [each["id"] for each in found] == list(kpis())
    assert {each["control"] for each in found} == {"full", "shared", "little"}
    one = shell.bare("catalogue", "no_show_rate", *JSON).document["kpis"]
    assert [each["id"] for each in one] == ["no_show_rate"]
    assert one[0]["formula"] == "no_shows / (visits + no_shows)"
    assert (one[0]["typical_source"], one[0]["typical_sure"]) == ("MGMA", "second-hand")
    assert "no_show_rate" in shell.bare("catalogue").out
    ran = shell.bare("catalogue", "no_shows_rate")
    assert (ran.status, "Did you mean 'no_show_rate'?" in ran.err) == (1, True)


def test_a_receipt_speaks_in_words_and_not_in_codes(shell: Shell) -> None:
    start(shell)
    text = "complaint_id,received_on,resolved_on\nK-1,2026-01-05,2026-01-06\nK-2,2026-01-32,\n"
    file = shell.file("complaints.csv", text)
    sentence = "received_on: is not a date; write it as YYYY-MM-DD."
    loaded = shell.done("ingest", file, *AT).out
    assert f"1 × {sentence}" in loaded
    assert f"Line 3: {sentence} Found '2026-01-32'." in loaded
    upload = shell.done("uploads", "list", *AT, *JSON).document["uploads"][-1]["id"]
    assert sentence in shell.done("uploads", "show", str(upload), *AT).out
