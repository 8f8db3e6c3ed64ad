"""What waits for a countersignature, as the commands show it."""

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor
from kpi.ingest.countersigning import countersign
from tests.commands.running import Shell
from tests.scored import scored_office

DANA = Actor("manager", "Dana", "dana", frozenset({"lakeside"}))
AT = ("--practice", "lakeside")
JSON = ("--format", "json")
SCORE = ("score", "--manager", "dana", "--from", "2026-01", "--to", "2026-03")


def test_a_gate_is_pending_and_the_log_says_why(shell: Shell, engine: Engine) -> None:
    """One violation is 57.5 of 100, under its cap of 60; dismissed, 67.5 (``tests.scored``)."""
    office = scored_office(engine)
    text = "incident_id,kind,occurred_on,confirmed\nI1,hipaa,2026-02-10,{}\n"
    office.load(text.format("true"))

    def stands() -> tuple[str, float]:
        document = shell.done(*SCORE, *JSON).document
        return document["gates"][0]["state"], document["score"]

    assert stands() == ("breached", pytest.approx(57.5))
    upload = office.load(text.format("false"), actor=DANA)
    assert stands() == ("pending", pytest.approx(67.5))
    assert "cap 60: pending" in shell.done(*SCORE).out
    listed = shell.done("uploads", "list", *AT, *JSON).document["uploads"]
    assert [each["id"] for each in listed if each["waits_for_countersignature"]] == [upload]
    assert "waits for a countersignature" in shell.done("uploads", "list", *AT).out
    countersign(engine, Actor("hr", "Hana"), "lakeside", upload)
    assert stands() == ("held", pytest.approx(67.5))
    assert "waits for a countersignature" not in shell.done("uploads", "list", *AT).out


def test_no_command_countersigns_or_draws(shell: Shell) -> None:
    for command in ("countersign", "spot-check"):
        assert shell(command).status == 2
