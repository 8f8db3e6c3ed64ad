"""How long a practice's records are kept, what holds them longer, and letting the rest go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, and_, func, insert, select, update

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.holds import holds_touching
from kpi.access.practices import Practice, get_practice
from kpi.errors import InputError
from kpi.measures.expired import count_expired
from kpi.measures.sealed import seal_of
from kpi.measures.sealing import by_key, seal_months
from kpi.months import Month
from kpi.review.cycle.table import State
from kpi.store.clock import today
from kpi.store.engine import forget, reading, writing
from kpi.store.oversight import deeds
from kpi.store.retention import retention
from kpi.store.reviews import final_reviews, reviews
from kpi.store.tables import attestations

LEAST = 24
"""Months that records are kept at least, and after a review of them became final."""

LOOK_BACK = 13
"""Months before a period that a KPI of it reads at most: the year before, and its opening."""


@dataclass(frozen=True, slots=True)
class Held:
    """What keeps records, in words, and the month before which it keeps none."""

    why: str
    before: Month


@dataclass(frozen=True, slots=True)
class Retention:
    """How a practice's records are kept.

    ``keep_months`` None: for good. ``sealed_before``: the mark that stands. ``limit``: how far it
    may go today, None where records are kept for good or a hold stands (``on_hold``). ``held``:
    what it may not pass, the earliest first. ``records``: how many of each dataset would go.
    """

    practice: Practice
    keep_months: int | None
    sealed_before: Month | None
    limit: Month | None
    held: tuple[Held, ...]
    on_hold: bool
    records: Mapping[str, int]


def retention_of(engine: Engine, actor: Actor, practice_id: str) -> Retention:
    """How a practice's records are kept, and which would go; changes nothing. Raises NotFound and
    NotPermitted."""
    require(actor, "retain", practice_id)
    with reading(engine) as connection:
        return _retention(connection, get_practice(connection, practice_id))


def keep_records(engine: Engine, actor: Actor, practice_id: str, months: int | None) -> Retention:
    """Sets for how many months records are kept, None: for good. Nothing goes by it alone. Raises
    InputError for less than two years, NotFound and NotPermitted."""
    require(actor, "retain", practice_id)
    if months is not None and months < LEAST:
        raise InputError(
            f"Records are kept for {LEAST} months at least, not {months}: reviews and their "
            "comparisons rest on them."
        )
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        mine = retention.c.practice == practice.number
        changed = connection.execute(update(retention).where(mine).values(keep_months=months))
        if not changed.rowcount:
            connection.execute(
                insert(retention).values(
                    practice=practice.number, keep_months=months, counted_from={}
                )
            )
        said = "for good" if months is None else f"for {months} months"
        trail.note(connection, actor, "retention", f"records are kept {said}", practice.number)
        return _retention(connection, practice)


def apply_retention(
    engine: Engine, actor: Actor, practice_id: str, before: Month
) -> Mapping[str, int]:
    """Seals the months before a mark and deletes the records that only they rest on, in one
    transaction; gives how many of each dataset.

    Raises InputError where nothing says how long records are kept, where a hold stands, where the
    mark goes further than it may or no further than it is, and where figures are not what the
    records give; NotFound and NotPermitted.
    """
    require(actor, "retain", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        _refuse(_retention(connection, practice, count=False), before)
        counts = seal_months(connection, practice.number, before.code)
        trail.note(
            connection, actor, "retention", f"records of months before {before} deleted",
            practice.number, records=dict(counts),
        )  # fmt: skip
    forget(engine)
    return counts


def _refuse(found: Retention, before: Month) -> None:
    id = found.practice.id
    if found.keep_months is None:
        raise InputError(
            f"Records of {id} are kept for good; say how long with: kpi retention set "
            f"--practice {id} --keep 7y"
        )
    if found.on_hold:
        raise InputError(
            f"{id} is under a hold: nothing of it is deleted until HR releases the hold."
        )
    if found.sealed_before is not None and before <= found.sealed_before:
        raise InputError(
            f"Months before {found.sealed_before} are sealed already, so there is nothing to do."
        )
    nearest = found.held[0]
    if before > nearest.before:
        raise InputError(
            f"Nothing was deleted: records from {nearest.before} on are held, since "
            f"{nearest.why}. See it all with: kpi retention --practice {id}"
        )


def _retention(connection: Connection, practice: Practice, count: bool = True) -> Retention:
    query = select(retention.c.keep_months).where(retention.c.practice == practice.number)
    keep = connection.execute(query).scalar_one_or_none()
    stands = seal_of(connection, practice.number).before
    held = tuple(sorted(_held(connection, practice, keep), key=lambda each: each.before))
    on_hold = holds_touching(connection, practice.number, None)
    limit = None if keep is None or on_hold else held[0].before
    further = limit is not None and limit.code > stands
    return Retention(
        practice=practice,
        keep_months=keep,
        sealed_before=Month.from_code(stands) if stands else None,
        limit=limit,
        held=held,
        on_hold=on_hold,
        records={
            each.name: count_expired(connection, practice.number, each, limit.code)
            for each in by_key()
        }
        if limit is not None and further and count
        else {},
    )


def _held(connection: Connection, practice: Practice, keep: int | None) -> Iterator[Held]:
    now = Month.of(today(practice.timezone))
    if keep is not None:
        yield Held(f"they are kept for {keep} months", now - keep)
    yield Held(f"records are kept for {LEAST} months at least", now - LEAST)
    yield from _held_by_reviews(connection, practice, now)
    asked, did = attestations.c, deeds.c
    waiting = (
        (asked, "a declaration", and_(asked.countersigned_by.is_(None), asked.countersign == 1)),
        (did, "what a manager did", did.countersigned_by.is_(None)),
    )
    for columns, what, waits in waiting:
        query = select(func.min(columns.month)).where(columns.practice == practice.number, waits)
        if first := connection.execute(query).scalar_one():
            month = Month.from_code(first)
            yield Held(f"{what} about {month} waits for a countersignature", month)


def _held_by_reviews(connection: Connection, practice: Practice, now: Month) -> Iterator[Held]:
    """Reviews that are not final, and those that became so less than two years ago."""
    query = select(final_reviews.c.review, func.max(final_reviews.c.at)).where(
        final_reviews.c.practice == practice.number
    )
    ended = {row[0]: row[1] for row in connection.execute(query.group_by(final_reviews.c.review))}
    mine = select(reviews).where(reviews.c.practice == practice.number)
    for row in connection.execute(mine.order_by(reviews.c.number)):
        first, last = Month.from_code(row.first_month), Month.from_code(row.last_month)
        what = f"review {row.number} of {row.manager}, {first} to {last},"
        if row.state != State.FINAL:
            why = f"{what} is not final ({row.state})"
        elif Month.parse(ended[row.number][:7]) + LEAST >= now:
            why = f"{what} became final on {ended[row.number][:10]}"
        else:
            continue
        yield Held(why, first - LOOK_BACK)
