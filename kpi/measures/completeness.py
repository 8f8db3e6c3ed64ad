"""How complete each dataset's months are, and in words what they lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, select

from kpi.datasets import Dataset
from kpi.datasets import dataset as dataset_named
from kpi.measures.quarantine import refused_months
from kpi.measures.unconfirmed import unconfirmed_months
from kpi.months import Month
from kpi.store.standing import standing
from kpi.store.tables import attestations, dataset_months, uploads

LONGEST_GAP = 5
"""Weekdays in a row without a record that a complete month may have."""

QUARANTINE_SHARE = 0.02
UNPLACED_SHARE = 0.2

State = Literal["complete", "partial", "missing"]


@dataclass(frozen=True, slots=True)
class Presence:
    """What is there of one dataset's month. ``last_day`` is a day of the month, ``unconfirmed``
    what deeds are about that nobody has countersigned yet (``kpi.measures.unconfirmed``)."""

    state: State
    note: str
    rows: int = 0
    quarantined: int = 0
    last_day: int | None = None
    attested: bool = False
    pending: bool = False
    unconfirmed: frozenset[str] = frozenset()


DatasetMonth = tuple[str, int]


_HELD = select(  # made once: it is asked for every score
    *(dataset_months.c[name] for name in ("dataset", "month", "location", "rows", "days"))
).where(
    dataset_months.c.practice == bindparam("practice"),
    dataset_months.c.dataset.in_(bindparam("datasets", expanding=True)),
    dataset_months.c.month.in_(bindparam("months", expanding=True)),
)


def presence(
    connection: Connection,
    practice: int,
    dataset: str,
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
) -> dict[Month, Presence]:
    """The state of a dataset's months, for the whole practice or for named locations of it."""
    return presences(connection, practice, [dataset], months, locations)[dataset]


def presences(
    connection: Connection,
    practice: int,
    datasets: Collection[str],
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
) -> dict[str, dict[Month, Presence]]:
    """The same of several datasets, read together: a query a table, not a query a dataset."""
    codes = {month.code for month in months}
    held: dict[tuple[str, int], dict[str, tuple[int, int]]] = defaultdict(dict)
    asked = {"practice": practice, "datasets": list(datasets), "months": list(codes)}
    for dataset, code, location, rows, days in connection.execute(_HELD, asked).all():
        held[dataset, code][location] = rows, days
    covered = covered_months(connection, practice, datasets)
    declared = declared_months(connection, practice, datasets, codes)
    refused = refused_months(connection, practice, datasets)
    deeds = unconfirmed_months(connection, practice, datasets)
    definitions = {dataset: dataset_named(dataset) for dataset in datasets}
    return {
        dataset: {
            month: judged(
                definition,
                month,
                held.get((dataset, month.code), {}),
                locations,
                covered=(dataset, month.code) in covered,
                declared=declared.get((dataset, month.code)),
                refused=refused.get((dataset, month.code), 0),
                unconfirmed=deeds.get((dataset, month.code), frozenset()),
            )
            for month in months
        }
        for dataset, definition in definitions.items()
    }


def judged(
    dataset: Dataset,
    month: Month,
    held: Mapping[str, tuple[int, int]],
    locations: tuple[str, ...],
    *,
    covered: bool,
    declared: bool | None,
    refused: int,
    unconfirmed: frozenset[str] = frozenset(),
) -> Presence:
    """The state of a month: ``held`` are rows and a bit a day by location, ``declared`` that it
    was declared empty and whether that still waits, ``refused`` rows in quarantine,
    ``unconfirmed`` what deeds are about that still wait."""
    rows = sum(count for count, _days in held.values())
    days = 0
    for _count, found in held.values():
        days |= found
    last_day = days.bit_length() or None
    attested = not rows and declared is not None
    state: State
    if attested:
        state, note = "complete", "nothing to report"
    elif not rows:
        state, note = "missing", "no file yet"
        if dataset.attestable:
            note = "neither reported nor declared empty"
    elif dataset.spread:
        lacking = month.days - days.bit_count()
        state, note = (
            ("partial", f"{lacking} days lie in no pay period") if lacking else ("complete", "")
        )
    elif dataset.daily and not (covered and days):
        gap = _gap(month, days)
        state, note = ("partial", gap) if gap else ("complete", "")
    else:
        state, note = "complete", ""
    if locations and rows:
        state, note = _by_location(dataset, month, held, locations, covered, state, note)
    limit = 0 if dataset.attestable else QUARANTINE_SHARE * (rows + refused)
    if state == "complete" and refused > limit:
        state = "partial"
        note = f"{refused} {'row is' if refused == 1 else 'rows are'} in quarantine"
    return Presence(
        state,
        note,
        rows,
        refused,
        last_day,
        attested,
        pending=attested and bool(declared),
        unconfirmed=unconfirmed,
    )


