"""The database: made, made again, refused where it is not this program's, and said in words."""

import io
import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from kpi.access.actor import operator
from kpi.access.practices import add_practice, list_practices
from kpi.errors import DatabaseError
from kpi.ingest.ingestion import ingest
from kpi.store.drafts import role_drafts
from kpi.store.engine import connect, reading, writing
from kpi.store.fairness import leave
from kpi.store.holds import holds
from kpi.store.kept import kept
from kpi.store.month_notes import month_notes
from kpi.store.oversight import deeds
from kpi.store.retention import retention
from kpi.store.reviews import reviews
from kpi.store.schema import init_database, known_revisions, open_database
from kpi.store.secret import key_file, load_key, make_key, read_key
from tests.databases import made
from tests.office import Office

assert leave.metadata is deeds.metadata  # every module of tables is read
metadata = deeds.metadata
assert reviews.metadata is metadata
assert holds.metadata is metadata
assert retention.metadata is metadata
assert role_drafts.metadata is metadata
assert kept.metadata is metadata
assert month_notes.metadata is metadata


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def revision(engine: Engine, set_to: str | None = None) -> str:
    with writing(engine) as connection:
        if set_to is not None:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": set_to})
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def test_made_twice_nothing_is_lost(engine: Engine) -> None:
    office = Office(engine)
    office.load("complaint_id,received_on\nK1,2026-01-05\n")
    key = read_key()
    again = made(url_of(engine))
    assert read_key() == key
    assert office.value("2026-01", "complaints") == 1
    assert [each.id for each in list_practices(again, operator())] == ["lakeside"]
    again.dispose()


