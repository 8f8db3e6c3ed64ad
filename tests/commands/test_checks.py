"""What ``kpi doctor`` finds, one fault at a time, and that it says what to do."""

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text, update

from kpi.store.engine import connect, writing
from kpi.store.people import trail
from kpi.store.reviews import final_reviews
from kpi.store.secret import key_file
from kpi.store.tables import period_claims, records, role_versions
from tests.commands.running import Shell
from tests.databases import made
from tests.office import Office
from tests.older import as_it_was
from tests.scored import complaints, ledger


def findings(shell: Shell) -> dict[str, str]:
    """The checks that are not ok, with what is said of them."""
    ran = shell("doctor", "--format", "json")
    found = {each["check"]: each["says"] for each in ran.document["checks"] if not each["ok"]}
    assert ran.status == (1 if found else 0)
    return found


@pytest.fixture
def office(engine: Engine) -> Office:
    """Complaints and a ledger, some of them said twice, one corrected."""
    office = Office(engine)
    office.load(complaints("2026-01"))
    office.load(complaints("2026-01").replace("01-28", "01-30"))
    office.load(ledger("2026-01"))
    office.load(ledger("2026-01", spent=700), "ledger")
    return office


def test_what_was_changed_by_other_means_is_found(
    shell: Shell, office: Office, engine: Engine
) -> None:
    """Four complaints that no longer stand, both rents of a month at once, a claim of a practice
    that is not there, an entry of the trail; then a table and a column that are gone."""
    assert findings(shell) == {}
    with writing(engine) as connection:
        connection.execute(update(records["complaints"]).values(live=0))
        connection.execute(update(records["ledger"]).values(live=1))
        strange = {"period": 202601, "location": "", "part": "", "upload": 1}
        connection.execute(insert(period_claims).values(practice=99, dataset="ledger", **strange))
        connection.execute(update(trail).values(subject="x"))
    found = findings(shell)
    assert "complaints: 4 records, of uploads 1, 2" in found["log"]
    assert "ledger: 1 rows of one period" in found["log"]
    assert "1 rows of period_claims (practice of practices)" in found["references"]
    assert "Entry 1 of" in found["trail"]
    with writing(engine) as connection:
        connection.execute(text("DROP TABLE spot_checked"))
        connection.execute(text("ALTER TABLE leave DROP COLUMN last_month"))
    found = findings(shell)
    assert "lacks leave.last_month, spot_checked" in found["database"]
    for check in ("log", "references", "database"):
        assert "estore the last good backup" in found[check]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has these permissions")
def test_files_that_others_may_read_and_leftovers(shell: Shell, engine: Engine) -> None:
    key_file().chmod(0o644)
    assert f"chmod 600 {key_file()}" in findings(shell)["files"]
    key_file().chmod(0o600)
    assert findings(shell) == {}
    left = key_file().with_name("rolecard.db.unfinished-1a2b3c4d")
    left.touch()
    assert "left by a backup or restore that was killed; delete it." in findings(shell)["files"]


def test_final_reviews_and_role_versions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office with a review that was frozen under schema 0010."""
    shell = Shell(as_it_was(f"sqlite:///{tmp_path / 'old.db'}"), tmp_path, capsys, monkeypatch)
    (tmp_path / "old.db").chmod(0o600)
    made(shell.url).dispose()
    assert findings(shell) == {}
    old = connect(shell.url)
    with writing(old) as connection:
        connection.execute(update(final_reviews).values(document="{}"))
        connection.execute(update(role_versions).values(text="role: other"))
    old.dispose()
    found = findings(shell)
    assert "is no longer what was published" in found["role versions"]
    assert "review 1, version 1" in found["final reviews"]
    assert "kpi verify 1.1" in found["final reviews"]
