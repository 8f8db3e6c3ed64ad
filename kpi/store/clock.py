"""The clock, read in one place."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_STORED = "%Y-%m-%dT%H:%M:%SZ"


def instant() -> datetime:
    """This moment. Who reckons with moments calls it by the module, so that tests can set it."""
    return datetime.now(UTC)


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
