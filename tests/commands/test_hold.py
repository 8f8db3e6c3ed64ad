"""``kpi hold`` and ``kpi account erase``."""

from tests.commands.running import Shell


def test_hold_list_and_release(shell: Shell) -> None:
    shell.done("practice", "add", "lakeside", "--name", "Lakeside")
    shell.done("manager", "add", "dana", "--name", "Dana", "--practice", "lakeside",
               "--from", "2026-01")  # fmt: skip
    assert "Hold 1 stands on practice lakeside" in shell.done(
        "hold", "lakeside", "--reason", "A claim"
    ).out  # fmt: skip
    assert "Hold 2 stands on manager dana" in shell.done(
        "hold", "--reason", "Another", "dana"
    ).out  # fmt: skip
    file = shell.file("file.csv", "complaint_id,received_on\n1,2026-01-05\n")
    shell.done("ingest", file, "--practice", "lakeside")
    said = shell.refused("uploads", "undo", "1", "--practice", "lakeside")
    assert "lakeside is under a hold" in said
    shell.done("hold", "release", "1", "--reason", "Settled")
    found = shell.done("hold", "list", "--format", "json").document["holds"]
    assert [(each["of"], each["id"], each["released_reason"]) for each in found] == [
        ("practice", "lakeside", "Settled"), ("manager", "dana", None),
    ]  # fmt: skip
    printed = shell.done("hold", "list").out
    assert "released" in printed
    assert "stands" in printed
    shell.done("hold", "release", "2", "--reason", "Settled")
    shell.done("uploads", "undo", "1", "--practice", "lakeside")


def test_what_to_hold_has_to_be_one_thing(shell: Shell) -> None:
    shell.done("practice", "add", "dana", "--name", "Dana's practice")
    shell.done("manager", "add", "dana", "--name", "Dana", "--practice", "dana",
               "--from", "2026-01")  # fmt: skip
    assert "write manager:dana or practice:dana" in shell.refused("hold", "dana", "--reason", "x")
    assert "on practice dana" in shell.done("hold", "practice:dana", "--reason", "x").out
    assert "on manager dana" in shell.done("hold", "manager:dana", "--reason", "x").out
    assert "no manager and no practice 'dan'" in shell.refused("hold", "dan", "--reason", "x")
    assert shell("hold", "dana").status == 2


def test_erasing_an_account(shell: Shell) -> None:
    shell.done("account", "add", "pat", "--name", "Pat", "--kind", "hr", "--all-practices")
    assert "kpi account disable pat" in shell.refused("account", "erase", "pat")
    shell.done("account", "disable", "pat")
    assert "Account 1 is erased." in shell.done("account", "erase", "pat").out
    assert shell.done("account", "list", "--format", "json").document == {"accounts": []}
