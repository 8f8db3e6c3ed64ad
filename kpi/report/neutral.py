"""Cells that a spreadsheet program shows as they are, instead of running them."""

from __future__ import annotations

from typing import Any

_RUN_BY_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")


def neutral(value: Any) -> Any:
    """A cell for a CSV file: text that a spreadsheet would take for a formula gets a ``'`` before.

    Figures are left alone, so that a negative one stays a figure.
    """
    if isinstance(value, str) and value.startswith(_RUN_BY_A_SPREADSHEET):
        return f"'{value}"
    return value
