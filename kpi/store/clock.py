"""The clock, read in one place."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_STORED = "%Y-%m-%dT%H:%M:%SZ"
_stands: ContextVar[datetime | None] = ContextVar("stands", default=None)


def instant() -> datetime:
    """This moment. Who reckons with moments calls it by the module, so that tests can set it."""
    return _stands.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """The clock stands at a moment, for what is done within and for nothing beside it.

    For the demo alone: what its made-up people did, they did on days of their own.
    """
    before = _stands.set(moment)
    try:
        yield
    finally:
        _stands.reset(before)


def now() -> str:
    """The moment as tables keep it: UTC, to the second, ``2026-01-31T17:05:00Z``."""
    return stored(instant())


def stored(moment: datetime) -> str:
    """A moment as tables keep it. Texts of moments sort as the moments do."""
    return moment.astimezone(UTC).strftime(_STORED)


def moment(text: str) -> datetime:
    """The moment that tables keep as a text."""
    return datetime.strptime(text, _STORED).replace(tzinfo=UTC)


def today(timezone: str) -> date:
    """The day in a practice's own clock."""
    return instant().astimezone(ZoneInfo(timezone)).date()
