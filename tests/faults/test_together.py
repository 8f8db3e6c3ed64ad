"""Several people at once: readers see what was kept and wait for nobody, uploads queue.

``tests/soak/together.py`` does the same with twenty and five at random, for as long as one likes.
"""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event, get_ident

import pytest
from sqlalchemy import Engine, event

from kpi.access.actor import operator
from kpi.access.practices import add_practice
from kpi.errors import DatabaseError
from kpi.review.scores.scoring import score_manager
from kpi.store.engine import writing
from tests.office import Office
from tests.review.reviewed import FIRST, LAST
from tests.scored import ledger, scored_office

PATIENCE = 60


def test_readers_and_uploads_while_a_file_is_loaded(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of Lakeside is stopped in the middle of its loading. Scores are read as if it were not
    there; another file of Lakeside waits for it, and one of Harbor waits on SQLite only, which has
    one writer. Both wait for longer than anything else would."""
    lakeside, harbor = scored_office(engine), Office(engine, "harbor")
    before = score_manager(engine, operator(), "dana", FIRST, LAST)
    reached, go = Event(), Event()
    loader: list[int] = []
    statements = 0

    def stop_in_the_middle(*_: object) -> None:
        nonlocal statements
        if get_ident() in loader:
            statements += 1
            if statements == 15:
                reached.set()
                go.wait(PATIENCE)

    def first() -> int:
        loader.append(get_ident())
        return lakeside.load(ledger("2026-03", spent=550), replace=True)

    event.listen(engine, "before_cursor_execute", stop_in_the_middle)
    with ThreadPoolExecutor(3) as people:
        loaded = people.submit(first)
        try:
            assert reached.wait(PATIENCE)
            monkeypatch.setattr("kpi.store.engine.BUSY_SECONDS", 0.05)
            again = people.submit(lakeside.load, ledger("2026-03", spent=500), replace=True)
            other = people.submit(harbor.load, ledger("2026-03", spent=800))
            for _ in range(5):
                assert score_manager(engine, operator(), "dana", FIRST, LAST) == before
            if engine.dialect.name == "postgresql":
                wait([other], PATIENCE)
                assert harbor.value("2026-03", "expenses") == 800
            else:
                with pytest.raises(DatabaseError, match="busy"), writing(engine, wait=0):
                    raise AssertionError("two at once")
            assert not loaded.done()
            assert not again.done()
        finally:
            go.set()
        assert loaded.result(PATIENCE) < again.result(PATIENCE)
        assert other.result(PATIENCE)
    event.remove(engine, "before_cursor_execute", stop_in_the_middle)
    assert lakeside.value("2026-03", "expenses") == 500
    assert harbor.value("2026-03", "expenses") == 800
    after = score_manager(engine, operator(), "dana", FIRST, LAST)
    assert after.data_version == before.data_version + 2
    add_practice(engine, operator(), "hillcrest", "Hillcrest")
