"""Where a file's bytes come from."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Source:
    """A file on disk, or a seekable binary stream that stays the caller's."""

    where: Path | BinaryIO

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes from their beginning."""
        if isinstance(self.where, Path):
            with self.where.open("rb") as stream:
                yield stream
        else:
            self.where.seek(0)
            yield self.where

    @contextmanager
    def text(self, encoding: str, errors: str = "strict") -> Iterator[io.TextIOWrapper]:
        """The same as text from its beginning, line ends as they are."""
        with self.open() as stream:
            text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
            try:
                yield text
            finally:
                text.detach()
