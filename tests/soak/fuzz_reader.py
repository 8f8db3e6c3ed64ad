"""Feeds the reader with good files gone bad until the time is up, and says what it found.

    python -m tests.soak.fuzz_reader --minutes 30 [--seed N] [--loads 0.1] [--maps 0.3]

Every file is read to its end; one in ten is loaded as well, and for three in ten a mapping is
proposed, answered blindly and rehearsed. A file that breaks a law is saved, with
what was wrong, to ``tests/soak/found/``. The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

FOUND = Path(__file__).parent / "found"
SLOW = 20.0
"""Seconds: no file of a megabyte may take longer, however it is made."""


@dataclass(slots=True)
class Tally:
    """What a run has seen so far."""

    runs: int = 0
    read: int = 0
    loaded: int = 0
    mapped: int = 0
    logs: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    by_seed: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    @property
    def line(self) -> str:
        """The figures in a line."""
        return (
            f"{self.runs:,} files, {self.read:,} read, {self.refusals.total():,} refused in "
            f"{len(self.refusals)} ways, {self.loaded:,} loaded, {self.mapped:,} mapped, "
            f"{self.logs:,} logs replayed, "
            f"slowest {self.slowest:.1f} s, {self.faults.total()} faults"
        )


def main() -> int:
    """The run; 1 if it found anything."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--loads", type=float, default=0.1, help="share of files that are loaded")
    parser.add_argument("--maps", type=float, default=0.3, help="share of files that are mapped")
    given = parser.parse_args()
    os.environ["KPI_HOME"] = tempfile.mkdtemp(prefix="rolecard-soak-")  # its own hash key
    seed = given.seed if given.seed is not None else time.time_ns() % 1_000_000
    print(f"seed {seed}", flush=True)
    tally = _soak(Random(seed), time.monotonic() + given.minutes * 60, given.loads, given.maps)
    print(f"\n{tally.line}\n\nRefusals:")
    for kind, count in tally.refusals.most_common():
        print(f"{count:8,}  {kind}")
    for fault, count in tally.faults.most_common():
        print(f"FAULT {count:6,}  {fault}")
    return 1 if tally.faults else 0


def _soak(random: Random, until: float, loads: float, maps: float) -> Tally:
    from kpi.datasets import all_datasets
    from tests.soak.loading_laws import MANY, close, leave, load, new_office
    from tests.soak.mutations import mutated

    tally = Tally()
    office = new_office()
    datasets = ["", *(each.name for each in all_datasets())]
    said = time.monotonic()
    while time.monotonic() < until:
        seed, content = mutated(random)
        tally.runs += 1
        tally.by_seed[seed.name] += 1
        wanted = random.choice(datasets) if random.random() < maps else None
        sound = _read(random, content, wanted, tally)
        if sound and random.random() < loads:
            try:
                load(office, content)
                tally.loaded += 1
            except Exception as fault:
                _keep(fault, content, tally)
                office = new_office()
        if office.files >= MANY:
            log = [content for _, content, _ in office.standing]
            try:
                close(office, random)
                tally.logs += 1
            except Exception as fault:
                for each in log:
                    _keep(fault, each, tally)
            leave(office)
            office = new_office()
        if time.monotonic() - said > 60:
            said = time.monotonic()
            print(tally.line, flush=True)
    return tally


def _read(random: Random, content: bytes, wanted: str | None, tally: Tally) -> bool:
    """Whether a file could be read and mapped, or was refused, as the laws say."""
    from tests.soak.laws import kind_of, read_or_refused
    from tests.soak.mapping_laws import mapped_or_refused

    began = time.monotonic()
    try:
        refusal = read_or_refused(content)
        if wanted is not None:
            mapped_or_refused(random, content, wanted or None)
            tally.mapped += 1
        taken = time.monotonic() - began
        tally.slowest = max(tally.slowest, taken)
        assert taken < SLOW, "too slow"
    except Exception as fault:
        _keep(fault, content, tally)
        return False
    if refusal is None:
        tally.read += 1
    else:
        tally.refusals[kind_of(refusal)] += 1
    return True


def _keep(fault: Exception, content: bytes, tally: Tally) -> None:
    """Saves a file that broke a law, once for each place where it broke."""
    frames = traceback.extract_tb(fault.__traceback__)
    own = [each for each in frames if "/kpi/" in each.filename] or frames
    where = f"{Path(own[-1].filename).name}:{own[-1].lineno}"
    kind = f"{type(fault).__name__} at {where}: {str(fault)[:120]}"
    first = kind not in tally.faults
    tally.faults[kind] += 1
    if not first and tally.faults[kind] > MOST_KEPT:
        return
    FOUND.mkdir(exist_ok=True)
    name = hashlib.sha256(content).hexdigest()[:16]
    (FOUND / f"{name}.bin").write_bytes(content)
    said = "".join(traceback.format_exception(fault))
    (FOUND / f"{name}.txt").write_text(f"{kind}\n\n{said}", encoding="utf-8")
    print(f"FAULT {kind} -> {FOUND / name}.bin", file=sys.stderr, flush=True)


MOST_KEPT = 15
"""Files kept of one fault; a log that breaks its law needs all of its files."""

if __name__ == "__main__":
    raise SystemExit(main())
