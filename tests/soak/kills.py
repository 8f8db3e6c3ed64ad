"""Uploads and undos killed at random moments, for as long as one likes; run by hand.

    python -m tests.soak.kills --minutes 30 [--db postgresql://…] [--seed 1]

Each round takes a random step (a file with random corrections, or the undo of an upload that
stands), kills it after a random number of milliseconds, and compares all tables with those before:
they hold what they held, or, where it was done before the kill, what the step gives. Says at the
end how many rounds were killed where. Without ``--db`` it makes an SQLite file of its own.
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
from pathlib import Path

from kpi.access.actor import operator
from kpi.ingest.log import uploads_list
from kpi.store.engine import connect
from kpi.store.standing import STANDING
from tests.commands.running import held
from tests.databases import made
from tests.faults.killing import Work, loading, undoing
from tests.office import Office

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
    Office(made(url))
    begun = time.monotonic()
    for _ in range(4):
        assert not _killed_after(url, _step(chance, [])[1], seconds)
    longest = LONGER * (time.monotonic() - begun) / 4
    ended: Counter[str] = Counter()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        engine = connect(url)
        before = held(engine)
        name, work = _step(chance, [
            row["id"] for row in uploads_list(engine, operator(), "lakeside")
            if row["status"] in STANDING
        ])  # fmt: skip
        engine.dispose()
        killed = _killed_after(url, work, chance.uniform(0, longest))
        after = held(engine)
        engine.dispose()
        changed = after != before
        assert killed or changed, f"{name} was done and changed nothing"
        if changed:
            # All of it, then: a second go at an undo is refused, and the log has one more.
            log, was = after["uploads"], before["uploads"]
            assert len(log) == len(was) + (name == "upload"), name
        assert not list(temporary.iterdir()), name
        ended[
            f"{name}s {'killed' if killed else 'done'}{', all done' if killed and changed else ''}"
        ] += 1
    return ended


def _step(chance: random.Random, standing: list[int]) -> tuple[str, Work]:
    if len(standing) > 3 and chance.random() < 0.5:
        return "undo", undoing(chance.choice(standing))
    rows = "".join(
        f"A{n},2026-{chance.choice('123'):0>2}-{chance.randint(1, 28):02d} 09:00,"
        f"{chance.choice(['completed', 'no_show', 'cancelled', 'soon'])},Dr. {n % 7}\n"
        for n in chance.sample(range(2 * ROWS), ROWS)
    )
    return "upload", loading(f"appointment_id,start_at,status,provider\n{rows}")


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
