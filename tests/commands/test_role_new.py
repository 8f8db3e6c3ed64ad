"""``kpi role new``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kpi.cli import kpi as program
from kpi.commands import role_new
from tests.commands.running import Shell

ANSWERS = (
    "--practice-name", "Larkspur Family Medicine", "--title", "Practice Manager", "--reports-to",
    "Managing physician", "--flsa", "exempt", "--pay-low", "62,000", "--pay-high", "$84,000",
    "--review-period", "quarter",
)  # fmt: skip


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """A shell without a database: a new file needs none."""
    return Shell("", tmp_path, capsys, monkeypatch)


def test_flags_make_a_file_that_passes_the_check(shell: Shell) -> None:
    target = str(shell.folder / "new.yaml")

    ran = shell.bare("role", "new", "-o", target, *ANSWERS, "--size", "small")

    assert (ran.status, ran.err) == (0, "")
    assert f"kpi role check {target}" in ran.out
    checked = shell.bare("role", "check", target, "--format", "json")
    assert (checked.status, checked.document["findings"]) == (0, [])


def test_without_a_terminal_it_names_the_flags_that_answer(shell: Shell) -> None:
    target = shell.folder / "new.yaml"

    ran = shell.bare("role", "new", "-o", str(target), *ANSWERS[2:10])

    assert ran.status == 2
    asked = "--practice-name, --pay-high, --review-period, --size (or --kpi, several times)."
    assert asked in " ".join(ran.err.split())
    assert not target.exists()


def test_a_file_that_is_there_is_never_written_over(shell: Shell) -> None:
    target = shell.file("new.yaml", "mine")

    ran = shell.bare("role", "new", "-o", target, *ANSWERS, "--size", "small")

    assert ran.status == 1
    assert "is there already" in ran.err
    assert Path(target).read_text() == "mine"


def test_a_choice_at_odds_with_itself_is_written_and_told(shell: Shell) -> None:
    target = str(shell.folder / "new.yaml")
    ids = ("overhead_ratio", "no_show_rate", "satisfaction_score", "top_box_share",
           "training_on_time")  # fmt: skip

    ran = shell.bare(
        "role", "new", "-o", target, *ANSWERS, *(word for id in ids for word in ("--kpi", id))
    )

    assert ran.status == 0
    assert "top_box_share measures the same as satisfaction_score" in ran.out


@pytest.mark.parametrize(
    ("more", "status", "sentence"),
    [
        (("--size", "small", "--kpi", "no_show_rate"), 2, "either --size or --kpi"),
        (("--kpi", "no_show_rate"), 1, "choose 5 to 12"),
        (("--size", "small", "--pay-low", "a lot"), 1, "'a lot' is no pay"),
        (("--size", "small", "--pay-low", "90,000"), 1, "--pay-low is above --pay-high"),
    ],
)
def test_answers_that_cannot_be_are_refused(
    shell: Shell, more: tuple[str, ...], status: int, sentence: str
) -> None:
    target = shell.folder / "new.yaml"

    ran = shell.bare("role", "new", "-o", str(target), *ANSWERS, *more)

    assert ran.status == status
    assert sentence in ran.err
    assert not target.exists()


def test_on_a_terminal_it_asks_and_asks_again_for_what_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(role_new, "on_a_terminal", lambda: True)
    target = tmp_path / "new.yaml"
    typed = [
        "Larkspur Family Medicine", "Managing physician", "salaried", "exempt", "much", "62000",
        "84,000", "quarter", "no_shows", "small",
    ]  # fmt: skip

    ran = CliRunner().invoke(
        program, ["role", "new", "-o", str(target), "--title", "Lead"], input="\n".join(typed)
    )

    assert ran.exit_code == 0, ran.output
    assert "'much' is no pay" in ran.output
    assert "There is no KPI 'no_shows'" in ran.output
    assert "Job title" not in ran.output
    text = target.read_text("utf-8")
    assert 'title: "Lead"' in text
    assert 'range: ["$62,000", "$84,000"]' in text
