"""A clock that tests set."""

from datetime import UTC, datetime, timedelta

import pytest

from kpi.store import clock


class Clock:
    """Shows the moment that a test sets it to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 2, 3, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)


@pytest.fixture
def clock_set(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock stands at 9 o'clock on 3 February 2026 until the test lets time pass."""
    found = Clock()
    monkeypatch.setattr(clock, "instant", found)
    return found
