"""In which encoding a text file is written, and which of its lines are damaged."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from kpi.errors import FileRefused
from kpi.ingest.files.source import Source

_BLOCK = 1 << 20
# Bytes that Windows-1252 leaves without a meaning.
_UNDEFINED_1252 = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_MOST_NULS = 0.3
# What accented letters and an apostrophe look like when UTF-8 was misread.
_MOJIBAKE = tuple(sign.encode().decode("cp1252") for sign in "\u00e9\u00fc\u00f6\u00e4\u00f1\u2019")
_WORDS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 without a byte order mark",
    "utf-16-be": "UTF-16 without a byte order mark",
    "cp1252": "Windows-1252",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding to read a file with, and in words. ``odd``: signs in it that are no text (NUL
    bytes, page breaks), to be left out. ``damaged``: lines that the encoding does not explain.
    ``lines``: how many there are, about."""

    name: str
    lines: int
    odd: str = ""
    damaged: frozenset[int] = frozenset()
    notes: tuple[str, ...] = field(default=())

    @property
    def words(self) -> str:
        """For the receipt."""
        return _WORDS[self.name]

    @property
    def errors(self) -> str:
        """How bytes that it does not explain are read; their lines are refused afterwards."""
        return "replace" if self.damaged else "strict"


def find_encoding(source: Source, head: bytes, name: str) -> Encoding:
    """Reads the bytes to their end.

    By their mark; else UTF-8 if they are; else UTF-8 with damaged lines, where other lines hold
    its longer signs; else Windows-1252. Raises FileRefused where none explains them, and for a
    file with nothing in it.
    """
    encoding = _by_mark(head) or _without_mark(head)
    with source.open() as stream:
        found = _read(stream, encoding, name)
    if found is not None:
        return found
    if encoding.startswith("utf-16"):
        raise FileRefused(_unexplained(name, encoding))
    with source.open() as stream:
        return _by_lines(stream, encoding, name)


def _by_mark(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return None


def _without_mark(head: bytes) -> str:
    """UTF-16 without a mark has a zero in nearly every other byte of Western text."""
    many = len(head) * 2 // 5
    if len(head) > 3 and head[1::2].count(0) > many and not head[::2].count(0):
        return "utf-16-le"
    if len(head) > 3 and head[::2].count(0) > many and not head[1::2].count(0):
        return "utf-16-be"
    return "utf-8"


def _read(stream: BinaryIO, encoding: str, name: str) -> Encoding | None:
    """The encoding with what a pass over all bytes shows; None where it does not explain them."""
    decoder = codecs.getincrementaldecoder(encoding)()
    size = nuls = pages = lines = returns = 0
    filled = mojibake = False
    while True:
        block = stream.read(_BLOCK)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError:
            return None
        size += len(text)
        nuls += text.count("\0")
        pages += text.count("\f")
        lines += text.count("\n")
        returns += text.count("\r")
        filled = filled or bool(text.strip("\ufeff\0 \t\r\n\f\v\u00a0"))
        mojibake = mojibake or (not text.isascii() and any(sign in text for sign in _MOJIBAKE))
        if not block:
            break
    if not filled:
        raise FileRefused(f"{name} holds only blank lines. Export the report again.")
    odd, notes = _odd(nuls, pages, size, name)
    if mojibake:
        notes.append(
            "Some accented letters look garbled already in the file; they are kept as they are."
        )
    return Encoding(encoding, max(lines, returns) + 1, odd, notes=tuple(notes))


def _odd(nuls: int, pages: int, size: int, name: str) -> tuple[str, list[str]]:
    """The signs that are to be left out, and what the receipt says of them. Raises FileRefused for
    a file that is mostly of them."""
    if nuls > _MOST_NULS * size:
        raise FileRefused(
            f"{name} is mostly NUL bytes: it is damaged or of another format. "
            "Export the report as CSV again."
        )
    notes = [f"{nuls:,} NUL bytes were left out."] if nuls else []
    if pages:
        notes.append(f"{pages:,} page breaks were left out.")
    return "\0" * bool(nuls) + "\f" * bool(pages), notes


def _by_lines(stream: BinaryIO, encoding: str, name: str) -> Encoding:
    """What explains a file that is not wholly UTF-8."""
    damaged: list[int] = []
    longer = number = offset = nuls = pages = 0
    first_at = 0
    undefined = False
    for number, line in enumerate(_lines(stream), start=1):
        nuls += line.count(0)
        pages += line.count(b"\f")
        if not line.isascii():
            undefined = undefined or not _UNDEFINED_1252.isdisjoint(line)
            try:
                line.decode()
                longer += 1
            except UnicodeDecodeError as error:
                first_at = first_at or offset + error.start
                damaged.append(number)
        offset += len(line)
    odd, notes = _odd(nuls, pages, offset, name)
    if encoding == "utf-8-sig" or longer >= len(damaged):
        some = f"line {damaged[0]}" if len(damaged) == 1 else f"{len(damaged)} lines"
        note = f"Bytes in {some} are not UTF-8 (the first at byte {first_at:,}): refused."
        return Encoding(encoding, number, odd, frozenset(damaged), (note, *notes))
    if undefined:
        raise FileRefused(_unexplained(name, encoding))
    note = (
        "It is not UTF-8 and was read as Windows-1252: check that accented letters are right "
        f"(first in line {damaged[0]})."
    )
    return Encoding("cp1252", number, odd, notes=(note, *notes))


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines ended by a line feed, a carriage return, or both."""
    for line in stream:
        yield from line.splitlines(keepends=True) if b"\r" in line else (line,)


def _unexplained(name: str, encoding: str) -> str:
    return (
        f"{name} has bytes that are not {_WORDS[encoding]}, nor any other encoding that can be "
        "read safely. Save or export it as 'CSV UTF-8' and load that file."
    )
