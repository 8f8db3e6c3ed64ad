"""What the benchmarks share: work in a process of its own, measured, and a table of ratios."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def in_own_process(module: str, *arguments: str) -> dict[str, Any]:
    """What a module prints as JSON on its last line when it runs by itself."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def peak_mib() -> float:
    """The most memory that this process ever held, in MiB (Linux and macOS)."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and of the processor in this process and those that it started: a
    server's are not among them."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} s ({self.processor:.2f} s of processor)"


def spent(work: Callable[[], object]) -> Spent:
    """What the work costs once."""
    before = _processor()
    return Spent(timed(work), _processor() - before)


def _processor() -> float:
    return time.process_time() + sum(os.times()[2:4])


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
