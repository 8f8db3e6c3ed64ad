"""Health: what an administrator sees of an installation, and what she or he does not."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from dashboards.health import checks_run, run_checks
from dashboards.views.health import nearly_full, size_words, tiles
from kpi.access.actor import Actor, operator
from kpi.access.backing_up import back_up
from kpi.access.practices import add_practice
from kpi.errors import NotPermitted
from kpi.health.facts import Facts, installation_facts
from kpi.store.engine import writing
from kpi.store.tables import role_versions
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.test_files import read
from tests.dashboards.test_taking_away import offered

ALEX = Actor("administrator", "Alex")


def waited() -> None:
    """Until the checks that a page began are done."""
    for each in threading.enumerate():
        if each.name == "checks":
            each.join()


def test_checks_run_by_a_button_and_what_they_found_is_kept(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("health", by="administrator")
    assert "No check was run since this server was started." in text_of(app)
    with writing(practice) as connection:
        connection.execute(update(role_versions).values(text="role: other"))
    next(each for each in app.button if each.label == "Run the checks").click().run()
    assert not app.exception
    waited()
    with offered(monkeypatch) as files:
        shown = text_of(open_page("health", by="administrator"))
        rows = read(files["take_away_checks.csv"]())
    assert "1 check has found something of 8" in shown
    assert "is no longer what was published" in shown
    assert [row[0] for row in rows[1:] if row[2] == "Wrong"] == ["Role versions"]
    assert len(rows) == 9
    assert "by Administrator Example (administrator)" in shown
    for said in ("Robin", "106", "No-show"):
        assert said not in shown


def test_each_administrator_sees_the_practices_that_are_hers(practice: Engine) -> None:
    add_practice(practice, operator(), "oak", "Oak")
    mine = Actor("administrator", "Ana", practices=frozenset({"oak"}))
    begun = run_checks(practice, mine)
    assert begun is not None
    begun.join()
    _, run = checks_run(practice, mine)
    assert run is not None
    assert {each.practice for each in run.findings} == {None, "oak"}
    assert all(each.ok for each in run.findings)
    says = {each.check: each.says for each in run.findings}
    assert says["final reviews"] == "no review is final yet."
    assert checks_run(practice, ALEX) == (None, None)
    with pytest.raises(NotPermitted):
        run_checks(practice, Actor("hr", "Hana"))
    with pytest.raises(NotPermitted):
        checks_run(practice, Actor("physician", "Pat"))


def test_the_facts_name_the_last_backup(practice: Engine, tmp_path: Path) -> None:
    assert installation_facts(practice, ALEX).backup is None
    back_up(practice, operator(), tmp_path / "friday.backup")
    facts = installation_facts(practice, ALEX)
    assert facts.backup is not None
    assert facts.backup.file == "friday.backup"
    # Appointments; the three declarations are no files.
    assert (facts.practices, facts.files) == (1, 1)
    assert tiles(facts)[4].detail.startswith("friday.backup, by ")


def test_a_disk_that_is_nearly_full_is_said() -> None:
    def facts(size: int, free: int | None) -> Facts:
        return Facts("1", "1", "SQLite", "here", size, free, 1, 1, None)

    assert nearly_full(facts(10, 999_999_999))
    assert nearly_full(facts(3_000_000_000, 5_999_999_999))
    assert not nearly_full(facts(3_000_000_000, 6_000_000_000))
    assert not nearly_full(facts(3_000_000_000, None))
    assert [size_words(each) for each in (999, 1_500, 25_400_000)] == [
        "999 bytes",
        "1.5 KB",
        "25 MB",
    ]
