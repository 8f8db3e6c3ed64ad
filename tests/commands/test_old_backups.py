"""Backups of databases that have lived long: of older schemas, and with old records let go."""

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, func, select

from kpi.access.actor import operator
from kpi.ingest.receipt import Receipt
from kpi.months import Month
from kpi.review.frozen.verifying import verify_review
from kpi.review.oversight.retention import apply_retention, keep_records
from kpi.review.scores.scoring import score_manager
from kpi.store.engine import reading, writing
from kpi.store.schema import open_database
from kpi.store.tables import records
from tests.commands.running import Shell, held
from tests.databases import made as created
from tests.office import Office
from tests.older import as_it_was
from tests.review.reviewed import FIRST, LAST, set_clock
from tests.review.test_oldest_schema import HARPER
from tests.scored import complaints, ledger, scored_office


def test_a_final_review_of_an_older_schema_verifies_after_a_restore(
    bare: Shell, elsewhere: dict[str, str]
) -> None:
    """Backed up as it was, restored into either database, upgraded there."""
    old, file = as_it_was(bare.url), str(bare.folder / "old.backup")
    ran = bare.bare("--db", old, "backup", file)
    assert (ran.status, "has an older schema (0010)" in ran.err) == (0, True)
    for url in elsewhere.values():
        ran = bare.bare("--db", url, "restore", file)
        assert "It was upgraded from schema 0010." in ran.out
        found = open_database(url)
        verified = verify_review(found, HARPER, "lakeside", 1)
        assert (verified.faults, verified.score) == ((), pytest.approx(67.5, rel=1e-12))
        checked = bare.bare("--db", url, "doctor")
        assert checked.status == 0, checked.out
        found.dispose()


def test_the_first_schema_and_later_ones_are_restored_and_upgraded(
    bare: Shell, elsewhere: dict[str, str]
) -> None:
    """An office taken back to the fifth schema and to the first, backed up there."""
    engine = created(bare.url)
    office = Office(engine)
    office.load(ledger("2026-01"))
    office.load(complaints("2026-01"))
    places = {"0005": [f"sqlite:///{bare.folder / 'fifth.db'}"], "0001": [*elsewhere.values()]}
    for revision, urls in places.items():
        with writing(engine) as connection:
            config = Config()
            config.set_main_option("script_location", "kpi/store/migrations")
            config.attributes["connection"] = connection
            command.downgrade(config, revision)
        file = str(bare.folder / revision)
        bare.done("backup", file)
        for url in urls:
            ran = bare.bare("--db", url, "restore", file)
            assert (ran.status, f"upgraded from schema {revision}" in ran.out) == (0, True), ran.err
            found = open_database(url)
            assert office.in_database(found).values("2026-01", ["revenue", "complaints"]) == {
                "revenue": 1000, "complaints": 4,
            }  # fmt: skip
            checked = bare.bare("--db", url, "doctor")
            assert checked.status == 0, checked.out
            found.dispose()
    engine.dispose()


def test_sealed_months_stay_sealed_after_a_restore(
    shell: Shell, engine: Engine, elsewhere: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """January and February of 2026 are sealed: their complaints and answers are gone, and their
    figures stay, also where the same files come again. Restored into the other kind of database."""
    clock, office = set_clock(monkeypatch), scored_office(engine)
    clock.moment = datetime(2029, 1, 10, tzinfo=UTC)
    keep_records(engine, operator(), "lakeside", 24)
    apply_retention(engine, operator(), "lakeside", Month(2026, 3))
    file = str(shell.folder / "aged.backup")
    shell.done("backup", file)
    before = held(engine)
    url = elsewhere["postgresql" if engine.dialect.name == "sqlite" else "sqlite"]
    assert shell.bare("--db", url, "restore", file).status == 0
    found = open_database(url)
    assert held(found) == before
    with reading(found) as connection:
        kept = select(func.count()).select_from(records["complaints"])
        assert connection.execute(kept).scalar_one() == 4
    checked = shell.bare("--db", url, "doctor")
    assert checked.status == 0, checked.out
    again: Receipt = office.in_database(found).offered(complaints("2026-01"))
    assert (again.read, again.left_out) == (4, 4)
    assert office.in_database(found).value("2026-01", "complaints") == 4
    score = score_manager(found, operator(), "dana", FIRST, LAST).score.score
    assert score == pytest.approx(67.5, rel=1e-12)
    found.dispose()
