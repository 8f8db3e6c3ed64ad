"""Cells that a spreadsheet would run: an apostrophe in front of them says that they are texts.

What leaves in a file of refused rows gets one, and loses it when the mended file comes back. A
cell that has an apostrophe of its own gets a second one, so that none is lost.
"""

from __future__ import annotations

import re

_RUN = frozenset({"=", "+", "@", "\t", "\r", "'"})
_NEGATIVE = re.compile(r"-\s*[$\u20ac\u00a3]?[\d.,]*", re.ASCII)


def with_apostrophe(text: str) -> str:
    """A cell that a spreadsheet takes for a text; numbers and dates stay as they are."""
    runs = text[:1] in _RUN or (text[:1] == "-" and not _NEGATIVE.fullmatch(text))
    return f"'{text}" if runs else text


def without_apostrophe(text: str) -> str:
    """The cell as it was before ``with_apostrophe``."""
    return text.removeprefix("'")
