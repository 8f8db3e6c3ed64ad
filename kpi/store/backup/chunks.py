"""Lines to compressed, sealed chunks and back, a megabyte of memory at a time."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from kpi.errors import InputError
from kpi.store.backup.sealing import MAGIC, Head, Seals

_CHUNK = 1 << 20
_FRAME = struct.Struct(">BI")
_MOST_SEALED = _CHUNK + 64
_LEVEL = 3
"""zlib's: higher ones take twice the time for a few hundredths of the size."""


def write_chunks(file: BinaryIO, head: Head, seals: Seals, lines: Iterable[bytes]) -> None:
    """Writes a whole backup: magic line, head, chunks."""
    file.write(MAGIC + head.line)
    waiting, number = b"", 0
    for each in _compressed(lines):
        waiting += each
        while len(waiting) > _CHUNK:
            _write(file, seals, number, False, waiting[:_CHUNK])
            waiting, number = waiting[_CHUNK:], number + 1
    _write(file, seals, number, True, waiting)


def read_lines(file: BinaryIO, seals: Seals, name: str) -> Iterator[bytes]:
    """The lines of a backup whose head is read. Raises InputError where one chunk is not as it was
    sealed, where the last one is missing, and where anything follows it."""
    unpacked = zlib.decompressobj()
    begun = bytearray()
    for chunk in _opened(file, seals, name):
        left = chunk
        while left:
            try:
                begun += unpacked.decompress(left, _CHUNK)
            except zlib.error:
                raise damaged(name) from None
            left = unpacked.unconsumed_tail
            *whole, rest = begun.split(b"\n")
            yield from map(bytes, whole)
            begun = rest
    if begun or not unpacked.eof:
        raise damaged(name)


def damaged(name: str) -> InputError:
    """What is said of a backup that opens, and does not hold what it says."""
    return InputError(f"{name} is damaged: it does not hold what it says; take another backup.")


def _compressed(lines: Iterable[bytes]) -> Iterator[bytes]:
    packed = zlib.compressobj(_LEVEL)
    for line in lines:
        yield packed.compress(line)
    yield packed.flush()


def _write(file: BinaryIO, seals: Seals, number: int, last: bool, content: bytes) -> None:
    sealed = seals.close(number, last, content)
    file.write(_FRAME.pack(last, len(sealed)) + sealed)


def _opened(file: BinaryIO, seals: Seals, name: str) -> Iterator[bytes]:
    number, last = 0, 0
    while not last:
        frame = file.read(_FRAME.size)
        last, length = _FRAME.unpack(frame) if len(frame) == _FRAME.size else (0, 0)
        sealed = file.read(length) if length <= _MOST_SEALED else b""
        if len(frame) < _FRAME.size or len(sealed) < min(length, _MOST_SEALED):
            raise InputError(
                f"{name} is cut short: its end is missing, as after a copy that broke off; copy "
                "it again or take another backup."
            )
        content = seals.open(number, bool(last), sealed) if last in (0, 1) else None
        if content is None:
            raise InputError(
                f"{name} is damaged: part {number + 1} of it was changed since it was made; take "
                "another backup."
            )
        number += 1
        yield content
    if file.read(1):
        raise InputError(f"{name} is damaged: something follows its end; take another backup.")
