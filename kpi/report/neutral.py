"""Cells that a spreadsheet program shows as they are, instead of running them."""

from __future__ import annotations

from typing import Any

_RUN_BY_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")


def runs_in_a_spreadsheet(text: str) -> bool:
    """Whether a spreadsheet program would take the text for a formula."""
    return text.startswith(_RUN_BY_A_SPREADSHEET)


def neutral(value: Any) -> Any:
    """A cell for a CSV file: text that a spreadsheet would take for a formula gets a ``'`` before.

    Figures are left alone, so that a negative one stays a figure.
    """
    if isinstance(value, str) and runs_in_a_spreadsheet(value):
        return f"'{value}"
    return value
