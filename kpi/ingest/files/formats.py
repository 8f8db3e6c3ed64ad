"""Files that are no table of texts: told by their first bytes, and refused with what to do."""

from __future__ import annotations

import re

from kpi.errors import FileRefused

_AS_CSV = "Export the report as CSV and load that file."
_JSON = re.compile(rb'\s*(\{\s*["}]|\[\s*[\[{"\]])')
_SQL = re.compile(
    rb"\s*(?:--[^\n]*\n\s*)*(?:/\*.*?\*/\s*)*(CREATE TABLE|INSERT INTO|DROP TABLE|BEGIN;)",
    re.IGNORECASE | re.DOTALL,
)
_BY_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", f"is a PDF document. {_AS_CSV}"),
    (b"\x1f\x8b", "is a gzip archive. Unpack it and load the CSV file in it."),
    (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive. Unpack it and load the CSV files in it."),
    (b"Rar!", "is a RAR archive. Unpack it and load the CSV files in it."),
    (b"SQLite format 3", f"is a database file (SQLite). {_AS_CSV}"),
    (b"PAR1", f"is a Parquet file. {_AS_CSV}"),
    (b"{\\rtf", f"is a text document (RTF). {_AS_CSV}"),
    (b"\x89PNG", f"is a picture (PNG). {_AS_CSV}"),
    (b"\xff\xd8\xff", f"is a picture (JPEG). {_AS_CSV}"),
)  # fmt: skip
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def refuse_other_formats(head: bytes, text: bytes, name: str) -> None:
    """Raises FileRefused, naming the format, if a file is none that holds a table of texts.

    ``head`` are its first bytes as they are, ``text`` the same as UTF-8 without a mark.
    """
    for first, what in _BY_FIRST_BYTES:
        if head.startswith(first):
            raise FileRefused(f"{name} {what}")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if _ENCRYPTED in head:
            raise FileRefused(
                f"{name} is an Excel workbook that is locked with a password. Save it without "
                "one and load that file."
            )
        raise FileRefused(
            f"{name} is an old Excel workbook (.xls), whatever its name says. Open it in Excel, "
            "save it as an Excel workbook (.xlsx) or as 'CSV UTF-8', and load that file."
        )
    if re.match(rb"ISA[^A-Za-z0-9\s]", text):
        raise FileRefused(
            f"{name} is an X12 file (a claim or remittance as it is sent between computers). "
            "Export the claims or payments report as CSV and load that."
        )
    if _JSON.match(text):
        raise FileRefused(f"{name} is a JSON file. {_AS_CSV}")
    if _SQL.match(text):
        raise FileRefused(f"{name} is a dump of a database (SQL). {_AS_CSV}")


def is_web_page(text: bytes, name: str) -> bool:
    """Whether a file is a web page. Raises FileRefused for another kind of markup."""
    if not re.match(rb"\s*<[!?a-z]", text, re.IGNORECASE):
        return False
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise FileRefused(
            f"{name} is an Excel 2003 XML file. Open it in Excel, save it as an Excel workbook "
            "(.xlsx) or as 'CSV UTF-8', and load that file."
        )
    if re.search(rb"<(!doctype html|html|table|body|head|tr|div|meta)", text, re.IGNORECASE):
        return True
    raise FileRefused(f"{name} is an XML file. {_AS_CSV}")
