"""``kpi role render``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.running import Shell

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data" / "roles" / "medical-office-manager-2026.1.yaml"
BEGINNINGS = {"md": b"# Medical", "html": b"<!doctype html>", "docx": b"PK", "pdf": b"%PDF-"}


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """A shell without a database: a role file needs none."""
    return Shell("", tmp_path, capsys, monkeypatch)


@pytest.mark.parametrize("form", BEGINNINGS)
def test_a_role_file_becomes_a_document(shell: Shell, form: str) -> None:
    target = shell.folder / f"description.{form}"

    ran = shell.bare("role", "render", str(SAMPLE), "-o", str(target))

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"{target} written.\n"
    assert target.read_bytes().startswith(BEGINNINGS[form])


def test_a_posting_leaves_targets_out(shell: Shell) -> None:
    target = shell.folder / "posting.MD"

    assert shell.bare("role", "render", str(SAMPLE), "-o", str(target), "--posting").status == 0

    text = target.read_text("utf-8")
    assert "62,000" in text
    assert "Stretch" not in text


def test_another_format_is_refused_by_name(shell: Shell) -> None:
    target = shell.folder / "description.odt"

    ran = shell.bare("role", "render", str(SAMPLE), "-o", str(target))

    assert ran.status == 1
    assert "md, html, docx, pdf" in ran.err
    assert not target.exists()


def test_a_file_with_errors_is_not_rendered(shell: Shell) -> None:
    broken = shell.file(
        "broken.yaml", SAMPLE.read_text("utf-8").replace("weight: 12", "weight: 13")
    )
    target = shell.folder / "description.html"

    ran = shell.bare("role", "render", broken, "-o", str(target))

    assert ran.status == 1
    assert "add up to" in ran.err
    assert not target.exists()


def test_the_role_file_itself_is_never_written_over(shell: Shell) -> None:
    only = shell.file("role.md", SAMPLE.read_bytes())

    ran = shell.bare("role", "render", only, "-o", only)

    assert ran.status == 1
    assert Path(only).read_bytes() == SAMPLE.read_bytes()