def _by_location(
    dataset: Dataset,
    month: Month,
    held: Mapping[str, tuple[int, int]],
    locations: tuple[str, ...],
    covered: bool,
    state: State,
    note: str,
) -> tuple[State, str]:
    """Judged a location at a time; months that may have none are judged for the practice."""
    rows = sum(count for count, _days in held.values())
    unplaced = held.get("", (0, 0))[0]
    if unplaced == rows:
        return "missing", "the file names no locations"
    if unplaced > UNPLACED_SHARE * rows:
        return "partial", f"{unplaced} of {rows} rows name no location"
    if dataset.attestable:
        return state, note
    for place in locations:
        count, days = held.get(place, (0, 0))
        if not count:
            return "missing", f"nothing from {place}"
        gap = _gap(month, days) if dataset.daily and not (covered and days) else ""
        if dataset.spread and days.bit_count() < month.days:
            gap = f"{month.days - days.bit_count()} days lie in no pay period"
        if gap:
            return "partial", f"{place}: {gap}"
    return "complete", ""


_WEEKDAYS = sum(0b0011111 << 7 * week for week in range(6))
"""A bit a day from a Monday on, set from Mondays to Fridays."""


def _gap(month: Month, days: int) -> str:
    """The first run of weekdays without a record that is too long, in words; empty if none is."""
    weekdays = _WEEKDAYS >> month.first_day.weekday() & (1 << month.days) - 1
    if (weekdays & ~days).bit_count() <= LONGEST_GAP:
        return ""
    run: list[int] = []
    for day in range(1, month.days + 1):
        if not weekdays >> (day - 1) & 1:
            continue
        if days >> (day - 1) & 1:
            if len(run) > LONGEST_GAP:
                break
            run = []
        else:
            run.append(day)
    if len(run) <= LONGEST_GAP:
        return ""
    later = days >> run[-1]
    last_before = (days & ((1 << (run[0] - 1)) - 1)).bit_length()
    if not later:
        return f"ends on the {ordinal(last_before)}" if last_before else "no day has a record yet"
    if not last_before:
        return f"starts only on the {ordinal(run[-1] + _trailing_zeros(later) + 1)}"
    return f"no record from the {ordinal(run[0])} to the {ordinal(run[-1])}"


def _trailing_zeros(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``20th``."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{SUFFIXES.get(number % 10, 'th')}"


def covered_months(
    connection: Connection, practice: int, datasets: Collection[str]
) -> set[DatasetMonth]:
    """Months that a standing file says it covers."""
    query = select(uploads.c.dataset, uploads.c.covers).where(standing(practice, *datasets))
    return {(dataset, code) for dataset, covers in connection.execute(query) for code in covers}


def declared_months(
    connection: Connection,
    practice: int,
    datasets: Collection[str],
    codes: Iterable[int] | None = None,
) -> dict[DatasetMonth, bool]:
    """Months declared empty, of all or of some; True where every declaration still waits for a
    countersignature."""
    query = select(attestations).where(
        attestations.c.practice == practice, attestations.c.dataset.in_(datasets)
    )
    if codes is not None:
        query = query.where(attestations.c.month.in_(codes))
    found: dict[DatasetMonth, bool] = {}
    for row in connection.execute(query):
        waits = bool(row.countersign) and row.countersigned_by is None
        key = row.dataset, row.month
        found[key] = found.get(key, True) and waits
    return found
