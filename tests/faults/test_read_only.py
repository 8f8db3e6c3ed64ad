"""Folders and files that may be read only: a sentence, and nothing is touched."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kpi.access.actor import operator
from kpi.access.practices import list_practices
from kpi.errors import DatabaseError
from kpi.store.engine import connect
from kpi.store.schema import init_database, open_database
from tests.commands.running import Shell
from tests.databases import made
from tests.office import Office
from tests.scored import scored_office

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")

NOBODY = 65534
COMPLAINT = "complaint_id,received_on\nK1,2026-01-05\n"


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is not within one of root's own, and KPI_HOME in it."""
    found = Path(tempfile.mkdtemp(prefix="rolecard-closed-", dir="/tmp"))
    found.chmod(0o755)
    monkeypatch.setenv("KPI_HOME", str(found / "home"))
    yield found
    for each in (found, *found.rglob("*")):
        if each.is_dir():
            each.chmod(0o755)
    shutil.rmtree(found)


@contextmanager
def somebody(folder: Path) -> Iterator[None]:
    """Whoever owns all in the folder and is not root, whom no permission stops."""
    if os.geteuid() != 0:
        yield
        return
    for each in (folder, *folder.rglob("*")):
        os.chown(each, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(
    ("of_folder", "of_file", "said"),
    [
        (0o555, 0o600, "read-only; ask for write permission"),
        (0o755, 0o400, "read-only; ask for write permission"),
        (0o000, 0o600, "cannot be (looked at|opened)"),
    ],
)
def test_the_databases_folder_and_file(
    folder: Path, of_folder: int, of_file: int, said: str
) -> None:
    file = folder / "data" / "rolecard.db"
    url = f"sqlite:///{file}"
    office = Office(made(url))
    # By root, so that all is imported that somebody else may not read.
    office.load(COMPLAINT.replace("K1", "K0"))
    office.engine.dispose()
    content = file.read_bytes()
    file.chmod(of_file)
    file.parent.chmod(of_folder)
    with somebody(folder):
        office.engine = connect(url)
        with pytest.raises(DatabaseError, match=said):
            office.load(COMPLAINT)
        if of_folder == 0o755:
            # What can be read is shown.
            assert [each.id for each in list_practices(office.engine, operator())] == ["lakeside"]
        else:
            with pytest.raises(DatabaseError, match=said):
                open_database(url)
        office.engine.dispose()
        file.parent.chmod(0o755)
        for each in file.parent.iterdir():  # SQLite gives what it puts beside it the same rights
            each.chmod(0o600)
        assert file.read_bytes() == content
        assert office.load(COMPLAINT) == 2
        office.engine.dispose()


def test_the_home(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a database nor a key can be made there, and the log of faults is not needed."""
    home = folder / "home"
    home.mkdir(mode=0o555)
    with pytest.MonkeyPatch.context() as patch, somebody(folder):
        shell = Shell("", folder, capsys, patch)
        ran = shell.bare("init")
        assert (ran.status, str(home) in ran.err, "Permission denied" in ran.err) == (1, True, True)
        with pytest.raises(OSError, match="Permission denied"):
            init_database(f"sqlite:///{home / 'rolecard.db'}")
    assert not list(home.iterdir())


def test_the_folder_that_something_is_written_into(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{folder / 'data' / 'rolecard.db'}"
    scored_office(made(url)).engine.dispose()
    into = folder / "closed"
    into.mkdir()
    of = ("--manager", "dana", "--from", "2026-01", "--to", "2026-03")
    commands = (
        ("backup", "{into}/monday.backup"),
        ("scorecard", *of, "-o", "{into}/dana.html"),
        ("explain", "overhead_ratio", *of, "--rows", "{into}/rows.csv"),
    )
    with pytest.MonkeyPatch.context() as patch:
        shell = Shell(url, folder, capsys, patch)
        for open_or_closed in (0o755, 0o555):
            into.chmod(open_or_closed)
            # At first by root again, so that all is imported.
            for command in commands:
                arguments = [each.format(into=into) for each in command]
                if open_or_closed == 0o755:
                    shell.done(*arguments)
                    continue
                with somebody(folder):
                    said = shell.refused(*arguments)
                assert "Permission denied" in said
            names = sorted(each.name for each in into.iterdir())
            if open_or_closed == 0o755:
                assert names == ["dana.html", "monday.backup", "rows.csv"]
                for each in into.iterdir():
                    each.unlink()
    assert names == []
