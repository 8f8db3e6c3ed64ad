"""``kpi audit``: who did what, and whether the trail is whole."""

import pytest
from sqlalchemy import Engine, update

from kpi.access import actor
from kpi.access.actor import Actor
from kpi.store.engine import writing
from kpi.store.people import trail
from tests.commands.running import Shell

JSON = ("--format", "json")


@pytest.fixture(autouse=True)
def deeds(shell: Shell) -> None:
    for id in ("lakeside", "hillcrest"):
        shell.done("practice", "add", id, "--name", id.title())
    shell.done("account", "add", "hana", "--name", "Hana", "--kind", "hr", "--all-practices")


def test_the_trail_lists_the_newest_first(shell: Shell) -> None:
    found = shell.done("audit", "list", *JSON).document["entries"]
    assert [(each["action"], each["practice"], each["subject"]) for each in found] == [
        ("account", None, "added hana"),
        ("people", "hillcrest", "added practice hillcrest"),
        ("people", "lakeside", "added practice lakeside"),
    ]
    assert list(found[0]) == [
        "id", "at", "actor", "practice", "action", "outcome", "subject", "details", "seal",
    ]  # fmt: skip
    assert found[0]["actor"].endswith("(operator)")
    assert found[0]["details"] == {"kind": "hr", "practices": None}
    assert "added practice hillcrest" in shell.done("audit", "list").out


def test_one_practice_and_the_last_few(shell: Shell) -> None:
    found = shell.done("audit", "list", "--practice", "lakeside", *JSON).document["entries"]
    assert [each["subject"] for each in found] == ["added practice lakeside"]
    assert len(shell.done("audit", "list", "--last", "2", *JSON).document["entries"]) == 2
    assert "no practice 'lakesid'" in shell.refused("audit", "list", "--practice", "lakesid")
    assert shell("audit", "list", "--last", "0").status == 2


def test_a_whole_trail(shell: Shell) -> None:
    newest = shell.done("audit", "list", "--last", "1", *JSON).document["entries"][0]
    found = shell.done("audit", "verify", *JSON).document
    assert found == {"entries": 3, "last": newest["seal"], "broken_at": None}
    said = shell.done("audit", "verify").out
    assert "All 3 entries stand" in said
    assert newest["seal"] in said


def test_a_trail_that_was_tampered_with(shell: Shell, engine: Engine) -> None:
    second = shell.done("audit", "list", *JSON).document["entries"][1]["id"]
    with writing(engine) as connection:
        connection.execute(update(trail).where(trail.c.id == second).values(actor="nobody"))
    ran = shell("audit", "verify")
    assert ran.status == 1
    assert f"Entry {second} of 3" in ran.out
    assert shell("audit", "verify", *JSON).document["broken_at"] == second


def test_what_a_command_is_not_permitted_stands_in_the_trail(shell: Shell, monkeypatch) -> None:
    monkeypatch.setattr(actor, "operator", lambda: Actor("visitor", "Pat Example"))
    assert "may not" in shell.refused("account", "list")
    monkeypatch.undo()
    found = shell.done("audit", "list", "--last", "1", *JSON).document["entries"][0]
    assert (found["action"], found["outcome"]) == ("refusal", "refused")
    assert found["subject"].startswith("Pat Example (visitor) may not")
