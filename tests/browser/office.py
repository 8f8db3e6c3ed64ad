"""One server for all tests of a process, and its database, which each test finds as filled."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from tests.databases import made

REVISIONS = 10_000
"""More than a test makes. The server keeps scores by a practice's revision, so none comes twice."""


@dataclass(slots=True)
class Office:
    """Where the database of the server lies, and what it can be filled with."""

    home: Path
    _turn: int = 0
    _kept: dict[str, Path] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        """What the server and the test's own process find the database by."""
        return {"KPI_HOME": str(self.home), "KPI_DATABASE_URL": _url(self._file)}

    @property
    def _file(self) -> Path:
        return self.home / "rolecard.db"

    def fill(self, name: str, fill: Callable[[Engine], None]) -> None:
        """Makes the database anew, as ``fill`` leaves an empty one; under a ``name`` it is asked
        once. The server may stand on the file meanwhile: it is written over, not replaced."""
        if name not in self._kept:
            kept = self.home / f"{name}.db"
            engine = made(_url(kept))
            fill(engine)
            engine.dispose()
            self._kept[name] = kept
        self._turn += 1
        with (
            closing(sqlite3.connect(self._kept[name])) as kept_one,
            closing(sqlite3.connect(self._file)) as file,
        ):
            kept_one.backup(file)
            file.execute("PRAGMA journal_mode=WAL")
            with file:
                file.execute("UPDATE practices SET revision = revision + ?",
                             (self._turn * REVISIONS,))  # fmt: skip


def _url(file: Path) -> str:
    return f"sqlite:///{file}"
