"""A clock that tests set, and passphrases that are quickly hashed."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from kpi.access import passphrases
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


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id as weak as it can be, for tests of what comes of a passphrase: how hard it is to
    guess by its hash is a matter of ``test_passphrases``."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    nobodys = quick.hash("nobody's")
    monkeypatch.setattr(passphrases, "_hasher", lambda: quick)
    monkeypatch.setattr(passphrases, "_nobodys", lambda: nobodys)
