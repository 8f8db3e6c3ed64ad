"""What a practice costs beside 1,000 others with 36 months each, and beside few.

Run by hand: python -m tests.benchmarks.many_practices [PRACTICES LOADED [SERVER]]. LOADED practices
(10) go through the whole ingestion: 35 months as a file a dataset, then the latest month as a file
a dataset. The others (to 1,000) are copies of them within the database. Then further practices are
loaded in turn into the large database and into one that holds only the few, and so the ratio does
not hang on what else the machine does; and every manager is scored. On SQLite, or on the PostgreSQL
server named, by an account that may make databases.
"""

from __future__ import annotations

import sys
from functools import partial
from statistics import median

from sqlalchemy import Engine

from tests.benchmarks.measuring import Spent, peak_mib, spent, timed
from tests.benchmarks.places import megabytes, places
from tests.benchmarks.small_office import (
    LATEST,
    copy_round,
    end_month,
    exports,
    number_on,
    scored,
    start,
)
from tests.office import Office
from tests.properties import any_office

PRACTICES, LOADED, FURTHER, TIMES = 1_000, 10, 3, 15


def add(engine: Engine, number: int) -> dict[str, Spent]:
    """What a practice's 35 months cost, and its latest month after them."""
    offices: list[Office] = []
    return {
        "history": spent(lambda: offices.append(start(engine, number))),
        "month-end": spent(lambda: end_month(offices[0], number)),
    }


def in_turn(few: Engine, many: Engine, practices: int) -> None:
    """Further practices into both, file by file: the same work but for what stands already, and
    whatever else the machine does meets both alike."""
    pairs: list[tuple[Spent, Spent]] = []
    for number in range(practices + 1, practices + 1 + FURTHER):
        offices = {engine: start(engine, number) for engine in (few, many)}
        for dataset, rows in exports(-number, LATEST).items():
            first, second = (few, many) if len(pairs) % 2 else (many, few)
            cost = {
                engine: spent(partial(any_office.load, offices[engine], {dataset: rows}, LATEST))
                for engine in (first, second)
            }
            pairs.append((cost[few], cost[many]))
    clock = median(many.clock / few.clock for few, many in pairs)
    processor = median(many.processor / few.processor for few, many in pairs)
    print(
        f"a file of the latest month, beside {practices:,} to beside few: "
        f"{clock:.2f} by the clock, {processor:.2f} of processor"
    )


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
    taken: dict[str, list[Spent]] = {"alone": [], "among": []}
    for _ in range(TIMES):
        taken["alone"].append(spent(partial(scored, one, 1)))
        taken["among"].append(spent(partial(scored, many, 1)))
    for what in ("clock", "processor"):
        alone, among = (min(getattr(score, what) for score in found) for found in taken.values())
        print(
            f"the same score by the {what}: alone {alone * 1000:.1f} ms, among {practices:,} "
            f"{among * 1000:.1f} ms, ratio {among / alone:.2f}"
        )


def copy_all(many: Engine, loaded: int, practices: int) -> None:
    for number in range(1, -(-practices // loaded)):
        copy_round(many, loaded, number, practices)
    number_on(many)


def main(arguments: list[str]) -> None:
    practices, loaded = (int(each) for each in arguments[:2] or (PRACTICES, LOADED))
    with places(arguments[2] if len(arguments) > 2 else None) as place:
        one = place.make("one")
        empty = megabytes(one)
        taken = [add(one, 1)]
        few = place.copy(one, "few")
        taken += [add(few, number) for number in range(2, loaded + 1)]
        for each in taken:
            print("loaded: " + ", ".join(f"{what} {cost}" for what, cost in each.items()))
        print(f"{(megabytes(few) - empty) / loaded:.2f} MB a practice that was loaded")
        many = place.copy(few, "many")
        copying = timed(partial(copy_all, many, loaded, practices))
        print(
            f"{practices:,} practices after {copying:.0f} s of copying: {megabytes(many):,.0f} MB, "
            f"{(megabytes(many) - empty) / practices:.2f} MB a practice"
        )
        score_all(one, many, practices)
        in_turn(few, many, practices)
        print(f"peak memory {peak_mib():.0f} MiB")
        for engine in (one, few, many):
            engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
