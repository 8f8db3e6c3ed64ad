"""The clock, read in one place."""

from datetime import UTC, datetime


def now() -> str:
    """The moment as tables keep it: UTC, to the second, ``2026-01-31T17:05:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
