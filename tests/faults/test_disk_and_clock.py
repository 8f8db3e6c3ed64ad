"""A disk that is full or fails, and a clock that jumps: a sentence, and nothing is lost.

A database that is busy, damaged, newer or read-only is told so in ``tests/store``, where the disk
of a server that is full stands among what PostgreSQL says.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from kpi.access.actor import operator
from kpi.access.audit import seals
from kpi.access.sessions import signed_in
from kpi.access.sign_in import by_passphrase
from kpi.access.throttle import FREE
from kpi.errors import DatabaseError, NotPermitted
from kpi.ingest.log import uploads_list
from kpi.store import clock
from tests.access.people import PASSPHRASE, somebody
from tests.commands.running import held
from tests.databases import made
from tests.office import Office

LARGE = "appointment_id,start_at,status\n" + "".join(
    f"B{n},2026-02-{1 + n % 28:02d} 09:00,completed\n" for n in range(4_000)
)
VISIT = "appointment_id,start_at,status\nA1,2026-01-05 09:00,completed\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A practice on SQLite with one visit."""
    office = Office(made(f"sqlite:///{tmp_path / 'rolecard.db'}"))
    office.load(VISIT)
    return office


def test_a_full_disk_takes_the_upload_back(office: Office) -> None:
    """The database may not grow by a page, as on a disk without one."""
    before = held(office.engine)

    def no_more_pages(connection: Any, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(office.engine, "connect", no_more_pages)
    office.engine.dispose()
    with pytest.raises(DatabaseError, match="The disk is full; nothing was changed"):
        office.load(LARGE)
    assert held(office.engine) == before
    event.remove(office.engine, "connect", no_more_pages)
    office.engine.dispose()
    office.load(LARGE)
    assert office.value("2026-02", "visits") == 4_000


def test_a_disk_that_refuses_to_be_written_takes_it_back_too(office: Office) -> None:
    """Files of this process may not grow, the write-ahead file least of all."""
    resource = pytest.importorskip("resource")
    before = held(office.engine)
    office.engine.dispose()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(DatabaseError, match=r"The disk .* [Nn]othing was changed"):
            office.load(LARGE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    office.engine.dispose()
    assert held(office.engine) == before
    office.load(LARGE)
    assert office.value("2026-02", "visits") == 4_000


class Jumping:
    """A clock that a test sets where it likes."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 2, 3, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def jumping(monkeypatch: pytest.MonkeyPatch) -> Jumping:
    found = Jumping()
    monkeypatch.setattr(clock, "instant", found)
    return found


def test_the_log_stands_in_its_order_whatever_the_clock_says(
    engine: Engine, jumping: Jumping
) -> None:
    """A visit is loaded, a year ahead called missed, two years back cancelled; the last undone."""
    office = Office(engine)
    office.load(VISIT)
    jumping.moment += timedelta(days=365)
    missed = office.load(VISIT.replace("completed", "no_show"))
    jumping.moment -= timedelta(days=730)
    last = office.load(VISIT.replace("completed", "cancelled"))
    names = ["visits", "no_shows", "cancellations"]
    assert office.values("2026-01", names) == {"visits": 0, "no_shows": 0, "cancellations": 1}
    office.undo(last)
    assert office.values("2026-01", names) == {"visits": 0, "no_shows": 1, "cancellations": 0}
    office.undo(missed)
    assert office.values("2026-01", names) == {"visits": 1, "no_shows": 0, "cancellations": 0}
    assert [each["status"] for each in uploads_list(engine, operator(), "lakeside")] == [
        "loaded", "undone", "undone",
    ]  # fmt: skip
    assert seals(engine, operator()).broken_at is None


def test_a_clock_set_back_keeps_nobody_signed_in_for_as_long_as_it_was_wrong(
    engine: Engine, jumping: Jumping
) -> None:
    Office(engine)
    somebody(engine, "hana", "hr")
    jumping.moment += timedelta(days=30)
    secret = by_passphrase(engine, "hana", PASSPHRASE, "127.0.0.1")
    jumping.moment -= timedelta(minutes=2)
    assert signed_in(engine, secret) is not None  # as clocks are put right every day
    jumping.moment -= timedelta(days=30)
    assert signed_in(engine, secret) is None


def test_a_clock_set_back_makes_nobody_wait_until_it_is_there_again(
    engine: Engine, jumping: Jumping
) -> None:
    Office(engine)
    somebody(engine, "hana", "hr")
    jumping.moment += timedelta(days=30)
    for _ in range(FREE):
        with pytest.raises(NotPermitted, match="is wrong"):
            by_passphrase(engine, "hana", "not this one at all", "127.0.0.1")
    with pytest.raises(NotPermitted, match="wait 15 seconds"):
        by_passphrase(engine, "hana", PASSPHRASE, "127.0.0.1")
    jumping.moment -= timedelta(days=30)
    with pytest.raises(NotPermitted, match="is wrong"):
        by_passphrase(engine, "hana", "nor this one", "127.0.0.1")
    with pytest.raises(NotPermitted, match="wait 30 seconds"):
        by_passphrase(engine, "hana", PASSPHRASE, "127.0.0.1")
    jumping.moment += timedelta(seconds=30)
    assert signed_in(engine, by_passphrase(engine, "hana", PASSPHRASE, "127.0.0.1"))
