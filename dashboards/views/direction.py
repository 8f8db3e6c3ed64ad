"""Names written from right to left, within sentences that are not."""

from __future__ import annotations

from unicodedata import bidirectional

_ISOLATE, _END = "\u2068", "\u2069"  # by its own first letter, and the end of it

# Letters and digits that run from right to left, and marks that turn what follows them round.
_TURNING = frozenset({"R", "AL", "AN", "LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI"})


def isolated(text: str) -> str:
    """A name for the middle of a line: nothing of it turns round what stands before or after it.

    A name that runs from left to right only is given back as it is.
    """
    if any(bidirectional(letter) in _TURNING for letter in text):
        return f"{_ISOLATE}{text}{_END}"
    return text