def test_the_migrations_make_the_tables_as_they_are_defined(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_the_migrations_make_the_keys_and_indexes_too(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.tables.values():
        key = found.get_pk_constraint(table.name)["constrained_columns"]
        assert key == [column.name for column in table.primary_key], table.name
        indexes = {
            str(each["name"]): each["column_names"] for each in found.get_indexes(table.name)
        }
        for index in table.indexes:
            assert indexes[str(index.name)] == [column.name for column in index.columns]


def test_a_newer_database_is_left_alone(engine: Engine) -> None:
    revision(engine, "9999")
    with pytest.raises(DatabaseError, match=r"newer Rolecard.*install the newer version"):
        open_database(url_of(engine))
    with pytest.raises(DatabaseError, match=r"newer Rolecard \(schema 9999\); nothing was changed"):
        init_database(url_of(engine))
    assert revision(engine) == "9999"


def test_an_older_database_asks_for_init(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this program knew one migration more than the database has."""
    known = [*known_revisions(), "9998"]
    monkeypatch.setattr("kpi.store.schema.known_revisions", lambda: known)
    with pytest.raises(DatabaseError, match=r"older schema \(\w+\); upgrade with: kpi init"):
        open_database(url_of(engine))


def test_an_empty_database_asks_for_init(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(DatabaseError, match="no Rolecard tables yet; make them with: kpi init"):
        open_database(url_of(engine))


def test_a_missing_database_asks_for_init_and_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none" / "rolecard.db"
    with pytest.raises(DatabaseError, match=r"There is no database at .*make one with: kpi init"):
        open_database(f"sqlite:///{path}")
    assert not path.parent.exists()


def test_init_makes_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a folder" / "über" / "rolecard.db"
    init_database(f"sqlite:///{path}").dispose()
    assert path.is_file()


@pytest.mark.parametrize("content", [b"appointment_id,start_at,status\n" * 100, b"\0" * 5000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rolecard.db"
    path.write_bytes(content)
    for opening in (open_database, init_database):
        with pytest.raises(DatabaseError, match="not a database"):
            opening(f"sqlite:///{path}").dispose()
    assert path.read_bytes() == content


def test_a_damaged_database(tmp_path: Path) -> None:
    path = tmp_path / "rolecard.db"
    made(f"sqlite:///{path}").dispose()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))
    with pytest.raises(DatabaseError, match="damaged; restore the last backup"):
        list_practices(open_database(f"sqlite:///{path}"), operator())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("rolecard.db", "cannot be read; write it like sqlite:///"),
        ("mysql://user@host/name", "SQLite or PostgreSQL, not in mysql"),
        ("nonsense://host/name", "Rolecard keeps its data in SQLite or PostgreSQL"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "server cannot be reached"),
    ],
)
def test_a_url_that_leads_nowhere(url: str, said: str) -> None:
    with pytest.raises(DatabaseError, match=said) as refused:
        open_database(url)
    assert "secret" not in str(refused.value)


def test_a_read_only_database_can_be_read_and_says_why_not_written(tmp_path: Path) -> None:
    path = tmp_path / "rolecard.db"
    made(f"sqlite:///{path}").dispose()
    engine = connect(f"sqlite:///file:{path.as_posix()}?mode=ro&uri=true")
    with pytest.raises(DatabaseError, match="read-only; ask for write permission"):
        add_practice(engine, operator(), "lakeside", "Lakeside")
    assert list_practices(engine, operator()) == []
    engine.dispose()


def test_a_busy_database_is_said_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'rolecard.db'}"
    monkeypatch.setattr("kpi.store.engine.BUSY_SECONDS", 0)
    engine, other = made(url), connect(url)
    add_practice(engine, operator(), "lakeside", "Lakeside")
    with writing(engine) as connection:
        connection.execute(text("UPDATE practices SET revision = 5"))
        with pytest.raises(DatabaseError, match="busy with another upload"):
            add_practice(other, operator(), "hillcrest", "Hillcrest")
        assert [each.id for each in list_practices(other, operator())] == ["lakeside"]
    add_practice(other, operator(), "hillcrest", "Hillcrest")
    engine.dispose()
    other.dispose()


# -- the hash key -------------------------------------------------------------------------------


def load_into(engine: Engine) -> None:
    content = io.BytesIO(b"complaint_id,received_on\nK1,2026-01-05\n")
    ingest(engine, operator(), "lakeside", content, "complaints.csv")


def test_the_key_is_for_its_owner_only(engine: Engine) -> None:
    assert len(read_key()) == 32
    if os.name == "posix":
        assert key_file().stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has these permissions")
def test_a_key_that_others_may_read_is_refused_until_it_is_closed(engine: Engine) -> None:
    for mode in (0o604, 0o602, 0o620, 0o666):
        key_file().chmod(mode)
        with pytest.raises(DatabaseError, match=r"chmod 600 .*hash\.key"):
            read_key()
    for mode in (0o400, 0o440, 0o600, 0o640):
        key_file().chmod(mode)
        assert len(read_key()) == 32


def test_another_key_is_refused(engine: Engine) -> None:
    office = Office(engine)
    key_file().write_text("ab" * 32 + "\n", encoding="ascii")
    with pytest.raises(DatabaseError, match="is not the one this database was filled with"):
        load_into(engine)
    with pytest.raises(DatabaseError, match="is not the one"), writing(engine) as connection:
        make_key(connection)
    assert office.of("complaints", "2026-01") == {}


def test_a_lost_key_is_not_made_anew(engine: Engine) -> None:
    Office(engine)
    key_file().unlink()
    with pytest.raises(DatabaseError, match=r"was filled with it.*Put the key back.*KPI_HOME"):
        load_into(engine)
    with pytest.raises(DatabaseError, match="Put the key back from its backup"):
        made(url_of(engine))
    assert not key_file().exists()


@pytest.mark.parametrize("content", ["", "ab", "not hexadecimal", "zz" * 32, "é" * 64])
def test_a_damaged_key_is_said_to_be_one(engine: Engine, content: str) -> None:
    key_file().write_text(content, encoding="utf-8")
    with pytest.raises(DatabaseError, match="damaged; put it back"), reading(engine) as connection:
        load_key(connection)
