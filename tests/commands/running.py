"""The command ``kpi`` run within the test, as its entry point runs it."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from kpi.cli import main
from kpi.store.engine import reading
from kpi.store.people import trail
from kpi.store.tables import metadata, uploads


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit status, and what it printed where."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


class Shell:
    """Runs commands on one database and keeps the files of a test in a folder."""

    def __init__(
        self, url: str, folder: Path, capture: pytest.CaptureFixture[str],
        patch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        self.url, self.folder, self.capture, self.patch = url, folder, capture, patch

    def file(self, name: str, content: str | bytes) -> str:
        """Writes a file; gives its path."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def bare(self, *arguments: str) -> Ran:
        """``kpi`` with just these arguments."""
        self.capture.readouterr()
        self.patch.setattr(sys, "argv", ["kpi", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = self.capture.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    def __call__(self, *arguments: str) -> Ran:
        """``kpi --db URL`` with these arguments."""
        return self.bare("--db", self.url, *arguments)

    def done(self, *arguments: str) -> Ran:
        """The same, and it has to succeed."""
        ran = self(*arguments)
        assert ran.status == 0, ran.err
        return ran

    def refused(self, *arguments: str) -> str:
        """The same, and it has to say in a sentence or more what to mend; gives what it said."""
        ran = self(*arguments)
        assert ran.status == 1, ran
        said = ran.err.strip()
        assert said.startswith("kpi: ")
        # A finding in a role file ends with its rule's id in brackets.
        assert said[-1] in ".?]" or "with: kpi " in said or "\n" in said, said
        assert "Traceback" not in ran.err + ran.out
        return said


def held(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All that the tables hold, but for refused files in the log, the practices' revisions, and the
    trail, which says that somebody tried."""
    found = {}
    with reading(engine) as connection:
        for table in metadata.tables.values():
            if table is trail:
                continue
            query = select(*[each for each in table.c if each.name != "revision"])
            if table is uploads:
                query = query.where(uploads.c.status != "refused")
            found[table.name] = sorted(map(tuple, connection.execute(query)), key=repr)
    return found
