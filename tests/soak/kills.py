"""Uploads, undos, publications and reviews made final, killed at random moments; run by hand.

    python -m tests.soak.kills --minutes 30 [--db postgresql://…] [--seed 1]

Each round takes a random step (a file with random corrections, the undo of an upload that stands,
the next version of a role, or a review made final that is opened again afterwards), kills it after
a random number of milliseconds, and compares all tables with those before: they hold what they
held, or, where it was done before the kill, what the step gives. Says at the end how many rounds
were killed where. Without ``--db`` it makes an SQLite file of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kpi.access.actor import operator
from kpi.ingest.log import uploads_list
from kpi.store.engine import connect
from kpi.store.standing import STANDING
from tests.commands.running import held
from tests.databases import made
from tests.faults.killing import Work, finalising, loading, publishing, undoing
from tests.office import Office
from tests.review.reviewed import HARPER, Reviewed, set_clock
from tests.scored import ROLE

ROWS = 400
LONGER = 1.3  # kills come up to so many times as late as a step takes, so that some are done


def main() -> None:
    options = argparse.ArgumentParser(description="Kills uploads and undos at random moments.")
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--db", default="")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KPI_HOME"] = folder
        temporary = Path(folder) / "temporary"
        temporary.mkdir()
        os.environ["SQLITE_TMPDIR"] = os.environ["TMPDIR"] = str(temporary)
        url = chosen.db or f"sqlite:///{folder}/rolecard.db"
        found = run(url, temporary, random.Random(chosen.seed), 60 * chosen.minutes)
    said = ", ".join(f"{count:,} {what}" for what, count in sorted(found.items()))
    sys.stdout.write(f"{said}\n")


def run(url: str, temporary: Path, chance: random.Random, seconds: float) -> Counter[str]:
    """Rounds until the time is up. Raises AssertionError where a kill left something."""
    engine = made(url)
    Office(engine, BUSY)
    with pytest.MonkeyPatch.context() as patch:
        set_clock(patch)
        steps = Steps(chance, Reviewed(engine))
        engine.dispose()
        return _rounds(url, temporary, steps, seconds)


def _rounds(url: str, temporary: Path, steps: Steps, seconds: float) -> Counter[str]:
    begun = time.monotonic()
    for _ in range(4):
        assert not _killed_after(url, steps.upload(), seconds)
    longest = LONGER * (time.monotonic() - begun) / 4
    ended: Counter[str] = Counter()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        name, work = steps.next()
        engine = connect(url)
        before = held(engine)
        engine.dispose()
        killed = _killed_after(url, work, steps.chance.uniform(0, longest))
        after = held(engine)
        engine.dispose()
        changed = after != before
        assert killed or changed, f"{name} was done and changed nothing"
        if changed:
            # All of it, then: a second go at an undo is refused, and the log has one more.
            for table, step in ADDS.items():
                more = len(after[table]) - len(before[table])
                assert more == (name == step), (name, table)
        assert not list(temporary.iterdir()), name
        ended[
            f"{name}s {'killed' if killed else 'done'}{', all done' if killed and changed else ''}"
        ] += 1
    return ended


BUSY = "harbor"
"""The practice that files are loaded into; the review is another one's."""
ADDS = {"uploads": "upload", "role_versions": "publication", "final_reviews": "final review"}
"""Tables to which one step adds one row, and no other step any."""


class Steps:
    """Draws what is done next."""

    def __init__(self, chance: random.Random, review: Reviewed) -> None:
        self.chance, self.review, self.engine = chance, review, review.engine
        self.version = 1

    def next(self) -> tuple[str, Work]:
        """A step and its name, made ready for: nothing but the step itself remains to be done."""
        standing = [
            row["id"]
            for row in uploads_list(self.engine, operator(), BUSY)
            if row["status"] in STANDING
        ]
        drawn = self.chance.random()
        if drawn < 0.2:
            return "final review", self.final()
        if drawn < 0.4:
            return "publication", self.publication()
        if drawn < 0.7 and len(standing) > 3:
            return "undo", undoing(self.chance.choice(standing), BUSY)
        return "upload", self.upload()

    def upload(self) -> Work:
        rows = "".join(
            f"A{n},2026-{self.chance.choice('123'):0>2}-{self.chance.randint(1, 28):02d} 09:00,"
            f"{self.chance.choice(['completed', 'no_show', 'cancelled', 'soon'])},Dr. {n % 7}\n"
            for n in self.chance.sample(range(2 * ROWS), ROWS)
        )
        return loading(f"appointment_id,start_at,status,provider\n{rows}", BUSY)

    def publication(self) -> Work:
        """A version that is new each time, whether the one before came to be published or not."""
        self.version += 1
        text = ROLE.replace('"2026.1"', f'"2026.{self.version}"')
        return publishing(text.replace("effective: 2026-01", "effective: 2026-06"),
                          date(2026, 4, 20))  # fmt: skip

    def final(self) -> Work:
        """The review signed and confirmed, opened again where it is final."""
        if self.review.state == "final":
            self.review.act(HARPER, "reopen", "One more round.")
        if self.review.state == "open":
            self.review.acknowledged()
            self.review.act(HARPER, "confirm")
        self.engine.dispose()
        return finalising(self.review.number)


def _killed_after(url: str, work: Work, seconds: float) -> bool:
    child = os.fork()
    if not child:
        try:
            work(connect(url))
            os._exit(0)
        except BaseException as error:
            sys.stderr.write(f"{error}\n")
            os._exit(1)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert status == 0, "the work failed by itself"
            return False
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    main()
