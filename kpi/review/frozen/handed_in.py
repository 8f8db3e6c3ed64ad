"""A scorecard that comes back as a file from outside: the document in a JSON or a PDF."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from kpi.errors import InputError
from kpi.review.frozen.canonical import read_document

MOST = 64 * 2**20
"""Bytes that a file, or what is attached to it, may have: scorecards have a fraction of that."""

_STREAM = re.compile(rb"\bobj\b(?:(?!\bendobj\b).){0,2000}?\bstream\r?\n", re.DOTALL)
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")


def document_in(content: bytes, source: str) -> dict[str, Any]:
    """The scorecard document in a file: a JSON scorecard, or a PDF with its data attached.

    Raises InputError with what to hand in instead.
    """
    if len(content) > MOST:
        raise InputError(f"{source}: this is too large to be a scorecard.")
    if not content.lstrip()[:5].startswith(b"%PDF"):
        if content.lstrip()[:1] not in (b"{", b"["):
            raise InputError(
                f"{source}: only a scorecard's JSON or PDF holds the data that it was computed "
                "from; hand in one of them, or name the review by its number."
            )
        return read_document(content, source)
    for attached in _attached(content):
        if attached.lstrip()[:1] == b"{":
            return read_document(attached, source)
    raise InputError(
        f"{source}: this PDF holds no scorecard's data any more; another program may have saved it "
        "again without its attachment. Hand in the file as Rolecard wrote it, or its JSON."
    )


def _attached(content: bytes) -> Iterator[bytes]:
    """The files attached to a PDF: streams that say they are, plain or deflated."""
    for found in _STREAM.finditer(content):
        said = found.group()
        if b"/EmbeddedFile" not in said:
            continue
        begin = found.end()
        length = _LENGTH.search(said)
        end = begin + int(length.group(1)) if length else content.find(b"endstream", begin)
        raw = content[begin:end]
        if b"/FlateDecode" in said:
            try:
                inflating = zlib.decompressobj()
                raw = inflating.decompress(raw, MOST)
            except zlib.error:
                continue
        yield raw
