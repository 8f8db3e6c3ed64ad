"""What ``kpi ingest`` asks, by naming the flag that answers; what a dry run shows."""

import re

import pytest
from sqlalchemy import Engine

from kpi.commands import progress
from tests.commands.running import Shell, held
from tests.scored import ledger, scored_office

AT = ("--practice", "lakeside")
JSON = ("--format", "json")


def test_older_values_come_back_only_where_that_is_meant(shell: Shell, engine: Engine) -> None:
    scored_office(engine)
    old = "complaint_id,received_on,resolved_on\nZ1,2026-01-05,2026-01-09\n"
    first = shell.file("first.csv", old)
    shell.done("ingest", first, *AT)
    shell.done("ingest", shell.file("second.csv", old.replace("01-09", "01-12")), *AT)
    before = held(engine)
    said = shell.refused("ingest", first, *AT)
    assert "Is this an old export?" in said
    assert "--allow-old" in said
    assert held(engine) == before
    found = shell.done("ingest", first, *AT, "--allow-old", *JSON).document["uploads"]
    assert [(each["status"], each["changed"]) for each in found] == [("loaded", 1)]


def test_a_dry_run_shows_the_kpis_that_move(shell: Shell, engine: Engine) -> None:
    """January's rent rises from 650 to 950: the quarter spends 2,250 of 3,000, which is 75%. Of
    the way from the floor (80%) to the target (60%) that is a quarter: attainment 25."""
    scored_office(engine)
    before = held(engine)
    file = shell.file("ledger.csv", ledger("2026-01", 950))
    out = shell.done("ingest", file, *AT, "--dry-run").out
    assert held(engine) == before
    assert "1 changed, 1 unchanged" in out
    assert "Would move, Dana, 2026-01 to 2026-03: score 67.5 → 47.5" in out
    (row,) = [line for line in out.splitlines() if "Overhead ratio" in line]
    assert re.split(r"\s{2,}", row.strip()) == ["Overhead ratio", "65%", "75%", "75 → 25"]
    document = shell.done("ingest", file, *AT, "--dry-run", *JSON).document
    assert [each["status"] for each in document["uploads"]] == ["loaded"]
    (moved,) = [each for each in document["moves"] if not each["so_far"]]
    assert (moved["file"], moved["manager"]) == ("ledger.csv", "dana")
    assert moved["score"]["after"] == pytest.approx(47.5, rel=1e-12)
    (kpi,) = moved["kpis"]
    assert (kpi["id"], kpi["before"]["value"], kpi["after"]["value"]) == (
        "overhead_ratio", pytest.approx(0.65), pytest.approx(0.75),
    )  # fmt: skip
    assert "moves" not in shell.done("ingest", file, *AT, *JSON).document


def test_progress_is_told_on_a_terminal_and_nowhere_else(
    shell: Shell, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored_office(engine)
    file = shell.file("ledger.csv", ledger("2026-04"))
    assert shell.done("ingest", file, *AT, "--dry-run").err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr(progress, "monotonic", lambda: 0.01)  # no time goes by
    with progress.told("1 of 2, a.csv") as tell:
        assert tell is not None
        tell("reading line 50 of 100", 0.325)
        tell("reading line 60 of 100", 0.39)
        tell("loading the records", 0.65)
    lines = shell.capture.readouterr().err.split("\r")
    assert [line.rstrip() for line in lines if line.strip()] == [
        "1 of 2, a.csv:   0%", "1 of 2, a.csv:  32%, reading line 50 of 100",
        "1 of 2, a.csv:  65%, loading the records",
    ]  # fmt: skip
    assert lines[-1] == ""
