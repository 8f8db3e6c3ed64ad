"""Today's date, the dashboard's only clock: it says which period opens, not what it gives."""

from datetime import date


def today() -> date:
    """The day, on this machine."""
    return date.today()
