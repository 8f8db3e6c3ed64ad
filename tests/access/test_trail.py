"""The trail: what stands in it, who reads it, and that it cannot be changed unnoticed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, delete, select, update

from kpi.access import trail
from kpi.access.actor import Actor, operator
from kpi.access.audit import Seals, entries, seals
from kpi.access.practices import add_practice
from kpi.errors import DatabaseError, NotFound, NotPermitted
from kpi.store import people
from kpi.store.engine import writing

HANA = Actor("hr", "Hana Example", practices=frozenset({"lakeside"}), user=7)


@pytest.fixture(autouse=True)
def five(engine: Engine) -> None:
    """Two deeds at lakeside, one at hillcrest, two that belong to no practice."""
    numbers = [add_practice(engine, operator(), id, id).number for id in ("lakeside", "hillcrest")]
    with writing(engine) as connection:
        connection.execute(delete(people.trail))
        trail.note(connection, HANA, "upload", "upload 1", numbers[0], rows=3)
        trail.note(connection, operator(), "undo", "upload 1", numbers[0])
        trail.note(connection, HANA, "publish_role", "version 2026.1", numbers[1])
        trail.note(connection, operator(), "account", "added pat")
    trail.note_refusal(engine, HANA, NotPermitted("Hana Example (hr) may not upload."))


def subjects(engine: Engine, actor: Actor, *asked: str) -> list[str]:
    return [each.subject for each in entries(engine, actor, *asked)]


def test_entries_say_who_did_what_to_which_practice(engine: Engine) -> None:
    refusal, account, *_, first = entries(engine, operator())
    assert (first.actor, first.practice, first.action, first.outcome, first.subject) == (
        "Hana Example (hr)", "lakeside", "upload", "done", "upload 1",
    )  # fmt: skip
    assert first.details == {"rows": 3}
    assert (account.practice, account.action) == (None, "account")
    assert (refusal.action, refusal.outcome) == ("refusal", "refused")
    assert refusal.subject == "Hana Example (hr) may not upload."


def test_one_practice_and_the_last_few(engine: Engine) -> None:
    assert subjects(engine, operator(), "lakeside") == ["upload 1", "upload 1"]
    assert len(entries(engine, operator(), last=2)) == 2
    assert [each.subject for each in entries(engine, operator(), deed="undo")] == ["upload 1"]
    with pytest.raises(NotFound):
        entries(engine, operator(), "nowhere")


def test_nobody_reads_of_practices_that_are_not_hers(engine: Engine) -> None:
    assert subjects(engine, HANA) == ["upload 1", "upload 1"]
    with pytest.raises(NotPermitted):
        entries(engine, HANA, "hillcrest")
    ada = Actor("administrator", "Ada Example", practices=frozenset({"hillcrest"}))
    assert "version 2026.1" in subjects(engine, ada)
    assert "added pat" in subjects(engine, ada)
    assert "upload 1" not in subjects(engine, ada)


@pytest.mark.parametrize("kind", ["physician", "manager", "visitor"])
def test_who_does_not_read_it(engine: Engine, kind) -> None:
    with pytest.raises(NotPermitted, match="may not read the trail"):
        entries(engine, Actor(kind, "Pat Example"))


def test_an_untouched_trail_holds(engine: Engine) -> None:
    found = seals(engine, operator())
    assert (found.entries, found.broken_at) == (5, None)
    with writing(engine) as connection:
        newest = select(people.trail.c.seal).order_by(people.trail.c.id.desc()).limit(1)
        assert found.last == connection.execute(newest).scalar_one()


def test_a_trail_without_entries_holds(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(delete(people.trail))
    assert seals(engine, operator()) == Seals(0, None, None)


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "Somebody Else (hr)"},
        {"at": "2020-01-01T00:00:00Z"},
        {"outcome": "done!"},
        {"subject": "upload 2"},
        {"details": {"rows": 4}},
        {"practice": None},
    ],
)
def test_an_entry_that_was_changed_is_found(engine: Engine, change: dict[str, object]) -> None:
    second = sorted(each.id for each in entries(engine, operator()))[1]
    table = people.trail
    with writing(engine) as connection:
        connection.execute(update(table).where(table.c.id == second).values(change))
    assert seals(engine, operator()).broken_at == second


def test_an_entry_that_was_taken_out_is_found(engine: Engine) -> None:
    ids = sorted(each.id for each in entries(engine, operator()))
    with writing(engine) as connection:
        connection.execute(delete(people.trail).where(people.trail.c.id == ids[1]))
    assert seals(engine, operator()).broken_at == ids[2]


def test_another_key_seals_nothing_and_accuses_nobody(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    """With the key of another installation every seal would look broken, and each new one be so."""
    (tmp_path / "hash.key").write_text("ab" * 32, encoding="ascii")
    (tmp_path / "hash.key").chmod(0o600)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("KPI_HOME", str(tmp_path))
        with pytest.raises(DatabaseError, match="is not the one this database was filled with"):
            seals(engine, operator())
        with pytest.raises(DatabaseError), writing(engine) as connection:
            trail.note(connection, HANA, "undo", "upload 1")
    assert seals(engine, operator()).broken_at is None


def test_entries_that_are_written_at_once_rest_on_one_another(engine: Engine) -> None:
    def write(number: int) -> None:
        with writing(engine) as connection:
            trail.note(connection, operator(), "upload", f"file {number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(20)))
    found = seals(engine, operator())
    assert (found.entries, found.broken_at) == (25, None)
