"""The clock that stands, for the demo's people."""

from datetime import UTC, datetime
from threading import Thread

from kpi.store import clock

JULY = datetime(2026, 7, 6, 3, 0, tzinfo=UTC)
MAY = datetime(2025, 5, 2, 13, 30, 59, tzinfo=UTC)


def test_it_stands_within_and_nowhere_else() -> None:
    beside: list[datetime] = []
    before = clock.instant()
    with clock.standing_at(JULY):
        assert clock.now() == "2026-07-06T03:00:00Z"
        assert str(clock.today("America/New_York")) == "2026-07-05"
        with clock.standing_at(MAY):
            assert clock.now() == "2025-05-02T13:30:59Z"
        assert clock.instant() == JULY
        other = Thread(target=lambda: beside.append(clock.instant()))
        other.start()
        other.join()
    after = clock.instant()
    assert before <= beside[0] <= after


def test_it_goes_on_after_a_fault() -> None:
    before = clock.instant()
    try:
        with clock.standing_at(MAY):
            raise ValueError
    except ValueError:
        pass
    assert clock.instant() >= before
