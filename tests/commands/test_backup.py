"""``kpi backup`` and ``kpi restore``: what was there is there again, on either database."""

import gzip
import json
import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.audit import entries, seals
from kpi.access.backing_up import back_up
from kpi.errors import DatabaseError, InputError
from kpi.store.backup import chunks, contents, place, sealing
from kpi.store.engine import connect
from kpi.store.schema import open_database
from kpi.store.secret import key_file
from tests.commands.running import Shell, held
from tests.databases import made as created
from tests.office import Office
from tests.scored import complaints, ledger, scored_office

KEY = "six words that nobody would guess"
posix = pytest.mark.skipif(os.name != "posix", reason="only POSIX has these permissions")


@pytest.fixture
def office(engine: Engine) -> Office:
    """The scored office, its last upload undone, so that the highest number is of no row."""
    office = scored_office(engine)
    office.load("complaint_id,received_on\nK1,2026-01-05\n")
    office.undo(office.load("complaint_id,received_on\nK9,2026-03-05\n"))
    return office


def test_there_and_back_into_either_database(
    shell: Shell, office: Office, engine: Engine, elsewhere: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Each table's rows, the trail with its seals, and numbers that are not given out twice; one
    kind's backup is encrypted."""
    encrypted = engine.dialect.name == "sqlite"
    if encrypted:
        monkeypatch.setenv("KPI_BACKUP_KEY", KEY)
    file = shell.folder / "monday.backup"
    said = shell.done("backup", str(file)).out
    assert ("not encrypted" in said) is not encrypted
    assert (b"lakeside" in unpacked(file)) is not encrypted
    before, trail = held(engine), entries(engine, operator())
    assert trail[0].subject == "backed up into monday.backup"
    last = office.load(complaints("2026-04"))
    for url in elsewhere.values():
        ran = shell.bare("--db", url, "restore", str(file))
        assert ran.status == 0, ran.err
        found = open_database(url)
        assert held(found) == before
        restored = entries(found, operator())
        assert restored[0].subject.startswith("restored the backup of ")
        # All but the entry about the backup itself, which was written after it.
        assert restored[1:] == trail[1:]
        assert seals(found, operator()).broken_at is None
        checked = shell.bare("--db", url, "doctor")
        assert checked.status == 0, checked.out
        assert office.in_database(found).load(complaints("2026-04")) == last
        found.dispose()


def unpacked(file: Path) -> bytes:
    """All that can be read in a backup without its key."""
    import zlib

    content = file.read_bytes()
    start = content.index(b"\n", len(sealing.MAGIC)) + 1 + 5
    try:
        return zlib.decompressobj().decompress(content[start:])
    except zlib.error:
        return content


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """A backup that is not encrypted, of several chunks, and the hash key of its database."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_HOME", str(folder))
        patch.setattr(chunks, "_CHUNK", 2_000)
        engine = created(f"sqlite:///{folder / 'rolecard.db'}")
        office = Office(engine)
        office.load(ledger("2026-01"))
        office.load(complaints("2026-01"))
        back_up(engine, operator(), folder / "file")
        engine.dispose()
        return (folder / "file").read_bytes(), key_file().read_text(encoding="ascii")


@pytest.fixture
def made(bare: Shell, kept: tuple[bytes, str]) -> Path:
    """A backup in a folder of its own, its hash key in its place."""
    key_file().parent.mkdir(exist_ok=True)
    key_file().write_text(kept[1], encoding="ascii")
    key_file().chmod(0o600)
    return Path(bare.file("monday.backup", kept[0]))


@posix
def test_a_backup_is_for_its_owner_only_and_no_file_is_written_over(bare: Shell) -> None:
    created(bare.url).dispose()
    folder = bare.folder / "backups"
    folder.mkdir()
    file = folder / "monday.backup"
    bare.done("backup", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    assert "is there already and stays as it is" in bare.refused("backup", str(file))
    assert file.read_bytes() == content
    said = bare.refused("backup", str(folder / "none" / "file"))
    assert "cannot be written: No such file or directory" in said
    assert [each.name for each in folder.iterdir()] == ["monday.backup"]


def test_a_backup_holds_one_state_while_others_write(
    shell: Shell, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is loaded in the middle of it: all of it is missing from the backup."""
    from kpi.access import backing_up

    office = Office(engine)
    before = held(engine)
    whole = backing_up.dumped

    def interrupted(connection, manifest, shapes, tell):  # type: ignore[no-untyped-def]
        lines = whole(connection, manifest, shapes, tell)
        yield next(lines)
        office.load(ledger("2026-05"))
        yield from lines

    monkeypatch.setattr(backing_up, "dumped", interrupted)
    file = shell.folder / "monday.backup"
    shell.done("backup", str(file))
    assert office.value("2026-05", "revenue") == 1000
    url = f"sqlite:///{shell.folder / 'rolecard.db'}"
    assert shell.bare("--db", url, "restore", str(file)).status == 0
    found = connect(url)
    assert held(found) == before
    found.dispose()


# -- what is no good backup -----------------------------------------------------------------------


def restored(bare: Shell, file: Path, *options: str) -> str:
    """What a restore says that is refused; nothing is in its place afterwards."""
    place = bare.folder / "place"
    ran = bare.bare("--db", f"sqlite:///{place / 'rolecard.db'}", "restore", str(file), *options)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("kpi: ")
    assert "Traceback" not in ran.err
    assert not place.exists() or not list(place.iterdir())
    return ran.err


def test_a_backup_that_is_cut_short_anywhere(bare: Shell, made: Path) -> None:
    content = made.read_bytes()
    cut = bare.folder / "cut"
    for length in (100, 3_000, len(content) // 2, len(content) - 1):
        cut.write_bytes(content[:length])
        assert "cut short" in restored(bare, cut)
    cut.write_bytes(content[:40])
    assert "damaged at its start" in restored(bare, cut)
    cut.write_bytes(content + b"more")
    assert "something follows its end" in restored(bare, cut)


def test_a_backup_with_a_changed_byte_anywhere(bare: Shell, made: Path) -> None:
    content = bytearray(made.read_bytes())
    for at in (len(sealing.MAGIC) + 40, len(content) // 3, len(content) - 20):
        content[at] ^= 1
        made.write_bytes(bytes(content))
        assert "damaged" in restored(bare, made)
        content[at] ^= 1


def test_chunks_left_out_or_in_another_order(bare: Shell) -> None:
    head, seals = sealing.new_head(KEY)
    for order in ((1, 0), (1,), (0, 0)):
        sealed = [seals.close(n, n == 1, b"content") for n in (0, 1)]
        file = bare.folder / "file"
        frames = b"".join(chunks._FRAME.pack(n == 1, len(sealed[n])) + sealed[n] for n in order)
        file.write_bytes(sealing.MAGIC + head.line + frames)
        with file.open("rb") as opened:
            found = sealing.read_head(opened, "file")
            with pytest.raises(InputError, match=r"damaged|cut short"):
                list(chunks.read_lines(opened, sealing.seals_of(found, KEY, "file"), "file"))


def test_another_programs_file_and_a_newer_ones(bare: Shell) -> None:
    other = bare.folder / "other.gz"
    other.write_bytes(gzip.compress(b"hello"))
    assert "is not a backup that Rolecard made" in restored(bare, other)
    other.write_bytes(b"")
    assert "is not a backup that Rolecard made" in restored(bare, other)
    other.write_bytes(sealing.MAGIC + b'{"format": 2, "program": "9.0"}\n')
    assert "made by a newer Rolecard (9.0); restore it with that version." in restored(bare, other)
    write(other, {"schema": "9999", "program": "9.0"})
    assert "made by a newer Rolecard (9.0, schema 9999; this program knows up to " in restored(
        bare, other
    )
    write(other, {"schema": "0001", "tables": []})
    assert "its tables are not those of that schema" in restored(bare, other)
    write(other, {})
    assert "damaged: it does not hold what it says" in restored(bare, other)
    assert "No such file" in restored(bare, bare.folder / "none")


def write(file: Path, said: dict[str, object]) -> None:
    """A backup, well sealed, of these words instead of a manifest."""
    manifest = {
        "program": "0.1", "schema": "0001", "database": "sqlite",
        "made_at": "2026-01-31T17:05:00Z", "hash_key_check": None, "tables": [],
    }  # fmt: skip
    lines = [json.dumps({**manifest, **said} if said else {}).encode() + b"\n", contents.END]
    head, seals = sealing.new_head(None)
    with file.open("wb") as opened:
        chunks.write_chunks(opened, head, seals, lines)


def test_a_backup_that_lost_rows_is_found(bare: Shell, made: Path) -> None:
    """Rows taken out, well sealed again: counts and sums tell."""
    with made.open("rb") as opened:
        head = sealing.read_head(opened, "")
        lines = list(chunks.read_lines(opened, sealing.seals_of(head, None, ""), ""))
    row = next(at for at, line in enumerate(lines) if b"K2026-01" in line or b'"Fees"' in line)
    for changed in (lines[:row] + lines[row + 1 :], lines[:-1], [*lines, lines[-1]]):
        head, seals = sealing.new_head(None)
        with made.open("wb") as opened:
            chunks.write_chunks(opened, head, seals, [each + b"\n" for each in changed])
        assert "does not hold what it says" in restored(bare, made)


def test_keys(bare: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    created(bare.url).dispose()
    file, key, other = (bare.folder / name for name in ("file", "key", "other"))
    for path, text_ in ((key, KEY + "\n"), (other, "another one that is long enough")):
        path.write_text(text_, encoding="utf-8")
        path.chmod(0o600)
    bare.done("backup", str(file), "--key-file", str(key))
    assert "is encrypted; give the key" in restored(bare, file)
    assert "with another key" in restored(bare, file, "--key-file", str(other))
    assert "whole" in bare.bare("restore", str(file), "--check", "--key-file", str(key)).out
    plain = bare.folder / "plain"
    bare.done("backup", str(plain))
    assert "is not encrypted, and a backup key was given" in restored(
        bare, plain, "--key-file", str(key)
    )
    monkeypatch.setenv("KPI_BACKUP_KEY", "too short")
    assert "has 9 characters; give one of at least 16" in bare.refused(
        "backup", str(bare.folder / "third")
    )
    other.write_bytes(b"\n")
    assert "holds no backup key" in bare.refused("backup", "x", "--key-file", str(other))
    if os.name == "posix":
        key.chmod(0o644)
        assert "chmod 600" in bare("backup", "x", "--key-file", str(key)).err


def test_the_hash_key(bare: Shell, made: Path) -> None:
    """Lost, another practice's, and done without: what can be read is read."""
    key = key_file().read_text(encoding="ascii")
    key_file().write_text("ab" * 32 + "\n", encoding="ascii")
    assert "is not the one that this backup's database was filled with" in restored(bare, made)
    key_file().unlink()
    assert "There is no usable hash key at" in restored(bare, made)
    url = f"sqlite:///{bare.folder / 'rolecard.db'}"
    assert bare.bare("--db", url, "restore", str(made), "--without-hash-key").status == 0
    assert "ledger" in bare.bare("--db", url, "status", "--practice", "lakeside").out
    lost = bare.bare("--db", url, "doctor")
    assert (lost.status, "WRONG hash key" in lost.out) == (1, True)
    key_file().write_text(key, encoding="ascii")
    key_file().chmod(0o600)
    assert bare.bare("--db", url, "doctor").status == 0


def test_a_backup_is_made_though_the_hash_key_is_lost(bare: Shell) -> None:
    created(bare.url).dispose()
    key_file().unlink()
    ran = bare.done("backup", str(bare.folder / "file"))
    assert "The trail does not say that a backup was made." in ran.err


# -- where it is restored -------------------------------------------------------------------------


def test_a_place_that_is_not_empty_stays_as_it_is(bare: Shell, made: Path, engine: Engine) -> None:
    before, url = held(engine), engine.url.render_as_string(hide_password=False)
    ran = bare.bare("--db", url, "restore", str(made))
    assert (ran.status, "is not empty: it has" in ran.err) == (1, True)
    assert held(engine) == before


def test_a_url_that_names_no_database(bare: Shell, made: Path) -> None:
    for url, said in (
        ("rolecard.db", "cannot be read; write it like"),
        ("sqlite://", "names no file"),
        ("mysql://host/name", "SQLite or PostgreSQL"),
    ):
        ran = bare.bare("--db", url, "restore", str(made))
        assert (ran.status, said in ran.err) == (1, True), ran.err
    server = os.environ.get("KPI_TEST_PG_URL")
    if server:
        ran = bare.bare("--db", server.rpartition("/")[0] + "/none_such", "restore", str(made))
        assert "There is no such database on the server" in ran.err


def test_a_restore_that_breaks_off_leaves_the_place_empty(
    bare: Shell, made: Path, elsewhere: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills while the second half is restored; then there is room."""
    from kpi.access import restoring

    def full(*_: object, **__: object) -> None:
        raise DatabaseError("The disk is full; nothing was changed.")

    for url in elsewhere.values():
        with monkeypatch.context() as patch:
            patch.setattr(restoring, "note", full)
            ran = bare.bare("--db", url, "restore", str(made))
        assert "The disk is full; nothing was changed." in ran.err
        place.require_empty(url)
        assert bare.bare("--db", url, "restore", str(made)).status == 0
    folder = Path(elsewhere["sqlite"].removeprefix("sqlite:///")).parent
    assert sorted(each.name for each in folder.iterdir()) == ["rolecard.db"]


def test_a_file_of_sqlites_that_was_left_behind_is_not_mixed_in(bare: Shell, made: Path) -> None:
    left = bare.folder / "rolecard.db-wal"
    left.write_bytes(b"of another database")
    ran = bare.bare("--db", f"sqlite:///{bare.folder / 'rolecard.db'}", "restore", str(made))
    assert (ran.status, "move that file too" in ran.err) == (1, True)
