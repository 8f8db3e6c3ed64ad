"""What HR takes out of a manager's score, by whom, why and on what evidence; nothing is erased."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from kpi.access import trail
from kpi.access.actor import Actor, require, require_score
from kpi.access.managers import Assignment, assignment_for, known_manager
from kpi.access.practices import Practice, get_practice
from kpi.errors import InputError, NotFound
from kpi.months import Month, period_words, runs, span
from kpi.review.basis.versions import kpi_asked, published
from kpi.score.exclusion import Exclusion, excluded_months
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.fairness import exclusions

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Recorded:
    """An exclusion as it was made. ``number`` names it; ``kpi`` None: every KPI but those with a
    gate. ``withdrawn_by`` None: it stands."""

    number: int
    manager: str
    practice: str
    kpi: str | None
    first: Month
    last: Month
    reason: str
    evidence: str
    by: str
    at: str
    withdrawn_by: str | None
    withdrawn_at: str | None
    withdrawn_reason: str | None

    @property
    def exclusion(self) -> Exclusion:
        """The same as scoring takes it."""
        return Exclusion(self.kpi, span(self.first, self.last), self.reason)


def exclude(
    engine: Engine,
    actor: Actor,
    manager_id: str,
    practice_id: str,
    kpi_id: str | None,
    first: Month,
    last: Month,
    reason: str,
    evidence: str,
) -> Recorded:
    """Takes the months of one KPI, or of all but those with a gate, out of a manager's score.

    A KPI of which a period's months are all out is excluded. Raises InputError without a reason or
    evidence and where the same is out already, NotFound, NotPermitted.
    """
    require(actor, "exclude", practice_id)
    why, shown = _said(reason, "a reason"), _said(evidence, "evidence")
    with reading(engine) as connection:
        assignment = assignment_for(connection, actor, manager_id, first, last, practice_id)
        practice = assignment.practice
        kpi = None
        if kpi_id is not None:
            kpi = kpi_asked(connection, practice, assignment.role, kpi_id).id
    with writing(engine, practice.number) as connection:
        for other in _recorded(connection, practice, manager_id):
            overlaps = other.first <= last and first <= other.last
            if other.withdrawn_at is None and other.kpi == kpi and overlaps:
                raise InputError(
                    f"{_what(kpi)} for {period_words(other.first, other.last)} is excluded "
                    f"already, by exclusion {other.number}; withdraw that first."
                )
        connection.execute(
            insert(exclusions).values(
                practice=practice.number, manager=manager_id, kpi=kpi, first_month=first.code,
                last_month=last.code, reason=why, evidence=shown, by=actor.label, at=now(),
            )
        )  # fmt: skip
        made = _recorded(connection, practice, manager_id)[-1]
        trail.note(
            connection, actor, "exclude",
            f"exclusion {made.number} of {manager_id}: {_what(kpi)} from {first} to {last}",
            practice.number,
        )  # fmt: skip
        return made


def withdraw_exclusion(
    engine: Engine, actor: Actor, practice_id: str, number: int, reason: str
) -> Recorded:
    """Puts back what an exclusion took out; the exclusion stays on record as withdrawn.

    Raises InputError without a reason and where it is withdrawn already, NotFound, NotPermitted.
    """
    require(actor, "exclude", practice_id)
    why = _said(reason, "a reason")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        found = _numbered(connection, practice, number)
        if found.withdrawn_at is not None:
            raise InputError(f"Exclusion {number} was withdrawn on {found.withdrawn_at[:10]}.")
        connection.execute(
            update(exclusions)
            .where(exclusions.c.number == number)
            .values(withdrawn_by=actor.label, withdrawn_at=now(), withdrawn_reason=why)
        )
        trail.note(
            connection, actor, "exclude", f"withdrew exclusion {number} of {found.manager}",
            practice.number,
        )  # fmt: skip
        return _numbered(connection, practice, number)


def exclusions_of(
    engine: Engine, actor: Actor, manager_id: str, practice_id: str
) -> list[Recorded]:
    """A manager's exclusions at a practice in the order made, withdrawn ones among them.

    Raises NotFound and NotPermitted.
    """
    require_score(actor, practice_id, manager_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        return _recorded(connection, practice, known_manager(connection, manager_id).id)


def standing(
    connection: Connection, assignment: Assignment, first: Month, last: Month
) -> list[Recorded]:
    """The exclusions that take something out of a period, as a connection sees them."""
    return [
        each
        for each in _recorded(connection, assignment.practice, assignment.manager.id)
        if each.withdrawn_at is None and each.first <= last and first <= each.last
    ]


def months_counted(
    connection: Connection, assignment: Assignment, kpi_id: str, first: Month, last: Month
) -> tuple[Month, ...]:
    """The months of a period that a KPI's value is made of: no leave, and none that is excluded.

    All of them where every one is excluded: the value is shown then, though it does not score.
    """
    months = assignment.months(first, last)
    out: Sequence[Month] = ()
    made = [each.exclusion for each in standing(connection, assignment, first, last)]
    if made:
        out = excluded_months(made, kpi_id, months, gated=_gated(connection, assignment, kpi_id))
    return tuple(month for month in months if month not in out) or months


def exclusion_document(found: Recorded) -> dict[str, Any]:
    """An exclusion for JSON, as it stands on a scorecard."""
    return {
        "kpi": found.kpi,
        "months": [str(month) for month in span(found.first, found.last)],
        "reason": found.reason,
        "evidence": found.evidence,
        "by": found.by,
        "at": found.at,
    }


def leave_document(months: Sequence[Month]) -> list[dict[str, str]]:
    """Months of leave for JSON, as unbroken runs."""
    return [{"from": str(first), "to": str(last)} for first, last in runs(months)]


def _gated(connection: Connection, assignment: Assignment, kpi_id: str) -> bool:
    with suppress(NotFound):
        return any(
            target.kpi == kpi_id and target.gate is not None
            for version in published(connection, assignment.practice, assignment.role)
            for target in version.role.targets
        )
    return False


def _what(kpi: str | None) -> str:
    return kpi or "every KPI without a gate"


def _said(text: str, what: str) -> str:
    said = text.strip()
    if not said:
        raise InputError(
            f"An exclusion needs {what}: say it in a sentence, with no patient's name."
        )
    if len(said) > _LONGEST:
        raise InputError(f"{what.capitalize()} has up to {_LONGEST:,} characters.")
    return said


def _numbered(connection: Connection, practice: Practice, number: int) -> Recorded:
    query = select(exclusions).where(
        exclusions.c.practice == practice.number, exclusions.c.number == number
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(f"{practice.id} has no exclusion {number}.")
    return _record(row, practice)


def _recorded(connection: Connection, practice: Practice, manager: str) -> list[Recorded]:
    query = (
        select(exclusions)
        .where(exclusions.c.practice == practice.number, exclusions.c.manager == manager)
        .order_by(exclusions.c.number)
    )
    return [_record(row, practice) for row in connection.execute(query)]


def _record(row: Row[Any], practice: Practice) -> Recorded:
    return Recorded(
        number=row.number,
        manager=row.manager,
        practice=practice.id,
        kpi=row.kpi,
        first=Month.from_code(row.first_month),
        last=Month.from_code(row.last_month),
        reason=row.reason,
        evidence=row.evidence,
        by=row.by,
        at=row.at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
    )
