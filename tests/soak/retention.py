"""Practices that let records go beside practices that keep them, for as long as one likes.

python -m tests.soak.retention --minutes 30 [--seed N] [--dataset NAME]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from itertools import count

from tests.databases import made
from tests.properties.aging import DATED, ages


def main() -> None:
    """Stops at the first figure that moved; its dataset and seed are printed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dataset", choices=sorted(DATED))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["KPI_HOME"] = home
        engine = made(os.environ.get("KPI_DATABASE_URL", f"sqlite:///{home}/rolecard.db"))
        names = [asked.dataset] if asked.dataset else sorted(DATED)
        ends, done = time.monotonic() + 60 * asked.minutes, 0
        for seed in count(asked.seed):
            for dataset in names:
                if time.monotonic() > ends:
                    print(f"{done} histories, seeds {asked.seed} to {seed}: no figure moved.")
                    return
                print(f"{dataset} {seed}", end="\r", flush=True)
                ages(engine, f"p{done}", dataset, seed)
                done += 1


if __name__ == "__main__":
    main()
