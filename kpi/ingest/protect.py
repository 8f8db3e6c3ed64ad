"""Identifiers are kept as keyed hashes: they still link rows, and name nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from unicodedata import normalize

JOIN = "\x1f"
"""Stands between the parts of what is hashed; no folded text holds one of its own."""

_BLOCK = 64
_LENGTH = 16


def fold_ids(texts: Sequence[str]) -> list[str]:
    """Identifiers in the form in which they are compared: case, outer and doubled blanks folded.

    Leading zeros stay, so that ``0101`` and ``101`` are two identifiers. Blank gives ``""``.
    """
    if "".join(texts).isascii():
        return [" ".join(text.split()).lower() for text in texts]
    return [" ".join(normalize("NFC", text).split()).casefold() for text in texts]


class Protector:
    """The keyed hash of one practice: HMAC-SHA-256 (RFC 2104), its first 16 bytes.

    What is hashed is the practice's id, the id space and the folded text, so that the same
    number at two practices, or in two id spaces, gives hashes that have nothing in common.
    """

    def __init__(self, key: bytes, practice_id: str) -> None:
        """``key``: the secret of the installation, at least 16 bytes. Raises ValueError."""
        if len(key) < 16:
            raise ValueError("The hash key must have at least 16 bytes.")
        if len(key) > _BLOCK:
            key = hashlib.sha256(key).digest()
        key = key.ljust(_BLOCK, b"\0")
        # The two keyed beginnings are the same for every text, so they are computed once.
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in key))
        self._practice = practice_id

    def __call__(self, space: str, texts: Sequence[str]) -> list[bytes]:
        """One hash of 16 bytes a text, in order. Texts are hashed as they are: fold them first."""
        inner = self._inner.copy()
        inner.update(f"{self._practice}{JOIN}{space}{JOIN}".encode())
        start, finish = inner.copy, self._outer.copy
        hashes = []
        for text in texts:
            first = start()
            first.update(text.encode("utf-8", "surrogatepass"))
            last = finish()
            last.update(first.digest())
            hashes.append(last.digest()[:_LENGTH])
        return hashes
