"""What a practice costs beside 1,000 others with 36 months each, and beside few.

Run by hand: python -m tests.benchmarks.many_practices [PRACTICES LOADED [SERVER]]. LOADED practices
(10) go through the whole ingestion: 35 months as a file a dataset, then the latest month as a file
a dataset. The others (to 1,000) are copies of them within the database. Then further practices are
loaded in turn into the large database and into one that holds only the few, and so the ratio does
not hang on what else the machine does; and every manager is scored. On SQLite, or on the PostgreSQL
server named, by an account that may make databases.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, make_url, text

from kpi.store.engine import connect, database_file, forget, writing
from kpi.store.schema import init_database
from kpi.store.secret import make_key
from tests.benchmarks.measuring import peak_mib, timed
from tests.benchmarks.small_office import (
    copy_practice,
    end_month,
    number_on,
    scored,
    start,
)
from tests.office import Office

PRACTICES, LOADED, FURTHER, TIMES = 1_000, 10, 3, 15


@contextmanager
def places(server: str | None) -> Iterator[Callable[[str], str]]:
    """Gives URLs of databases by name, on the server or in a folder; all are gone afterwards."""
    with TemporaryDirectory() as folder:
        os.environ["KPI_HOME"] = folder
        if server is None:
            yield lambda name: f"sqlite:///{Path(folder) / name}.db"
            return
        named = partial(_on_server, server)
        yield named
        for name in ("one", "few", "many"):
            _order(server, f"DROP DATABASE IF EXISTS {make_url(named(name)).database}")


def _on_server(server: str, name: str) -> str:
    url = make_url(server).set(database=f"rolecard_bench_{os.getpid()}_{name}")
    return url.render_as_string(hide_password=False)


def _order(server: str, statement: str) -> None:
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(statement))
    admin.dispose()


def made(server: str | None, url: str) -> Engine:
    if server is not None:
        _order(server, f"CREATE DATABASE {make_url(url).database}")
    engine = init_database(url)
    with writing(engine) as connection:
        make_key(connection)
    return engine


def copied(server: str | None, engine: Engine, url: str) -> Engine:
    """Another database with all that one holds."""
    forget(engine)
    engine.dispose()
    target = make_url(url).database
    if server is None:
        shutil.copyfile(str(database_file(engine)), str(target))
    else:
        _order(server, f"CREATE DATABASE {target} TEMPLATE {engine.url.database}")
    return connect(url)


def size(engine: Engine) -> float:
    """Megabytes on disk."""
    forget(engine)
    if (file := database_file(engine)) is not None:
        return file.stat().st_size / 1e6
    with writing(engine) as connection:
        asked = "SELECT pg_database_size(current_database())"
        return int(connection.exec_driver_sql(asked).scalar_one()) / 1e6


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and of this process's processor: without a server's."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} s ({self.processor:.2f} s of processor)"


def spent(work: Callable[[], object]) -> Spent:
    before = time.process_time()
    return Spent(timed(work), time.process_time() - before)


def add(engine: Engine, number: int) -> dict[str, Spent]:
    """What a practice's 35 months cost, and its latest month after them."""
    offices: list[Office] = []
    return {
        "history": spent(lambda: offices.append(start(engine, number))),
        "month-end": spent(lambda: end_month(offices[0], number)),
    }


def in_turn(few: Engine, many: Engine, practices: int) -> None:
    """Further practices into both: the same files, so the same work but for what stands already."""
    found: dict[str, list[tuple[Spent, Spent]]] = {}
    for more in range(FURTHER):
        sides = [few, many] if more % 2 else [many, few]  # each goes first by turns
        taken = {side: add(side, practices + 1 + more) for side in sides}
        for what in taken[few]:
            print(f"  {what}: beside few {taken[few][what]}, beside many {taken[many][what]}")
            found.setdefault(what, []).append((taken[few][what], taken[many][what]))
    for what, pairs in found.items():
        clock = median(many.clock / few.clock for few, many in pairs)
        processor = median(many.processor / few.processor for few, many in pairs)
        print(f"{what}: ratio, many to few: {clock:.2f} ({processor:.2f} of processor)")


def score_all(one: Engine, many: Engine, practices: int) -> None:
    for number in range(2, 5):  # imports, caches, connections
        scored(many, number)
    scored(one, 1)
    each = [spent(partial(scored, many, number)) for number in range(1, practices + 1)]
    for what, found in (
        ("clock", [score.clock for score in each]),
        ("processor", [score.processor for score in each]),
    ):
        print(
            f"{practices:,} scores by the {what}: {sum(found):.1f} s, median "
            f"{median(found) * 1000:.1f} ms, slowest {max(found) * 1000:.1f} ms"
        )
    alone, among = [], []
    for _ in range(TIMES):
        alone.append(timed(partial(scored, one, 1)))
        among.append(timed(partial(scored, many, 1)))
    print(
        f"the same score: alone {min(alone) * 1000:.1f} ms, among {practices:,} "
        f"{min(among) * 1000:.1f} ms, ratio {min(among) / min(alone):.2f}"
    )


def main(arguments: list[str]) -> None:
    practices, loaded = (int(each) for each in arguments[:2] or (PRACTICES, LOADED))
    server = arguments[2] if len(arguments) > 2 else None
    with places(server) as place:
        one = made(server, place("one"))
        empty = size(one)
        taken = [add(one, 1)]
        few = copied(server, one, place("few"))
        taken += [add(few, number) for number in range(2, loaded + 1)]
        for each in taken:
            print("loaded: " + ", ".join(f"{what} {cost}" for what, cost in each.items()))
        print(f"{(size(few) - empty) / loaded:.2f} MB a practice, {peak_mib():.0f} MiB of memory")
        many = copied(server, few, place("many"))
        copying = timed(
            lambda: [
                copy_practice(many, 1 + at % loaded, at + 1) for at in range(loaded, practices)
            ]
        )
        number_on(many)
        print(f"copied to {practices:,} practices in {copying:.0f} s: {size(many):,.0f} MB in all, "
              f"{(size(many) - empty) / practices:.2f} MB a practice")  # fmt: skip
        score_all(one, many, practices)
        in_turn(few, many, practices)
        print(f"peak memory {peak_mib():.0f} MiB, {size(many):,.0f} MB on disk")
        for engine in (one, few, many):
            engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
