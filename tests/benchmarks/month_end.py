"""A practice's month-end: a file of every dataset, loaded one after the other and as a folder.

Run by hand: python -m tests.benchmarks.month_end [SERVER]. The practice has some 250 appointments a
month and 24 months loaded before. Each way starts from the same database, as the command that
people run, with a process of its own; taken in turn, the least of three. By the clock, and of the
processor in these processes, so without a server's. On SQLite, or on the PostgreSQL server named.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from kpi.months import Month, span
from tests.benchmarks.measuring import Spent, spent
from tests.benchmarks.places import Places, megabytes, places
from tests.benchmarks.small_office import exports
from tests.office import Office
from tests.properties import any_office

BEFORE, LATEST, TIMES, ROUNDS = span(Month(2023, 12), Month(2025, 11)), Month(2025, 12), 4, 3


def written(folder: Path) -> list[Path]:
    """The latest month's files."""
    folder.mkdir()
    found = []
    for dataset, rows in exports(12, [LATEST], TIMES).items():
        found.append(folder / f"{dataset}.csv")
        found[-1].write_text(any_office.text_of(rows), encoding="utf-8")
    return found


def ingested(engine: Engine, paths: Sequence[Path]) -> None:
    """One run of ``kpi ingest``. Fails where a file is refused."""
    url = engine.url.render_as_string(hide_password=False)
    options = ["--practice", "office", "--allow-unusual", "--allow-old"]
    command = [sys.executable, "-m", "kpi", "--db", url, "ingest", *map(str, paths), *options]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def each_ingested(engine: Engine, runs: Sequence[Sequence[Path]]) -> None:
    for paths in runs:
        ingested(engine, paths)


def measured(place: Places, before: Engine, files: Sequence[Path]) -> dict[str, Spent]:
    """What each way costs."""
    ways = {
        "one after the other": [[file] for file in files],
        "as a folder": [[files[0].parent]],
    }
    taken: dict[str, list[Spent]] = {way: [] for way in ways}
    for turn in range(ROUNDS):
        for at, (way, runs) in enumerate(ways.items()):
            engine = place.copy(before, f"month_{turn}_{at}")
            taken[way].append(spent(partial(each_ingested, engine, runs)))
            engine.dispose()
    return {
        way: Spent(min(each.clock for each in found), min(each.processor for each in found))
        for way, found in taken.items()
    }


def main(arguments: list[str]) -> None:
    with places(arguments[0] if arguments else None) as place:
        before = place.make("before")
        empty = megabytes(before)
        office = Office(before, "office")
        any_office.load(office, exports(11, BEFORE, TIMES), BEFORE)
        held = megabytes(before) - empty
        files = written(place.folder / "month")
        rows = sum(len(file.read_text(encoding="utf-8").splitlines()) - 1 for file in files)
        best = measured(place, before, files)
        print(f"{len(files)} files, {rows:,} rows; {held:.1f} MB for the 24 months before")
        for way, cost in best.items():
            print(f"{way}: {cost}")
        files_each, folder = best.values()
        print(
            f"ratio, folder to files, of processor: {folder.processor / files_each.processor:.2f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
