"""A document as one row of bytes, always the same for the same document, and its SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kpi.errors import InputError


def canonical(document: Mapping[str, Any]) -> bytes:
    """The document as JSON with sorted keys, no spaces, in UTF-8; numbers as Python writes them.

    Raises ValueError for what JSON has no number for: such a document is a fault of the program.
    """
    text = json.dumps(
        document, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def hash_of(document: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical document, in hex: what stands on every rendering of it."""
    return hash_of_bytes(canonical(document))


def hash_of_bytes(content: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def read_document(content: bytes, source: str) -> dict[str, Any]:
    """The document in a JSON file, however it is spaced. Raises InputError where there is none."""
    try:
        found = json.loads(content, object_pairs_hook=_once)
        # What cannot be written canonically has no hash: NaN, and halves of characters.
        canonical(found if isinstance(found, dict) else {})
    except (ValueError, RecursionError) as fault:
        raise InputError(
            f"{source}: this is not the JSON of a scorecard ({_why(fault)}); hand in the file as "
            "Rolecard wrote it."
        ) from None
    if not isinstance(found, dict):
        raise InputError(f"{source}: this is JSON, but not that of a scorecard.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object. A key said twice would hide what one of the two says."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is there twice")
    return found


def _why(fault: Exception) -> str:
    if isinstance(fault, json.JSONDecodeError):
        return f"line {fault.lineno}, column {fault.colno}"
    return "a field is there twice" if "twice" in str(fault) else "a value that JSON does not have"
