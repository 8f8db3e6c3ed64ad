"""A cell of a sample file as a value. Only spellings that the sample uses are known."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

Value = Any
Row = dict[str, Value]

STATUS = {
    "completed": "completed", "checked out": "completed",
    "no_show": "no_show", "no show": "no_show",
    "cancelled": "cancelled", "canceled": "cancelled",
    "rescheduled": "rescheduled", "scheduled": "scheduled",
}  # fmt: skip


def _status(text: str) -> str:
    if text.lower() not in STATUS:
        raise ValueError(text)
    return STATUS[text.lower()]


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _month(text: str) -> str:
    return datetime.strptime(text, "%Y-%m").strftime("%Y-%m")


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M" + (":%S" if text.count(":") == 2 else ""))


_READERS: dict[str, Callable[[str], Value]] = {"status": _status, "month": _month}
for _name in ("amount", "budget", "credits", "days_0_30", "days_31_60", "days_61_90",
              "days_91_120", "days_over_120", "score", "scale_min", "scale_max"):  # fmt: skip
    _READERS[_name] = Fraction
for _name in ("posted_date", "service_date", "as_of", "sent_on", "answered_on", "received_on",
              "resolved_on", "occurred_on", "discovered_on", "reported_on",
              "closed_on"):  # fmt: skip
    _READERS[_name] = date.fromisoformat
for _name in ("start_at", "arrived_at", "seen_at", "departed_at", "cancelled_at"):
    _READERS[_name] = _time
for _name in ("booking_error", "at_visit", "confirmed", "reportable", "recordable"):
    _READERS[_name] = _boolean
for _name in ("scheduled_minutes", "records_affected"):
    _READERS[_name] = int


def cell(column: str, text: str) -> Value:
    """The cell's value, None where it is blank. Raises ValueError where it cannot be read."""
    if text == "":
        return None
    return _READERS[column](text) if column in _READERS else text
