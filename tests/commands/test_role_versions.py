"""The commands that compare roles and say who has acknowledged them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.audit import entries
from kpi.review.roles.acknowledging import acknowledge, acknowledgements
from kpi.store import clock
from tests.commands.running import Shell, held
from tests.office import Office
from tests.review.test_custom_kpis import ROLE_WITH_OWN
from tests.scored import ROLE, employed, fill, published

SECOND = (
    ROLE.replace("2026.1", "2026.2")
    .replace("effective: 2026-01", "effective: 2026-03")
    .replace("target: 60%", "target: 58%")
)
AT = ("--practice", "lakeside")
PERIOD = ("--from", "2026-01", "--to", "2026-03")
DANA = Actor("manager", "Dana Example", "dana")

# What the tables are asked for is tested on both databases in tests/review.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_two_files_are_compared_by_what_they_mean(shell: Shell) -> None:
    old, new = shell.file("old.yaml", ROLE), shell.file("new.yaml", "# a remark\n" + SECOND)
    said = shell.bare("role", "diff", old, new)
    assert said.status == 0
    assert said.out.splitlines() == [
        "version", "  version 2026.1 → 2026.2",
        "effective", "  first month that it scores 2026-01 → 2026-03",
        "performance metrics", "  target of overhead_ratio 60% → 58%",
    ]  # fmt: skip
    document = shell.bare("role", "diff", old, new, "--format", "json").document
    assert document["old"]["version"] == "2026.1"
    assert [each["words"] for each in document["differences"]][-1] == (
        "target of overhead_ratio 60% → 58%"
    )
    assert shell.bare("role", "diff", old, old).out == "The two mean the same.\n"


def test_published_versions_are_named_together_with_their_practice(
    shell: Shell, engine: Engine
) -> None:
    office = employed(engine)
    published(office, SECOND)
    at = ("--practice", "lakeside")
    assert "target of overhead_ratio 60% → 58%" in shell.done(
        "role", "diff", "2026.1", "2026.2", *at
    ).out  # fmt: skip
    draft = shell.file("draft.yaml", SECOND.replace("weight: 10", "weight: 10.0"))
    assert shell.done("role", "diff", "2026.2", draft, *at).out == "The two mean the same.\n"
    said = shell.refused("role", "diff", "2026.1", "2026.3", *at)
    assert "There is no file 2026.3, nor a version published at lakeside." in said
    assert "Published are: 2026.1, 2026.2." in said
    assert "together with --practice ID" in shell.refused("role", "diff", "2026.1", draft)
    published(office, SECOND.replace("role: medical", "role: other"))
    said = shell.refused("role", "diff", "2026.1", "2026.2", *at)
    assert "(medical-office-manager, other-office-manager); name one with --role." in said
    shell.done("role", "diff", "2026.1", "2026.2", *at, "--role", "medical-office-manager")


def test_who_has_acknowledged_is_listed_and_nobody_signs_for_another(
    shell: Shell, engine: Engine
) -> None:
    employed(engine)
    assert "not yet" in shell.done("role", "acknowledge").out
    said = shell.refused("role", "acknowledge", "2026.1", "--practice", "lakeside")
    assert "may not acknowledge a role; the manager has to, signed in, on the page" in said
    refusal = entries(engine, operator(), last=1)[0]
    assert (refusal.action, refusal.outcome) == ("refusal", "refused")
    (waiting,) = acknowledgements(engine, operator())
    assert waiting.acknowledged is None
    signed = acknowledge(
        engine, DANA, "lakeside", waiting.role, waiting.sha256, waiting.newest
    )  # fmt: skip
    document = json.loads(shell.done("role", "acknowledge", "--format", "json").out)
    assert document == {
        "acknowledgements": [
            {"practice": "lakeside", "manager": "dana", "name": "Dana",
             "role": "medical-office-manager", "version": "2026.1", "sha256": waiting.sha256,
             "from": "2026-01", "to": None, "in_force": True,
             "acknowledged": {"by": "Dana", "at": signed.at}}
        ]
    }  # fmt: skip
    assert f"Dana, {signed.at[:10]}" in shell.done("role", "acknowledge").out
    assert "no practice 'nowhere'" in shell.refused("role", "acknowledge", "--practice", "nowhere")


BAD: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "is empty"),
    "a tab": (ROLE.replace("  reports_to", "\treports_to"), "role.yaml:19:1: error"),
    "a key twice": (ROLE.replace("title:", "title: X\ntitle:", 1), "role.yaml:3:1: error"),
    "anchors that explode": (
        "a: &a [x, x, x]\n" + "".join(f"k{at}: &k{at} [*a, *a, *a]\n" for at in range(3000)),
        "role.yaml:1:4: error"),
    "50 MB": (b"a: " + b"x" * 50_000_000, "larger than 1,000,000 bytes"),
    "wrong types": (ROLE.replace("weight: 40", "weight: many"), "role.yaml:24:15: error"),
    "no UTF-8": (ROLE.replace("Runs", "R\u00e4ns").encode("latin-1"), "role.yaml:6:11: error"),
    "no YAML": ("%PDF-1.7 {[", "role.yaml:1:"),
    "a list": ("- a\n- b\n", "role.yaml:1:1: error"),
}  # fmt: skip


def test_bad_input_is_a_sentence_with_line_and_column(shell: Shell, engine: Engine) -> None:
    employed(engine)
    before = held(engine)
    good = shell.file("good.yaml", ROLE)
    for name, (content, sentence) in BAD.items():
        bad = shell.file("role.yaml", content)
        for command in (
            ("diff", good, bad), ("diff", bad, good), ("publish", bad, *AT),
            ("backtest", bad, *AT, *PERIOD), ("acknowledge", bad, *AT),
        ):  # fmt: skip
            said = shell.refused("role", *command)
            assert sentence in said or command[0] == "acknowledge", name
        checked = shell.bare("role", "check", bad)
        assert checked.status == 1
        assert sentence in checked.out, name
    assert held(engine) == before


def test_a_folder_a_missing_file_and_one_that_may_not_be_read(
    shell: Shell, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    employed(engine)
    good, folder, missing = shell.file("good.yaml", ROLE), str(shell.folder), "nothing.yaml"
    assert "cannot be read" in shell.refused("role", "diff", good, folder)
    assert "There is no file nothing.yaml" in shell.refused("role", "diff", missing, good)
    for command in (("publish", *AT), ("backtest", *AT, *PERIOD)):
        said = shell.refused("role", command[0], missing, *command[1:])
        assert "nothing.yaml cannot be read" in said
        ran = shell("role", command[0], folder, *command[1:])
        assert ran.status == 2  # of the usage: a folder stands where a file is asked for
        assert "is a directory" in ran.err

    def locked(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", locked)
    for command in (("diff", good, good), ("publish", good, *AT),
                    ("backtest", good, *AT, *PERIOD)):  # fmt: skip
        assert "good.yaml cannot be read: Permission denied." in shell.refused("role", *command)


def test_a_publication_that_fails_in_the_middle_leaves_nothing(
    shell: Shell, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The role's own measures are computed, the version stands in its table, and then the trail
    cannot be written."""
    employed(engine)
    before = held(engine)

    def broken(*_arguments: object, **_details: object) -> None:
        with_version = held(engine) != before  # another connection sees none of it yet
        assert not with_version
        raise OSError("no space left")

    file = shell.file("own.yaml", ROLE_WITH_OWN.replace("2026.1", "2026.2"))
    with monkeypatch.context() as patch:
        patch.setattr("kpi.review.roles.publication.trail.note", broken)
        ran = shell("role", "publish", file, *AT, "--retroactive", "a test")
    assert ran.status == 70
    assert held(engine) == before
    shell.done("role", "publish", file, *AT, "--retroactive", "a test")
    assert held(engine) != before


