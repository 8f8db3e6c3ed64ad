"""Why a KPI moved between two periods, by provider, location, payer or weekday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from kpi.access.actor import Actor
from kpi.access.managers import Assignment, assignment_for
from kpi.catalogue import Kpi
from kpi.catalogue.shape import shape_of
from kpi.catalogue.splits import SPLITS, Split
from kpi.errors import InputError
from kpi.measures.breakdown import CannotSplit, breakdown
from kpi.months import Month, period_words, span
from kpi.review.basis.exclusions import months_counted
from kpi.review.basis.facts import build_facts
from kpi.review.basis.versions import kpi_asked
from kpi.review.explained.provenance import measure_months
from kpi.score.as_json import whole
from kpi.score.distinguish import distinguishable
from kpi.score.facts import Facts
from kpi.score.lacking import differing_bases
from kpi.score.margin import spread_of
from kpi.score.model import Result, SignalReading, Status
from kpi.score.movement import GroupMove, Movement, movement
from kpi.score.movement_words import group_words, largest_parts
from kpi.score.result import result
from kpi.store.engine import reading

Period = tuple[Month, Month]


@dataclass(frozen=True, slots=True)
class Moved:
    """A KPI in two periods, and what each group added to the change between them.

    ``found`` is None where nothing is shown, and ``reason`` says why in a sentence. ``split`` is
    the one asked for, else the first that could be made, None where none could.
    """

    kpi: Kpi
    assignment: Assignment
    period: Period
    against: Period
    now: Result
    then: Result
    split: Split | None
    found: Movement | None
    reason: str | None
    notes: tuple[str, ...] = ()
    apart: bool | None = None  # whether the margins of the two say that they differ; None: unknown

    @property
    def change(self) -> float | None:
        """How much the KPI moved; None where it has no value in one of the periods."""
        if self.now.value is None or self.then.value is None:
            return None
        return self.now.value - self.then.value

    @property
    def words(self) -> tuple[str, ...]:
        """The three largest parts, a sentence each."""
        if self.found is None or self.split is None or self.change is None:
            return ()
        return largest_parts(self.found, self.kpi, self.change, self.split)


def why_moved(
    engine: Engine,
    actor: Actor,
    kpi_id: str,
    manager_id: str,
    first: Month,
    last: Month,
    against: Period | None = None,
    split: Split | None = None,
    practice_id: str | None = None,
) -> Moved:
    """What moved a KPI of a manager's period against another period of the same practice and
    locations.

    ``against`` None: the period of the same length that ends where this one begins; months before
    the assignment may be compared with. ``split`` None: the first of ``SPLITS`` that can be made.
    Raises NotFound, InputError, NotPermitted.
    """
    if against is not None and against[1] < against[0]:
        raise InputError(
            f"The period to compare with ends in {against[1]}, before it starts in {against[0]}."
        )
    with reading(engine) as connection:
        assignment = assignment_for(connection, actor, manager_id, first, last, practice_id)
        kpi = kpi_asked(connection, assignment.practice, assignment.role, kpi_id)
        months = months_counted(connection, assignment, kpi.id, first, last)
        earlier = span(*(against or before(months[0], months[-1])))
        return moved_between(connection, assignment, kpi, months, earlier, split)


def before(first: Month, last: Month) -> Period:
    """The period of the same length that ends where this one begins."""
    return first - len(span(first, last)), first - 1


def year_earlier(first: Month, last: Month) -> Period:
    """The same months of the year before."""
    return first - 12, last - 12


def moved_between(
    connection: Connection,
    assignment: Assignment,
    kpi: Kpi,
    months: Sequence[Month],
    earlier: Sequence[Month],
    split: Split | None = None,
) -> Moved:
    """The same between months and earlier ones, as a connection sees the figures; whoever calls has
    asked whether the actor may see them."""
    # From the month before the year before: a mean balance is compared from its opening on.
    read = {month for each in (months, earlier) for month in span(each[0] - 13, each[-1])}
    facts = build_facts(connection, assignment.practice, [kpi], sorted(read), assignment.locations)
    now, then = (result(kpi, each, facts) for each in (months, earlier))
    found: Movement | None = None
    why = (
        _no_value(kpi, earlier, then)
        or _no_value(kpi, months, now)
        or differing_bases(kpi, (months, _words(months)), (earlier, _words(earlier)), facts)
        or (_whole_only(kpi) if shape_of(kpi.formula) is None else None)
    )
    if why is None:
        refused = []
        for each in SPLITS if split is None else (split,):
            try:
                found = _split(connection, assignment, kpi, months, earlier, each)
            except CannotSplit as error:
                refused.append(str(error).rstrip("."))
                continue
            split = each
            break
        if found is None:
            why = f"{kpi.name} cannot be split {'; '.join(refused)}."
            if not refused:
                why = _whole_only(kpi)
    return Moved(
        kpi, assignment, (months[0], months[-1]), (earlier[0], earlier[-1]), now, then, split,
        found, why, () if found is None else _notes(found, months, earlier, now, then),
        _apart(kpi, facts, (months, now), (earlier, then)),
    )  # fmt: skip


def _apart(kpi: Kpi, facts: Facts, *sides: tuple[Sequence[Month], Result]) -> bool | None:
    """Whether the margins of two results have nothing in common, of a KPI that has its own."""
    no_chart = SignalReading(None, False, None)
    spreads = [
        None if found.value is None else spread_of(kpi, months, facts, found.value, no_chart)
        for months, found in sides
    ]
    return distinguishable(*spreads)


def _split(
    connection: Connection,
    assignment: Assignment,
    kpi: Kpi,
    months: Sequence[Month],
    earlier: Sequence[Month],
    split: Split,
) -> Movement | None:
    read: dict[str, set[int]] = {}
    for each in (months, earlier):
        for name, codes in measure_months(kpi, each).items():
            read.setdefault(name, set()).update(codes)
    groups = breakdown(connection, assignment.practice.number, read, split, assignment.locations)
    return movement(kpi.formula, earlier, months, groups)


def _no_value(kpi: Kpi, months: Sequence[Month], found: Result) -> str | None:
    if found.value is not None:
        return None
    return (
        f"No change is shown: {kpi.name} has no value for {_words(months)}. {found.reason or ''}"
    ).strip()


def _whole_only(kpi: Kpi) -> str:
    return (
        f"{kpi.name} cannot be split: its formula is no sum, no ratio of two sums and no quantile, "
        "so no group has a part of its own in it."
    )


def _notes(
    found: Movement, months: Sequence[Month], earlier: Sequence[Month], now: Result, then: Result
) -> tuple[str, ...]:
    said = [
        f"{_words(each)}: {outcome.reason}"
        for each, outcome in ((earlier, then), (months, now))
        if outcome.status is Status.TOO_FEW and outcome.reason
    ]
    if found.kind == "sum" and len(months) != len(earlier):
        said.append(
            f"{len(earlier)} and {len(months)} months are compared: a sum over more months is "
            "larger for that alone."
        )
    if found.pooled:
        said.append(f"The {found.pooled} groups with the fewest are taken together.")
    return tuple(said)


def _words(months: Sequence[Month]) -> str:
    return period_words(months[0], months[-1])


def moved_document(moved: Moved) -> dict[str, Any]:
    """The same for JSON, as ``kpi explain --format json`` gives it under ``movement``; percent
    values and shares are fractions, a figure that does not exist is None."""
    groups = [] if moved.found is None else moved.found.groups
    return {
        "by": moved.split,
        "from": str(moved.period[0]),
        "to": str(moved.period[1]),
        "against_from": str(moved.against[0]),
        "against_to": str(moved.against[1]),
        "value": moved.now.value,
        "against_value": moved.then.value,
        "against_status": moved.then.status.value,
        "change": moved.change,
        "distinguishable": moved.apart,
        "method": None if moved.found is None else _METHODS[moved.found.kind],
        "reason": moved.reason,
        "notes": list(moved.notes),
        "words": list(moved.words),
        "groups": [_group(each, moved.split) for each in groups if moved.split],
    }


_METHODS = {"ratio": "rate_and_mix", "sum": "differences", "quantile": "exchange"}


def _group(move: GroupMove, split: Split) -> dict[str, Any]:
    ratio = move.mix is not None
    kind = "others" if move.group is None else "named" if move.group else "not_given"
    return {
        "group": group_words(move.group, split),
        "kind": kind,
        "value": move.after.value,
        "against_value": move.before.value,
        "numerator": whole(move.after.top),
        "against_numerator": whole(move.before.top),
        "denominator": whole(move.after.bottom),
        "against_denominator": whole(move.before.bottom),
        "share": move.after.weight,
        "against_share": move.before.weight,
        "rate": move.own if ratio else None,
        "mix": move.mix,
        "part": move.part,
    }
