"""Two uploads at once: for one practice one after the other, for two practices side by side."""

import io
import multiprocessing
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select

from kpi.access.actor import operator
from kpi.errors import DatabaseError
from kpi.ingest.ingestion import ingest
from kpi.ingest.progress import Progress
from kpi.ingest.receipt import Receipt
from kpi.ingest.undoing import undo
from kpi.store.engine import connect, reading
from kpi.store.tables import records, uploads
from tests.office import Office

ROWS = 40


def complaints(first: int, day: int = 12) -> str:
    """Forty complaints, numbered from ``first`` on."""
    rows = "".join(f"K{n},2026-01-{day:02d}\n" for n in range(first, first + ROWS))
    return f"complaint_id,received_on\n{rows}"


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def hand_in(engine: Engine, practice: str, text: str, progress: Progress | None = None) -> Receipt:
    content = io.BytesIO(text.encode())
    (receipt,) = ingest(engine, operator(), practice, content, "file.csv", progress=progress)
    return receipt


@pytest.fixture
def impatient(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The same database for somebody who waits for nobody, so that a test need not wait either."""
    monkeypatch.setattr("kpi.ingest.ingestion.QUEUE_SECONDS", 0)
    monkeypatch.setattr("kpi.ingest.undoing.QUEUE_SECONDS", 0)
    found = connect(url_of(engine))
    yield found
    found.dispose()


def test_a_second_upload_of_a_practice_waits_for_the_first(
    engine: Engine, impatient: Engine
) -> None:
    """It cannot begin while the first is in the middle; who does not wait is told so."""
    office = Office(engine)
    said: list[str] = []

    def begin_another(_doing: str, done: float) -> None:
        if not 0 < done < 1:
            return
        with pytest.raises(DatabaseError) as refusal:
            hand_in(impatient, "lakeside", complaints(1_000))
        said.append(str(refusal.value))

    assert hand_in(engine, "lakeside", complaints(1), begin_another).status == "loaded"
    assert said
    assert set(said) == {"The database is busy with another upload; try again in a minute."}
    assert office.value("2026-01", "complaints") == ROWS
    assert hand_in(impatient, "lakeside", complaints(1_000)).status == "loaded"
    assert office.value("2026-01", "complaints") == 2 * ROWS


def test_an_undo_waits_for_an_upload_too(engine: Engine, impatient: Engine) -> None:
    office = Office(engine)
    first = office.load(complaints(1))
    said: list[str] = []

    def take_back(_doing: str, done: float) -> None:
        if not 0 < done < 1:
            return
        said.append("asked")
        with pytest.raises(DatabaseError, match="busy with another upload"):
            undo(impatient, operator(), "lakeside", first)

    assert hand_in(engine, "lakeside", complaints(1_000), take_back).status == "loaded"
    assert said
    assert office.value("2026-01", "complaints") == 2 * ROWS


def test_what_is_being_loaded_is_seen_by_nobody_before_it_is_there(engine: Engine) -> None:
    """And reading waits for no upload."""
    office = Office(engine)
    seen: list[float] = []

    def look(_doing: str, done: float) -> None:
        if done < 1:
            seen.append(office.value("2026-01", "complaints"))

    hand_in(engine, "lakeside", complaints(1), look)
    assert seen
    assert set(seen) == {0.0}
    assert office.value("2026-01", "complaints") == ROWS


def test_two_practices_do_not_block_each_other(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL: a whole upload, and its undoing, in the middle of another practice's."""
    from tests.databases import made

    engine = made(postgres_url)
    lakeside, hillcrest = Office(engine), Office(engine, "hillcrest")
    hasty = connect(
        engine.url.update_query_dict({"options": "-c lock_timeout=100"}).render_as_string(
            hide_password=False
        )
    )
    loaded: list[str] = []

    def load_the_other(_doing: str, done: float) -> None:
        if not 0 < done < 1 or loaded:
            return
        for start in (1, 500):
            receipt = hand_in(hasty, "hillcrest", complaints(start))
            loaded.append(receipt.status)
        undo(hasty, operator(), "hillcrest", receipt.id or 0)

    assert hand_in(engine, "lakeside", complaints(1), load_the_other).status == "loaded"
    assert loaded == ["loaded", "loaded"]
    assert lakeside.value("2026-01", "complaints") == ROWS
    assert hillcrest.value("2026-01", "complaints") == ROWS
    hasty.dispose()
    engine.dispose()


def _in_order(engine: Engine) -> None:
    """The rows of each file bear that file's upload, and the later upload's values stand."""
    with reading(engine) as connection:
        log = connection.execute(
            select(uploads.c.id, uploads.c.counts)
            .where(uploads.c.kind == "file")
            .order_by(uploads.c.id)
        ).all()
        table = records["complaints"]
        live = connection.execute(select(table.c.upload).where(table.c.live == 1)).scalars().all()
    first, *others = log
    assert first.counts["added"] == ROWS
    for each in others:
        assert each.counts["changed"] == ROWS  # each meets all that the one before it left
    assert set(live) == {log[-1].id}


def test_threads_load_one_after_the_other(engine: Engine) -> None:
    """Four files restate the same complaints, each on another day, all started at once."""
    Office(engine)
    start = threading.Barrier(4)

    def one(day: int) -> str:
        start.wait()
        return hand_in(engine, "lakeside", complaints(1, day)).status

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, (5, 6, 7, 8))) == ["loaded"] * 4
    _in_order(engine)


def _load_in_process(url: str, day: int, start: "threading.Barrier", told: "list[str]") -> None:
    engine = connect(url)
    start.wait()
    told.append(hand_in(engine, "lakeside", complaints(1, day)).status)
    engine.dispose()


def test_processes_load_one_after_the_other(engine: Engine) -> None:
    Office(engine)
    engine.dispose()
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        start, told = manager.Barrier(2), manager.list()
        started = [
            context.Process(target=_load_in_process, args=(url_of(engine), day, start, told))
            for day in (5, 6)
        ]
        for each in started:
            each.start()
        for each in started:
            each.join(120)
        assert list(told) == ["loaded", "loaded"]
    _in_order(engine)
