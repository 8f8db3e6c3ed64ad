"""What kind of file it is, before anything is read from it: bytes, encoding, SHA-256."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from typing import BinaryIO

from kpi.errors import FileRefused

_BLOCK = 1 << 20
_HEAD = 4096
_AS_CSV = "Export the report as CSV and load that file."
# Bytes that Windows-1252 leaves without a meaning.
_UNDEFINED_1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_JSON = re.compile(rb'\s*(\{\s*["}]|\[\s*[\[{"\]])')
_MARKUP = re.compile(rb"\s*<[!?a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Container:
    """A text file's SHA-256 (hex), the encoding to read it with, and a remark for the receipt."""

    sha256: str
    encoding: str
    remark: str


def inspect(stream: BinaryIO, name: str) -> Container:
    """Reads the whole stream once, block by block.

    Raises FileRefused, naming the format, for what is no text table: an empty file, a workbook,
    a web page, a PDF, an archive, an X12 or JSON file, bytes that no encoding explains.
    """
    head = stream.read(_HEAD)
    if not head:
        raise FileRefused(f"{name} is empty (0 bytes). Export the report again.")
    encoding = _encoding_by_mark(head)
    _refuse_other_formats(head, name)
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(encoding)()
    is_text, filled, undefined = True, False, False
    block = head
    while block:
        digest.update(block)
        if encoding != "utf-16" and b"\0" in block:
            raise FileRefused(_about_nul(head, name))
        undefined = undefined or any(byte in block for byte in _UNDEFINED_1252)
        if is_text:
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError:
                is_text, text = False, "?"
            if "\0" in text:
                raise FileRefused(f"{name} {_ABOUT_NUL}")
            filled = filled or bool(text.strip("\ufeff \t\r\n\f\v\u00a0"))
        block = stream.read(_BLOCK)
    if is_text:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_text = False
    if not is_text:
        if encoding != "utf-8" or undefined:
            raise FileRefused(
                f"{name} has bytes that are not {_WORDS[encoding]}, nor any other encoding that "
                "can be read safely. Save or export it as 'CSV UTF-8' and load that file."
            )
        encoding = "cp1252"
        filled = True
    if not filled:
        raise FileRefused(f"{name} holds only blank lines. Export the report again.")
    return Container(digest.hexdigest(), encoding, _WORDS[encoding])


_ABOUT_NUL = (
    "has NUL bytes in it, which no text file has: it is damaged or of another format. "
    "Export the report as CSV again."
)
_WORDS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (it is not UTF-8: check that accented letters are right)",
}


def _encoding_by_mark(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8"


def _refuse_other_formats(head: bytes, name: str) -> None:
    """Raises FileRefused if the first bytes are those of a format that is no text table."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if b"xl/" in head or b"[Content_Types]" in head:
            raise FileRefused(
                f"{name} is an Excel workbook (.xlsx), whatever its name says. Open it in Excel, "
                "choose the sheet, save it as 'CSV UTF-8' and load that file."
            )
        raise FileRefused(f"{name} is a ZIP archive. Unpack it and load the CSV files in it.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(
            f"{name} is an old Excel workbook (.xls), whatever its name says. Open it in Excel, "
            "save the sheet as 'CSV UTF-8' and load that file."
        )
    if head.startswith(b"\x1f\x8b"):
        raise FileRefused(f"{name} is a gzip archive. Unpack it and load the CSV file in it.")
    if head.startswith(b"%PDF"):
        raise FileRefused(f"{name} is a PDF document. {_AS_CSV}")
    text = head.removeprefix(codecs.BOM_UTF8)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    if re.match(rb"ISA[^A-Za-z0-9\s]", text):
        raise FileRefused(
            f"{name} is an X12 file (a claim or remittance as it is sent between computers). "
            "Export the claims or payments report as CSV and load that."
        )
    if _MARKUP.match(text):
        if re.search(rb"<(!doctype html|html|table|body|head)", text, re.IGNORECASE):
            raise FileRefused(
                f"{name} is a web page (HTML), whatever its name says. {_AS_CSV} If there is no "
                "such export, open the page in Excel and save it as 'CSV UTF-8'."
            )
        raise FileRefused(f"{name} is an XML file. {_AS_CSV}")
    if _JSON.match(text):
        raise FileRefused(f"{name} is a JSON file. {_AS_CSV}")


def _about_nul(head: bytes, name: str) -> str:
    for every_other in (head[1::2], head[::2]):
        if len(head) > 3 and every_other.count(0) > len(head) // 3:
            return (
                f"{name} looks like UTF-16 text that lacks its byte order mark. Save it as "
                "'CSV UTF-8' and load that file."
            )
    return f"{name} {_ABOUT_NUL}"
