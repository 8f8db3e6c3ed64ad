"""A file becomes grids, whatever kind of file it is."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path
from typing import BinaryIO

from kpi.errors import FileRefused
from kpi.ingest.files.formats import is_web_page, refuse_other_formats
from kpi.ingest.files.grid import Grid
from kpi.ingest.files.source import Source
from kpi.ingest.files.text import open_text
from kpi.ingest.files.web_page import open_web_page
from kpi.ingest.files.workbook import open_workbook

_HEAD = 1 << 16
_MOST_BYTES = 300 << 20


def open_grids(where: Path | BinaryIO, name: str) -> list[Grid]:
    """Every table of a file that holds anything.

    ``where`` may be a seekable binary stream, which is left open. Raises FileRefused with one
    sentence for what is no table or cannot be read as one, and OSError.
    """
    source = Source(where)
    with source.open() as stream:
        head = stream.read(_HEAD)
        size = stream.seek(0, 2)
        if not head:
            raise FileRefused(f"{name} is empty (0 bytes). Export the report again.")
        if size > _MOST_BYTES:
            raise FileRefused(
                f"{name} has {size >> 20} MB; at most {_MOST_BYTES >> 20} MB are read. Export one "
                "month at a time."
            )
        stream.seek(0)
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return open_workbook(source, name, sha256)
    text = _as_utf8(head)
    refuse_other_formats(head, text, name)
    if is_web_page(text, name):
        return open_web_page(source, name, sha256)
    return [open_text(source, head, name, sha256)]


def _as_utf8(head: bytes) -> bytes:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    return head.removeprefix(codecs.BOM_UTF8)