def test_a_backtest_in_words_and_as_json(shell: Shell, engine: Engine) -> None:
    fill(Office(engine))
    role = shell.file("role.yaml", ROLE)
    ran = shell.done("role", "backtest", role, *AT, *PERIOD)
    assert "2026-01 to 2026-03  67.5   below      100%" in ran.out
    assert "Overhead ratio" in ran.out
    assert "To look at" not in ran.out  # three months suggest nothing
    document = shell.done("role", "backtest", role, *AT, *PERIOD, "--format", "json").document
    assert [each["score"] for each in document["periods"]] == [pytest.approx(67.5)]
    assert [each["counts"]["between"] for each in document["kpis"]] == [3, 3, 3, 0]
    turned = ("--from", "2026-03", "--to", "2026-01")
    assert "ends in 2026-01" in shell.refused("role", "backtest", role, *AT, *turned)
    assert shell("role", "backtest", role, *AT, "--from", "2026-13", "--to", "2026-03").status == 2
    said = shell.refused("role", "backtest", role, *AT, *PERIOD, "--location", "West")
    assert "name no location 'West'" in said


def test_which_roles_are_due_for_review(
    shell: Shell, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    employed(engine)
    monkeypatch.setattr(clock, "instant", lambda: datetime(2026, 12, 11, 9, tzinfo=UTC))
    said = shell.done("role", "due").out
    assert "2026-12-10  OVERDUE  dana" in said
    assert shell.done("role", "due", "--format", "json").document == {
        "reviews": [
            {"practice": "lakeside", "role": "medical-office-manager",
             "title": "Medical Office Manager", "version": "2026.1", "reviewed": "2025-12-10",
             "due_on": "2026-12-10", "state": "overdue", "not_acknowledged": ["dana"]}
        ]
    }  # fmt: skip
