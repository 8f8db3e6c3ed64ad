"""Review periods of a practice's fiscal year, and which of them to open on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Engine, bindparam, func, or_, select

from kpi.access.actor import Actor, require_score
from kpi.access.managers import Assignment
from kpi.access.practices import Practice
from kpi.datasets import all_datasets
from kpi.errors import NotFound
from kpi.months import Month
from kpi.review.basis.versions import PublishedVersion, published
from kpi.store.engine import reading
from kpi.store.tables import dataset_months

PeriodKind = Literal["month", "quarter", "half", "year"]
Period = tuple[Month, Month]

LENGTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def review_period_of(kind: PeriodKind, month: Month, fiscal_start: int) -> Period:
    """The review period that holds a month, in a fiscal year that starts in month 1 to 12."""
    length = LENGTHS[kind]
    into_year = (month.number - fiscal_start) % 12
    first = month - into_year % length
    return first, first + (length - 1)


_DAILY = [each.name for each in all_datasets() if each.daily]
_SPAN = select(func.min(dataset_months.c.month), func.max(dataset_months.c.month)).where(
    dataset_months.c.practice == bindparam("practice"),
    dataset_months.c.rows > 0,
    or_(dataset_months.c.dataset.not_in(_DAILY), dataset_months.c.days != 0),
)


def data_span(connection: Connection, practice: Practice) -> Period | None:
    """The first and the last month with a record; booked appointments to come do not count."""
    low, high = connection.execute(_SPAN, {"practice": practice.number}).one()
    return None if low is None else (Month.from_code(low), Month.from_code(high))


class Periods(NamedTuple):
    """The review periods of an assignment that may be shown. ``complete``, newest first: over, with
    data up to their last month, within the assignment and under a role version. ``running``: the
    one under way ("so far"), after the last complete one, if it has any data."""

    complete: list[Period]
    running: Period | None


def periods_to_choose(engine: Engine, actor: Actor, assignment: Assignment, today: date) -> Periods:
    """The review periods of an assignment on a day. Raises NotPermitted."""
    require_score(actor, assignment.practice.id, assignment.manager.id)
    with reading(engine) as connection:
        return periods_of(connection, assignment, today)


def periods_of(connection: Connection, assignment: Assignment, today: date) -> Periods:
    """The same as a connection sees the data; whether one may see it has been asked."""
    held = data_span(connection, assignment.practice)
    versions = _versions(connection, assignment)
    if held is None or not versions:
        return Periods([], None)
    complete = _complete(assignment, versions, held[0], min(held[1], Month.of(today) - 1))
    now = min(held[1], Month.of(today))
    first, last = review_period_of(_kind(versions, now), now, assignment.practice.fiscal_start)
    over = bool(complete) and last <= complete[0][1]
    running = not over and assignment.months(first, last)
    return Periods(complete, (first, last) if running else None)


def periods_over(connection: Connection, assignment: Assignment, today: date) -> list[Period]:
    """The review periods of an assignment that are over on ``today``, newest first, whether or not
    their data has come: who does not upload is reviewed all the same."""
    versions = _versions(connection, assignment)
    if not versions:
        return []
    return _complete(assignment, versions, assignment.first, Month.of(today) - 1)


def _complete(
    assignment: Assignment, versions: Sequence[PublishedVersion], start: Month, end: Month
) -> list[Period]:
    """The review periods within an assignment that touch no month before ``start`` alone, and end
    by ``end`` or with the assignment."""
    if assignment.last is not None:
        end = min(end, assignment.last)
    start = max(start, assignment.first, versions[0].effective)
    found: list[Period] = []
    month = end
    while month >= start:
        first, last = review_period_of(
            _kind(versions, month), month, assignment.practice.fiscal_start
        )
        # An assignment that ended within a period has no more of it to come.
        ended = last <= end or end == assignment.last
        if ended and assignment.months(first, last):
            found.append((first, last))
        month = first - 1
    return found


def _versions(connection: Connection, assignment: Assignment) -> list[PublishedVersion]:
    """The versions of an assignment's role; none where the practice has published none."""
    try:
        return published(connection, assignment.practice, assignment.role)
    except NotFound:
        return []


def _kind(versions: Sequence[PublishedVersion], month: Month) -> PeriodKind:
    ruling = [each for each in versions if each.effective <= month] or [versions[0]]
    return ruling[-1].role.review_period
