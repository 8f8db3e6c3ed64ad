"""The clock, read in one place."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> str:
    """The moment as tables keep it: UTC, to the second, ``2026-01-31T17:05:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today(timezone: str) -> date:
    """The day in a practice's own clock."""
    return datetime.now(ZoneInfo(timezone)).date()
